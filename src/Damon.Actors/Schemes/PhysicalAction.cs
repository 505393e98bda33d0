using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Schemes;

/// <summary>Actions on the physical address space: walks over the folios of the nodes (spec 10).</summary>
internal sealed class PhysicalAction : ISchemeAction
{
    private readonly HostMap _map;
    private readonly ulong _addrUnit;
    private readonly ulong _frameBytes;
    private SchemeAction _action;
    private NodeId _targetNode;
    private FolioFilterSet _filters = FolioFilterSet.PassAll;
    private FolioFilterSet _filtersAllowed = FolioFilterSet.PassAll;
    private bool _counts;
    private ulong _lastFolio = NodeMemory.NoPfn;

    public PhysicalAction(SchemeSettings settings, HostMap map, ulong addrUnit)
    {
        _map = map;
        _addrUnit = addrUnit;
        _frameBytes = 1UL << map.PageShift;
        Commit(settings);
    }

    /// <inheritdoc/>
    public void Commit(SchemeSettings settings)
    {
        _action = settings.Action;
        _targetNode = settings.TargetNode;
        _filters = OperationsFilters.Of(settings);
        _counts = !_filters.Filters.IsEmpty;

        // Pageout checks each page's accesses once more, unless the user said how (spec 10).
        if (_action == SchemeAction.PageOut && !_filters.Has(FolioFilterType.Young))
            _filters = _filters.Append(FolioFilter.RejectYoung);
    }

    /// <inheritdoc/>
    public void EndPass() => _lastFolio = NodeMemory.NoPfn;

    /// <inheritdoc/>
    public ActionOutcome Apply(in Region region, Target target, bool passesFilters, long nowUs)
    {
        if (ToWalk() is not { } walk) return default;
        FolioFilterSet filters = passesFilters ? _filtersAllowed : _filters;
        (ulong applied, ulong passed) = Walk(region.Start * _addrUnit, region.End * _addrUnit, filters, walk, nowUs);
        if (walk is WalkAction.Pageout or WalkAction.Gather) applied = Finish(region, walk) * _frameBytes;
        return new ActionOutcome(applied / _addrUnit, passed / _addrUnit);
    }

    private WalkAction? ToWalk() => _action switch
    {
        SchemeAction.PageOut => WalkAction.Pageout,
        SchemeAction.LruPrio => WalkAction.LruPrio,
        SchemeAction.LruDeprio => WalkAction.LruDeprio,
        SchemeAction.MigrateHot or SchemeAction.MigrateCold => WalkAction.Gather,
        SchemeAction.Stat when _counts => WalkAction.Stat,
        _ => null,
    };

    /// <summary>Walks from node to node; addresses of no node are passed frame by frame, as they have no folios.</summary>
    private (ulong Applied, ulong Passed) Walk(ulong start, ulong end, FolioFilterSet filters, WalkAction action, long nowUs)
    {
        ulong applied = 0;
        ulong passed = 0;
        ulong lastFolio = NodeMemory.NoPfn;
        for (ulong at = start; at < end;)
        {
            int index = _map.NodeIndexAt(at);
            if (index < 0)
            {
                at = PassHole(at, end);
                lastFolio = NodeMemory.NoPfn;
                continue;
            }

            NodeEntry node = _map.Nodes[index];
            WalkRequest request = new(at, Math.Min(end, node.End), filters, action, _lastFolio, nowUs);
            WalkResult result = node.Node.Ask<WalkFolios, WalkResult>(new WalkFolios(request));
            applied += result.AppliedBytes;
            passed += result.PassedBytes;
            lastFolio = result.LastLookedUpPfn;
            at = result.NextByte;
        }

        _lastFolio = lastFolio;
        return (applied, passed);
    }

    private ulong PassHole(ulong at, ulong end)
    {
        ulong next = end;
        foreach (NodeEntry node in _map.Nodes)
        {
            if (node.Start > at) next = Math.Min(next, node.Start);
        }

        return at + KernelArithmetic.AlignUp(next - at, _frameBytes);
    }

    /// <summary>Reclaims or migrates what the walk gathered, node by node in ascending order.</summary>
    private ulong Finish(in Region region, WalkAction walk)
    {
        ulong pages = 0;
        foreach (NodeEntry node in _map.Nodes)
        {
            if (node.End <= region.Start * _addrUnit || region.End * _addrUnit <= node.Start) continue;
            PagesChanged changed = walk == WalkAction.Pageout
                ? node.Node.Ask<ReclaimGathered, PagesChanged>(default)
                : node.Node.Ask<MigrateGathered, PagesChanged>(new MigrateGathered(_targetNode));
            pages += changed.Pages;
        }

        return pages;
    }
}
