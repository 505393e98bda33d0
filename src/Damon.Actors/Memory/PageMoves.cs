using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Memory;
using Damon.Model.Snapshots;

namespace Damon.Actors.Memory;

/// <summary>Collects what happened to pages on a node and tells each memcg in one batch.</summary>
internal sealed class PageMoves(HostMap map)
{
    private readonly Dictionary<ActorRef, Batch> _batches = [];
    private readonly List<Batch> _filled = [];
    private int _lastProcess = -1;
    private Batch? _last;

    /// <summary>A page is at another frame from now on, or at none.</summary>
    public void Add(uint owner, ulong pfn)
    {
        if (owner == NodeMemory.NoOwner) return;
        int process = map.ProcessOf(owner);
        if (process != _lastProcess || _last is null) (_lastProcess, _last) = (process, BatchOf(map.MemcgOfProcess[process]));
        if (_last.Count == 0) _filled.Add(_last);
        _last.Add(owner, pfn);
    }

    /// <summary>Tells the memcgs, in the order in which they first came up.</summary>
    public void Send()
    {
        foreach (Batch batch in _filled) batch.Send();
        _filled.Clear();
    }

    private Batch BatchOf(ActorRef memcg)
    {
        if (!_batches.TryGetValue(memcg, out Batch? batch)) _batches.Add(memcg, batch = new Batch(memcg));
        return batch;
    }

    private sealed class Batch(ActorRef memcg)
    {
        [NotInSnapshot(Rebuilt.AsEmpty)]
        private uint[] _owners = [];
        [NotInSnapshot(Rebuilt.AsEmpty)]
        private ulong[] _pfns = [];

        public int Count { get; private set; }

        public void Add(uint owner, ulong pfn)
        {
            if (Count == _owners.Length)
            {
                int length = Math.Max(256, Count * 2);
                Array.Resize(ref _owners, length);
                Array.Resize(ref _pfns, length);
            }

            (_owners[Count], _pfns[Count]) = (owner, pfn);
            Count++;
        }

        public void Send()
        {
            memcg.Ask<RemapPages, Done>(new RemapPages(_owners.AsMemory(0, Count), _pfns.AsMemory(0, Count)));
            Count = 0;
        }
    }
}
