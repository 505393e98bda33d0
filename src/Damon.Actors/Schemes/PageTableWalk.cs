using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Snapshots;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Schemes;

/// <summary>
/// A walk over what a process has mapped in a region, batch by batch: the memcg says which folios are there, the nodes what
/// they are like.
/// </summary>
internal sealed class PageTableWalk(HostMap map)
{
    private const int BatchSize = 65_536;
    private const int SmallestBatch = 512;

    private readonly FramesByNode _frames = new(map);
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private MappedFolio[] _folios = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private FolioVerdict[] _verdicts = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private FolioVerdict[] _answers = [];
    private ProcessEntry _process;
    private ulong _at;
    private ulong _end;
    private int _count;

    /// <summary>The folios of the present batch, in address order.</summary>
    public ReadOnlySpan<MappedFolio> Folios => _folios.AsSpan(0, _count);

    /// <summary>Goes to the begin of a region.</summary>
    public void Begin(ProcessEntry process, in Region region)
    {
        (_process, _at, _end) = (process, region.Start, region.End);
        ulong pages = (region.Size >> map.PageShift) + 2;
        Reserve((int)Math.Clamp(pages, SmallestBatch, BatchSize));
    }

    /// <summary>Goes to the next batch; false: the region's end is reached.</summary>
    public bool MoveNext()
    {
        if (_at >= _end) return false;
        PageTableWalked walked = _process.Memcg.Ask<WalkPageTable, PageTableWalked>(
            new WalkPageTable(_process.Index, _at, _end, _folios));
        (_count, _at) = (walked.Count, walked.Next);
        return true;
    }

    /// <summary>Takes the folios out of the present batch that are where they belong.</summary>
    public void RemoveThoseThatStay(MigrationLists lists)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!lists.Leaves(_folios[i])) _folios[kept++] = _folios[i];
        }

        _count = kept;
    }

    /// <summary>Lets the nodes judge the folios of the present batch.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="from">The first folio that is judged.</param>
    /// <returns>The verdicts, side by side with the folios.</returns>
    public ReadOnlySpan<FolioVerdict> Judge(FolioFilterSet filters, int from = 0)
    {
        _frames.Clear();
        for (int i = from; i < _count; i++) _frames.Add(_folios[i].Pfn, i);
        foreach (FramesByNode.Share share in _frames.Shares)
        {
            if (share.Addresses.IsEmpty) continue;
            share.Node.Ask<JudgeFolios, Done>(new JudgeFolios(share.Addresses, filters, _answers));
            share.Scatter(_answers, _verdicts);
        }

        return _verdicts.AsSpan(0, _count);
    }

    /// <summary>The folios of the present batch, node by node.</summary>
    public ReadOnlySpan<FramesByNode.Share> FoliosByNode()
    {
        _frames.Clear();
        for (int i = 0; i < _count; i++) _frames.Add(_folios[i].Pfn, i);
        return _frames.Shares;
    }

    /// <summary>The folios of the present batch that lie wholly in the region, node by node.</summary>
    public ReadOnlySpan<FramesByNode.Share> WholeFoliosByNode()
    {
        _frames.Clear();
        for (int i = 0; i < _count; i++)
        {
            if (_folios[i].IsWhole) _frames.Add(_folios[i].Pfn, i);
        }

        return _frames.Shares;
    }

    private void Reserve(int count)
    {
        if (_folios.Length >= count) return;
        _folios = new MappedFolio[count];
        _verdicts = new FolioVerdict[count];
        _answers = new FolioVerdict[count];
    }
}
