using System.Runtime.CompilerServices;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Memory;
using Damon.Model.Snapshots;

namespace Damon.Actors.Memory;

/// <summary>Collects which pages of a node are at which frames and tells each memcg in one batch.</summary>
internal sealed class PageMoves(HostMap map)
{
    private readonly Dictionary<ActorRef, Batch> _batches = [];
    private readonly List<Batch> _filled = [];
    private uint _first;
    private uint _end;
    private Batch? _last;

    /// <summary>A page is at another frame from now on, or at none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint owner, ulong pfn)
    {
        if (owner == NodeMemory.NoOwner) return;
        if (owner - _first >= _end - _first || _last is null)
        {
            int process = map.ProcessOf(owner);
            (_first, _end) = map.PagesOf(process);
            _last = BatchOf(map.MemcgOfProcess[process]);
        }

        if (_last.Count == 0) _filled.Add(_last);
        _last.Add(owner, pfn);
    }

    /// <summary>Lets the memcgs remap the pages.</summary>
    public void Send() => Send(static (memcg, owners, pfns) => memcg.Ask<RemapPages, Done>(new RemapPages(owners, pfns)));

    /// <summary>Tells the memcgs, in the order in which they first came up.</summary>
    /// <param name="tell">Tells one.</param>
    public void Send(Action<ActorRef, ReadOnlyMemory<uint>, ReadOnlyMemory<ulong>> tell)
    {
        foreach (Batch batch in _filled) batch.Send(tell);
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

        public void Send(Action<ActorRef, ReadOnlyMemory<uint>, ReadOnlyMemory<ulong>> tell)
        {
            tell(memcg, _owners.AsMemory(0, Count), _pfns.AsMemory(0, Count));
            Count = 0;
        }
    }
}
