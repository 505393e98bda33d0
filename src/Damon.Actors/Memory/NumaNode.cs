using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Snapshots;
using Damon.Model.Workloads;

namespace Damon.Actors.Memory;

/// <summary>
/// A NUMA node: the only one who knows its frames and folios. Answers sampling, walks, reclaim and migration, in batches.
/// </summary>
public sealed partial class NumaNode : Actor,
    IRespond<MarkOld, Done>,
    IRespond<CheckYoung, int>,
    IRespond<ProbeFolios, Done>,
    IRespond<WalkFolios, WalkResult>,
    IRespond<ReclaimGathered, PagesChanged>,
    IRespond<MigrateGathered, PagesChanged>,
    IRespond<AdoptFolios, PagesChanged>,
    IRespond<AllocateFolios, int>,
    IRespond<PlaceFolios, Done>,
    IRespond<FreeFolios, Done>,
    IRespond<SplitFolios, Done>,
    IRespond<InflateBalloon, Done>,
    IRespond<ResizeNode, NodeResized>,
    IRespond<PublishPattern, Done>,
    IRespond<ReadNodeUsage, NodeUsage>,
    IRespond<ReadLruLists, ulong[]>,
    IRespond<ReadMemcgUsage, MemcgUsage>,
    IRespond<SumLruBytes, ulong>,
    IRespond<CountPages, Done>,
    IRespond<CountMappedFolios, Done>,
    IRespond<ReadFootprint, ulong>,
    IRespond<CheckMappedFolios, Done>,
    IRespond<JudgeFolios, Done>,
    IRespond<GatherFolios, Done>,
    IRespond<CoolFolios, Done>
{
    private readonly NodeMemory _memory;
    private readonly HostMap _map;
    private readonly NodeId _id;
    private readonly HostSettings _settings;
    private readonly PageMoves _moves;
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private readonly List<uint> _freed = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private FolioRecord[] _folios = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private ulong[] _newPfns = [];
    private ulong _migratedIn;
    private ulong _migratedOut;
    private ulong _reclaimed;

    /// <summary>A node with all frames free.</summary>
    public NumaNode(NodeId id, HostSettings settings, HostMap map)
    {
        _id = id;
        _settings = settings;
        _map = map;
        NodeSettings node = settings.Nodes[id.Value];
        _memory = new NodeMemory(node.StartPfn, node.NrPages, new TouchOracle(), settings.PageShift)
        {
            Scatter = settings.Allocation == AllocationPolicy.Scatter ? Places(id, settings) : null,
        };
        _moves = new PageMoves(map);
    }

    private long NowUs => Context.Now.Microseconds;

    /// <inheritdoc/>
    public Done Respond(in MarkOld request)
    {
        _memory.MarkOld(request.Addresses.Span, NowUs);
        return default;
    }

    /// <inheritdoc/>
    public int Respond(in CheckYoung request) => _memory.CheckYoung(request.Addresses.Span, request.Young.Span, NowUs);

    /// <inheritdoc/>
    public Done Respond(in ProbeFolios request)
    {
        ReadOnlySpan<ulong> addresses = request.Addresses.Span;
        Span<byte> hits = request.Hits.Span;
        for (int i = 0; i < addresses.Length; i++)
        {
            FolioView folio = _memory.Look(addresses[i] >> _settings.PageShift);
            ProbedFolio? probed = folio.Exists ? new ProbedFolio(folio.Anon, folio.Memcg.Value) : null;
            hits[i] = Probe.HitMask(request.Probes.AsSpan(), probed);
        }

        return default;
    }

    /// <inheritdoc/>
    public WalkResult Respond(in WalkFolios request) => _memory.Walk(request.Request);

    /// <inheritdoc/>
    public PagesChanged Respond(in ReclaimGathered request)
    {
        if (_map.Swap is { } swap) return ReclaimToSwap(swap);
        _freed.Clear();
        ulong pages = (ulong)_memory.ReclaimGathered(_settings.ReclaimSkipsAccessed, NowUs, _freed);
        foreach (uint owner in _freed) _moves.Add(owner, NodeMemory.NoPfn);
        _moves.Send();
        _reclaimed += pages;
        return new PagesChanged(pages);
    }

    /// <inheritdoc/>
    public PagesChanged Respond(in MigrateGathered request)
    {
        if (request.Target == _id || _map.Node(request.Target) is not { } target)
        {
            _memory.PutBackGathered();
            return default;
        }

        int count = _memory.GatheredCount;
        if (_folios.Length < count) (_folios, _newPfns) = (new FolioRecord[count * 2], new ulong[count * 2]);
        _memory.TakeGathered().CopyTo(_folios);
        Memory<ulong> newPfns = _newPfns.AsMemory(0, count);
        target.Ask<AdoptFolios, PagesChanged>(new AdoptFolios(_folios.AsMemory(0, count), newPfns));
        ulong pages = (ulong)_memory.CompleteMigration(newPfns.Span);
        for (int i = 0; i < count; i++)
        {
            if (_newPfns[i] != NodeMemory.NoPfn) _moves.Add(_folios[i].Owner, _newPfns[i]);
        }

        _moves.Send();
        _migratedOut += pages;
        SpendOnMigration(_folios.AsSpan(0, count), newPfns.Span);
        return new PagesChanged(pages);
    }

    /// <inheritdoc/>
    public PagesChanged Respond(in AdoptFolios request)
    {
        ulong pages = (ulong)_memory.Adopt(request.Folios.Span, request.NewPfns.Span);
        _migratedIn += pages;
        return new PagesChanged(pages);
    }

    /// <inheritdoc/>
    public int Respond(in AllocateFolios request)
    {
        ReadOnlySpan<bool> wanted = request.Wanted.Span;
        Span<ulong> pfns = request.Pfns.Span;
        int allocated = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            pfns[i] = wanted[i] ? _memory.Allocate(request.FirstOwner + (uint)i, request.Template) : NodeMemory.NoPfn;
            if (pfns[i] != NodeMemory.NoPfn) allocated++;
        }

        return allocated;
    }

    /// <inheritdoc/>
    public Done Respond(in PlaceFolios request)
    {
        _memory.PlaceMany(request.FirstPfn, request.PfnStep, request.FirstOwner, request.Count, request.Template);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in FreeFolios request)
    {
        foreach (ulong pfn in request.Pfns.Span) _memory.Free(pfn);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in SplitFolios request)
    {
        foreach (ulong pfn in request.Pfns.Span) _memory.Split(pfn, NowUs);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in InflateBalloon request)
    {
        _memory.ResizeBalloon(request.Pages);
        return default;
    }

    /// <inheritdoc/>
    public NodeResized Respond(in ResizeNode request)
    {
        ulong free = _memory.PageCount - _memory.UsedPages;
        if (request.Taken > free) return new NodeResized($"node {_id} has {free} free pages; {request.Taken} cannot be taken");
        if (request.Added > _memory.BalloonPages)
            return new NodeResized($"of node {_id} {_memory.BalloonPages} pages were taken; {request.Added} cannot be given back");
        _memory.ResizeBalloon(_memory.BalloonPages + request.Taken - request.Added);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in PublishPattern request)
    {
        _memory.Touches.Attach(request.BasePage, request.Pattern);
        return default;
    }

    /// <inheritdoc/>
    public NodeUsage Respond(in ReadNodeUsage request)
    {
        ulong active = LruPages(LruList.ActiveAnon) + LruPages(LruList.ActiveFile);
        ulong inactive = LruPages(LruList.InactiveAnon) + LruPages(LruList.InactiveFile);
        ulong free = _memory.PageCount - _memory.UsedPages;
        return new NodeUsage(_memory.PageCount, free, active, inactive, _migratedIn, _migratedOut, _reclaimed);
    }

    /// <inheritdoc/>
    public ulong[] Respond(in ReadLruLists request)
    {
        ulong[] pages = new ulong[(int)LruList.Unevictable + 1];
        for (int list = 0; list < pages.Length; list++) pages[list] = LruPages((LruList)list);
        return pages;
    }

    /// <inheritdoc/>
    public MemcgUsage Respond(in ReadMemcgUsage request) =>
        new((ulong)_memory.Counters.LruPages(request.Memcg), (ulong)_memory.Counters.ResidentPages(request.Memcg));

    /// <inheritdoc/>
    public ulong Respond(in SumLruBytes request)
    {
        ulong bytes = 0;
        foreach ((ulong start, ulong end) in request.Ranges.Span) bytes += _memory.LruBytesIn(start, end);
        return bytes;
    }

    /// <inheritdoc/>
    public Done Respond(in CountPages request)
    {
        ReadOnlySpan<AddressRange> ranges = request.Ranges.Span;
        for (int i = 0; i < ranges.Length; i++) _memory.CountPages(ranges[i].Start, ranges[i].End, request.Tallies.Span[i]);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in CountMappedFolios request)
    {
        _memory.CountMapped(request.Addresses.Span, request.Bytes.Span, request.Tally);
        return default;
    }

    /// <inheritdoc/>
    public ulong Respond(in ReadFootprint request) => _memory.FootprintBytes;

    /// <inheritdoc/>
    public Done Respond(in CheckMappedFolios request)
    {
        _memory.CheckMapped(request.Addresses.Span, request.Young.Span, NowUs);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in JudgeFolios request)
    {
        _memory.Judge(request.Addresses.Span, request.Filters, request.Verdicts.Span, NowUs);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in GatherFolios request)
    {
        _memory.Gather(request.Addresses.Span, request.UnevictableToo);
        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in CoolFolios request)
    {
        _memory.Cool(request.Addresses.Span, NowUs);
        return default;
    }

    /// <summary>A buddy allocator's largest block is 4 MiB.</summary>
    private static ScatteredPlaces Places(NodeId id, HostSettings settings) => new(
        Seeds.Derive(settings.Seed, settings.Name, $"/node-{id}", "allocation"), Math.Max(1, (4 << 20) >> settings.PageShift));

    private ulong LruPages(LruList list) => (ulong)_memory.Counters.LruPages(list);
}
