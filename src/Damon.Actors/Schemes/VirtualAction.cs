using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Schemes;

/// <summary>Actions on virtual address spaces: walks over the page tables of processes, and madvise (spec 10 and 14).</summary>
internal sealed class VirtualAction : ISchemeAction
{
    private readonly HostMap _map;
    private readonly PageTableWalk _walk;
    private SchemeAction _action;
    private FolioFilterSet _filters = FolioFilterSet.PassAll;
    private bool _hasFilters;
    private MigrationLists _lists = null!;
    private ulong _lastFolio = NodeMemory.NoPfn;

    public VirtualAction(SchemeSettings settings, HostMap map)
    {
        _map = map;
        _walk = new PageTableWalk(map);
        Commit(settings);
    }

    /// <inheritdoc/>
    public void Commit(SchemeSettings settings)
    {
        _action = settings.Action;
        _filters = OperationsFilters.Of(settings);
        _hasFilters = !_filters.Filters.IsEmpty;
        _lists = new MigrationLists(_map, settings.Destinations, settings.TargetNode);
    }

    /// <inheritdoc/>
    public void EndPass() => _lastFolio = NodeMemory.NoPfn;

    /// <inheritdoc/>
    public ActionOutcome Apply(in Region region, Target target, bool passesFilters, long nowUs)
    {
        ProcessEntry process = _map.Process(target.Process!)
            ?? throw new InvalidOperationException($"a target names the process '{target.Process}', which the host does not have");
        FolioFilterSet filters = passesFilters ? FolioFilterSet.PassAll : _filters;
        switch (_action)
        {
            case SchemeAction.MigrateHot or SchemeAction.MigrateCold:
                return new ActionOutcome(Migrate(process, region, filters), Passed: 0);
            case SchemeAction.Stat:
                return new ActionOutcome(Applied: 0, _hasFilters ? CountPassing(process, region, filters) : 0);
            case SchemeAction.LruPrio or SchemeAction.LruDeprio:
                return default;
            default:
                return new ActionOutcome(Advise(process, region), Passed: 0);
        }
    }

    /// <summary>Moves the folios that pass the filters to where they belong.</summary>
    private ulong Migrate(ProcessEntry process, in Region region, FolioFilterSet filters)
    {
        const FolioVerdict Movable = FolioVerdict.Passes | FolioVerdict.OnLru;
        _walk.Begin(process, region);
        while (_walk.MoveNext())
        {
            // A filter may make what it looks at old, so only without filters the nodes need not see what stays in place.
            if (filters.Filters.IsEmpty) _walk.RemoveThoseThatStay(_lists);
            ReadOnlySpan<FolioVerdict> verdicts = _walk.Judge(filters);
            ReadOnlySpan<MappedFolio> folios = _walk.Folios;
            for (int i = 0; i < folios.Length; i++)
            {
                if (verdicts[i] == Movable) _lists.Add(folios[i]);
            }
        }

        return _lists.Migrate() << _map.PageShift;
    }

    /// <summary>Counts the bytes that pass the filters; a folio that the region before ended in is not counted again.</summary>
    private ulong CountPassing(ProcessEntry process, in Region region, FolioFilterSet filters)
    {
        ulong passed = 0;
        _walk.Begin(process, region);
        while (_walk.MoveNext())
        {
            ReadOnlySpan<MappedFolio> folios = _walk.Folios;
            if (folios.IsEmpty) continue;
            int from = folios[0].Pfn == _lastFolio ? 1 : 0;
            ReadOnlySpan<FolioVerdict> verdicts = _walk.Judge(filters, from);
            for (int i = from; i < folios.Length; i++)
            {
                if ((verdicts[i] & FolioVerdict.Passes) != 0) passed += folios[i].Bytes;
            }

            _lastFolio = folios[^1].Pfn;
        }

        return passed;
    }

    /// <summary>
    /// madvise(2) on the region: all mapped parts are done, but it counts as a failure when any part is not mapped, or could not be
    /// collapsed. Advice about huge pages changes what is to come, not the folios that are there; that about reading ahead does nothing
    /// here.
    /// </summary>
    private ulong Advise(ProcessEntry process, in Region region)
    {
        AddressRange range = new(region.Start, region.End);
        if (_action is SchemeAction.HugePage or SchemeAction.NoHugePage)
        {
            HugePageAdvice advice = _action == SchemeAction.HugePage ? HugePageAdvice.HugePage : HugePageAdvice.NoHugePage;
            process.Memcg.Ask<AdviseHugePages, Done>(new AdviseHugePages(process.Index, range, advice));
        }

        bool succeeds = _action != SchemeAction.Collapse
            || process.Memcg.Ask<CollapseBlocks, bool>(new CollapseBlocks(process.Index, range));
        if (_action is SchemeAction.Cold or SchemeAction.PageOut)
        {
            process.Memcg.Ask<SplitAtEnds, Done>(new SplitAtEnds(process.Index, range));
            _walk.Begin(process, region);
            while (_walk.MoveNext())
            {
                foreach (FramesByNode.Share share in _walk.WholeFoliosByNode()) Advise(share);
            }
        }

        bool isMapped = process.Memcg.Ask<ReadIsMapped, bool>(new ReadIsMapped(process.Index, region.Start, region.End));
        return isMapped && succeeds ? region.Size : 0;
    }

    private void Advise(FramesByNode.Share share)
    {
        if (share.Addresses.IsEmpty) return;
        if (_action == SchemeAction.Cold)
        {
            share.Node.Ask<CoolFolios, Done>(new CoolFolios(share.Addresses));
            return;
        }

        share.Node.Ask<GatherFolios, Done>(new GatherFolios(share.Addresses, UnevictableToo: false));
        share.Node.Ask<ReclaimGathered, PagesChanged>(default);
    }
}
