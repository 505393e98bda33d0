using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.Costs;

/// <summary>Hosts with 64 MiB of DRAM and 64 MiB of CXL memory for tests that spell one thing out.</summary>
internal static class TwoTiers
{
    public const ulong NodeBytes = 64UL << 20;

    public static readonly MemcgId Memcg = new(1);

    /// <summary>Latencies that do not depend on load, so that figures can be worked out by hand.</summary>
    public static readonly MemoryCosts Unloaded = new()
    {
        Tiers = [MemoryTier.Dram with { LoadFactor = 0 }, MemoryTier.CxlAsic with { LoadFactor = 0 }],
    };

    public static HostSettings Host(
        ImmutableArray<ProcessSettings> processes, ImmutableArray<KdamondSettings> kdamonds = default, int pageShift = 12)
    {
        ulong frames = NodeBytes >> pageShift;
        return new HostSettings
        {
            Name = "two-tiers",
            PageShift = pageShift,
            Nodes = [new NodeSettings(0, frames), new NodeSettings(frames, frames)],
            Memcgs = [new MemcgSettings(Memcg, "/tenant")],
            Processes = processes,
            Kdamonds = kdamonds.IsDefault ? [] : kdamonds,
        };
    }

    /// <summary>A process with all its memory in a row on one node.</summary>
    public static ProcessSettings Process(uint pages, int node, AccessRule rule, int pageShift = 12, bool anon = true) => new()
    {
        Name = "tenant",
        Memcg = Memcg,
        NrPages = pages,
        Placements =
        [
            new PagePlacement
            {
                FirstPage = 0,
                Count = pages,
                FirstPfn = (ulong)node * (NodeBytes >> pageShift),
                Kind = Heap with { Anon = anon },
            },
        ],
        Rules = [rule],
    };

    public static FolioKind Heap { get; } = new(Anon: true, Active: true, Unevictable: false, Mapped: true, Huge: false);

    public static TouchRule EveryMs(uint pages, long periodMs) => new(new PageSet(0, pages), TimeWindow.Always, periodMs * 1000);

    public static KdamondSettings Kdamond(params ImmutableArray<SchemeSettings> schemes) => new()
    {
        Seed = 1,
        Attributes = new MonitoringAttributes(),
        Targets = [new TargetSettings([new AddressRange(0, 2 * NodeBytes)])],
        Schemes = schemes,
    };

    /// <summary>
    /// Reclaims whatever is mapped, hot or not: a filter on young takes the place of the usual last look at accesses, and one that
    /// rejects lets all other memory pass.
    /// </summary>
    public static SchemeSettings PageOutAll { get; } = new()
    {
        Action = SchemeAction.PageOut,
        Filters =
        [
            new SchemeFilter(SchemeFilterType.Young, Matching: true, Allow: true),
            new SchemeFilter(SchemeFilterType.Unmapped, Matching: true, Allow: false),
        ],
        MaxNrSnapshots = 1,
    };

    public static SchemeSettings MigrateAll(int target) => new()
    {
        Action = SchemeAction.MigrateCold,
        TargetNode = new NodeId(target),
    };
}
