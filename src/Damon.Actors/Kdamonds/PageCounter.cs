using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Schemes;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Kdamonds;

/// <summary>Counts all pages of a kdamond's regions by kind when it is time to: asks the nodes, or the page tables of the targets.</summary>
/// <param name="counting">How often, and at whose expense.</param>
/// <param name="startUs">When the kdamond starts, us.</param>
/// <param name="map">Who is who.</param>
internal sealed class PageCounter(PageCounting counting, ulong startUs, HostMap map)
{
    private readonly PageTableWalk _walk = new(map);
    private ulong _dueUs = startUs + counting.EveryUs;
    private ulong _unpaidLooks;
    private uint[] _bytes = [];

    /// <summary>The last count; null: none so far.</summary>
    public PageSurvey? Last { get; private set; }

    /// <summary>Counts at the end of an aggregation, if it is time to.</summary>
    public void CountIfDue(MonitoringContext context, ulong nowUs)
    {
        if (nowUs < _dueUs) return;
        while (_dueUs <= nowUs) _dueUs += counting.EveryUs;
        List<RegionSample> regions = RegionSample.Of(context);
        PageTally[] tallies = Count(context, regions);
        ulong looks = 0;
        foreach (PageTally tally in tallies) looks += tally.Looks;
        if (!counting.IsFree) _unpaidLooks += looks;
        Last = new PageSurvey(
            nowUs,
            context.Attributes.SamplesIn(context.Attributes.AggregationUs),
            looks,
            context.Probes,
            [.. regions.Select((region, i) => new RegionPages(region, region.Size * context.AddrUnit, tallies[i].ToCounts()))])
        {
            Stale = Last is null ? [] : [.. Stale(context, Last)],
        };
    }

    /// <summary>Steps of counts since the last call that the kdamond's time has to pay for.</summary>
    public ulong TakeUnpaidLooks()
    {
        ulong looks = _unpaidLooks;
        _unpaidLooks = 0;
        return looks;
    }

    private IEnumerable<StalePages> Stale(MonitoringContext context, PageSurvey before)
    {
        // Of a process: a target's place in the list can be another one's by now. A commit can change the unit of addresses.
        if (context.Targets.Exists(target => target.Process is not null)) return [];
        if (before.Regions.Any(region => region.Bytes != region.Region.Size * context.AddrUnit)) return [];
        PageTally[] now = Count(context, [.. before.Regions.Select(region => region.Region)]);
        return before.Regions.Select((region, i) => new StalePages(region, now[i].ToCounts()));
    }

    private PageTally[] Count(MonitoringContext context, List<RegionSample> regions)
    {
        PageTally[] tallies = new PageTally[regions.Count];
        for (int i = 0; i < tallies.Length; i++) tallies[i] = new PageTally();
        if (context.Targets.Exists(target => target.Process is not null)) CountMapped(context, regions, tallies);
        else CountPhysical(context.AddrUnit, regions, tallies);
        return tallies;
    }

    private void CountPhysical(ulong addrUnit, List<RegionSample> regions, PageTally[] tallies)
    {
        AddressRange[] ranges = [.. regions.Select(region => new AddressRange(region.Start * addrUnit, region.End * addrUnit))];
        foreach (NodeEntry node in map.Nodes) node.Node.Ask<CountPages, Done>(new CountPages(ranges, tallies));
    }

    private void CountMapped(MonitoringContext context, List<RegionSample> regions, PageTally[] tallies)
    {
        for (int i = 0; i < tallies.Length; i++)
        {
            if (map.Process(context.Targets[regions[i].Target].Process!) is not { } process) continue;
            _walk.Begin(process, new Region(regions[i].Start, regions[i].End));
            while (_walk.MoveNext()) CountBatch(regions[i].End, tallies[i]);
        }
    }

    /// <summary>Counts the folios of one batch of a walk, each with what of it lies between where the walk met it and the region's end.</summary>
    private void CountBatch(ulong regionEnd, PageTally tally)
    {
        ReadOnlySpan<MappedFolio> folios = _walk.Folios;
        foreach (FramesByNode.Share share in _walk.FoliosByNode())
        {
            if (share.Addresses.IsEmpty) continue;
            int count = share.Positions.Length;
            if (_bytes.Length < count) _bytes = new uint[count * 2];
            for (int i = 0; i < count; i++) _bytes[i] = BytesWithin(folios[share.Positions[i]], regionEnd);
            share.Node.Ask<CountMappedFolios, Done>(new CountMappedFolios(share.Addresses, _bytes.AsMemory(0, count), tally));
        }
    }

    private static uint BytesWithin(in MappedFolio folio, ulong regionEnd)
    {
        ulong folioEnd = (folio.Address & ~((ulong)folio.Bytes - 1)) + folio.Bytes;
        return (uint)(Math.Min(folioEnd, regionEnd) - folio.Address);
    }
}
