using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Memory;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Hosts;

/// <summary>What can be read of a host at one instant: what sysfs, cgroup files and vmstat would tell.</summary>
/// <param name="AtUs">The instant, us of virtual time.</param>
/// <param name="Nodes">By node.</param>
/// <param name="Memcgs">By memory cgroup.</param>
/// <param name="Kdamonds">By kdamond.</param>
public sealed record HostSample(
    ulong AtUs, ImmutableArray<NodeSample> Nodes, ImmutableArray<MemcgSample> Memcgs, ImmutableArray<KdamondSample> Kdamonds)
{
    /// <summary>For how long tasks waited for memory so far, us: "some" of memory pressure.</summary>
    public ulong PsiTotalUs { get; init; }

    /// <summary>What memory costs, by node and by memory cgroup; null: the host does not measure it.</summary>
    public CostReading? Costs { get; init; }

    /// <summary>What swap holds, bytes.</summary>
    public ulong SwapUsedBytes { get; init; }

    /// <summary>What transparent huge pages hold and waste, by process; empty where the host has none.</summary>
    public ImmutableArray<HugePageSample> HugePages { get; init; } = [];
}

/// <summary>What a process has of transparent huge pages at an instant.</summary>
/// <param name="ResidentBytes">What it has in memory.</param>
/// <param name="TouchedBytes">What of that it has touched itself since it came into memory.</param>
/// <param name="HugeBytes">What of that 2 MiB folios map.</param>
/// <param name="Counts">What became of its huge pages so far.</param>
public sealed record HugePageSample(ulong ResidentBytes, ulong TouchedBytes, ulong HugeBytes, HugePageCounts Counts)
{
    /// <summary>What is in memory only because a huge page has room for it, bytes.</summary>
    public ulong BloatBytes => ResidentBytes - TouchedBytes;
}

/// <summary>A node at an instant.</summary>
/// <param name="UsedBytes">Bytes in use.</param>
/// <param name="FreeBytes">Bytes free.</param>
/// <param name="MigratedInBytes">Bytes that migrated to it so far.</param>
/// <param name="MigratedOutBytes">Bytes that migrated from it so far.</param>
/// <param name="ReclaimedBytes">Bytes reclaimed on it so far.</param>
public sealed record NodeSample(
    ulong UsedBytes, ulong FreeBytes, ulong MigratedInBytes, ulong MigratedOutBytes, ulong ReclaimedBytes)
{
    /// <summary>Bytes on its active LRU lists.</summary>
    public ulong ActiveBytes { get; init; }

    /// <summary>Bytes on its inactive LRU lists.</summary>
    public ulong InactiveBytes { get; init; }
}

/// <summary>A memory cgroup at an instant.</summary>
/// <param name="LruBytesByNode">LRU bytes that goals see, by node.</param>
/// <param name="ResidentBytesByNode">Resident bytes in any state, by node.</param>
public sealed record MemcgSample(ImmutableArray<ulong> LruBytesByNode, ImmutableArray<ulong> ResidentBytesByNode);

/// <summary>A kdamond at an instant.</summary>
/// <param name="NrRegions">Regions.</param>
/// <param name="SampleUs">Sampling interval now, us.</param>
/// <param name="AggregationUs">Aggregation interval now, us.</param>
/// <param name="NrAggregations">Aggregations so far.</param>
/// <param name="Schemes">By scheme.</param>
public sealed record KdamondSample(
    int NrRegions, ulong SampleUs, ulong AggregationUs, ulong NrAggregations, ImmutableArray<SchemeSample> Schemes)
{
    /// <summary>How long it has worked so far, ns: 0 while its work costs no time.</summary>
    public ulong BusyNs { get; init; }

    /// <summary>The share of a CPU that it has taken so far, 0..1.</summary>
    public double CpuShare { get; init; }

    /// <summary>How many probes it has.</summary>
    public int NrProbes { get; init; }

    /// <summary>Its last full count of pages; null: none so far.</summary>
    public PageSurvey? Pages { get; init; }

    /// <summary>Its regions at its last aggregation, target by target; empty unless snapshots are kept.</summary>
    public ImmutableArray<RegionSample> Regions { get; init; } = [];
}

/// <summary>A region at an instant.</summary>
/// <param name="Target">Index of its target.</param>
/// <param name="Start">First address, core address units.</param>
/// <param name="End">First address after it, core address units.</param>
/// <param name="NrAccesses">Samples with an access, in the aggregation.</param>
/// <param name="Age">Age, aggregation intervals.</param>
public readonly record struct RegionSample(int Target, ulong Start, ulong End, uint NrAccesses, uint Age)
{
    /// <summary>Hits of its probes, in the aggregation.</summary>
    public ProbeHits ProbeHits { get; init; }

    /// <summary>Length, core address units.</summary>
    public ulong Size => End - Start;

    /// <summary>All regions of a context as they are, target by target.</summary>
    internal static List<RegionSample> Of(MonitoringContext context)
    {
        List<RegionSample> regions = new(context.NrRegions);
        for (int target = 0; target < context.Targets.Count; target++)
        {
            foreach (ref readonly Region region in context.Targets[target].Regions.Span)
                regions.Add(new RegionSample(target, region.Start, region.End, region.NrAccesses, region.Age) { ProbeHits = region.ProbeHits });
        }

        return regions;
    }
}

/// <summary>A scheme at an instant.</summary>
/// <param name="Stats">What it did so far.</param>
/// <param name="EffectiveSizeBytes">Its effective quota, bytes a window.</param>
/// <param name="ChargedBytes">Charged in this window, bytes.</param>
/// <param name="Score">The last score of its goals, 10,000 is met; null without goals.</param>
/// <param name="Activated">Whether its watermarks let it run.</param>
public sealed record SchemeSample(SchemeStats Stats, ulong EffectiveSizeBytes, ulong ChargedBytes, ulong? Score, bool Activated);
