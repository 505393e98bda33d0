using System.Collections.Immutable;
using Damon.Model.Memory;
using Damon.Model.Monitoring;

namespace Damon.Actors.Hosts;

/// <summary>A full count of the pages of a kdamond's regions at the end of an aggregation, beside what its probes had sampled by then.</summary>
/// <param name="AtUs">When, us of virtual time.</param>
/// <param name="Samples">Samples of each region in the aggregation.</param>
/// <param name="Looks">Steps of the count: see <see cref="PageTally.Looks"/>.</param>
/// <param name="Probes">The probes.</param>
/// <param name="Regions">By region.</param>
public sealed record PageSurvey(
    ulong AtUs, ulong Samples, ulong Looks, ImmutableArray<Probe> Probes, ImmutableArray<RegionPages> Regions)
{
    /// <summary>What became of the regions of the count before; empty for the first one.</summary>
    public ImmutableArray<StalePages> Stale { get; init; } = [];

    /// <summary>The pages of all regions.</summary>
    public PageCounts Total => PageCounts.Sum(Regions.Select(region => region.Counts));

    /// <summary>Bytes of all regions.</summary>
    public ulong Bytes => Regions.Aggregate(0UL, (sum, region) => sum + region.Bytes);

    /// <summary>The bytes of a region that the samples of a probe say have its attribute; null when they say nothing.</summary>
    public ProbeEstimate? EstimateOf(int probe, RegionPages region) =>
        ProbeEstimate.Of(region.Region.ProbeHits.Get(probe), Samples, region.Bytes);
}

/// <summary>A region with its pages, at the same instant.</summary>
/// <param name="Region">The region.</param>
/// <param name="Bytes">Its length, bytes.</param>
/// <param name="Counts">Its pages by kind.</param>
public sealed record RegionPages(RegionSample Region, ulong Bytes, PageCounts Counts);

/// <summary>What became of a region by the next count: how far off who had gone on believing the old one was.</summary>
/// <param name="Then">The region and its pages then.</param>
/// <param name="Now">The pages in the same range now.</param>
public sealed record StalePages(RegionPages Then, PageCounts Now);
