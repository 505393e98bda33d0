using System.Collections.Immutable;
using Damon.Model.Costs;
using Damon.Model.Schemes;

namespace Damon.Actors.Hosts;

/// <summary>What applying an action costs its kdamond, ns.</summary>
/// <param name="RegionNs">Each region, ns.</param>
/// <param name="PageNs">Each 4 KiB of the region, ns.</param>
/// <param name="AppliedNs">Each 4 KiB that the action changed, ns.</param>
public sealed record ApplyCost(long RegionNs, long PageNs, long AppliedNs)
{
    /// <summary>What counts as a page here, bytes.</summary>
    public const ulong PageBytes = 4096;
}

/// <summary>What a kdamond's work costs in virtual time; free of charge by default, as in the goldens.</summary>
public sealed record CostSettings
{
    /// <summary>Work takes no time.</summary>
    public static CostSettings Free { get; } = new();

    /// <summary>
    /// What a kdamond's work takes on a real machine, and what memory does there, with every node of DRAM. All figures but
    /// the migrations' are estimates: a check of a physical address 300 ns (rmap walk), of a virtual one 100 ns, a look of probes 100 ns; a wake-up
    /// 5 us; merging and splitting 100 ns a region; applying an action 1 us a region and 50 ns a page that is looked at, and
    /// for each page done 2 us to reclaim and 0.2 us to move between LRU lists. What migrating takes is in
    /// <see cref="MemoryCosts.Migration"/>.
    /// </summary>
    public static CostSettings Measured { get; } = new()
    {
        WakeUpNs = 5_000,
        AccessCheckNs = 300,
        VirtualAccessCheckNs = 100,
        AggregateRegionNs = 100,
        ProbeCheckNs = 100,
        CountPageNs = 50,
        Memory = new MemoryCosts(),
        Apply = ImmutableDictionary<SchemeAction, ApplyCost>.Empty
            .Add(SchemeAction.PageOut, new ApplyCost(1_000, 50, 2_000))
            .Add(SchemeAction.LruPrio, new ApplyCost(1_000, 50, 200))
            .Add(SchemeAction.LruDeprio, new ApplyCost(1_000, 50, 200))
            .Add(SchemeAction.MigrateHot, new ApplyCost(1_000, 50, 0))
            .Add(SchemeAction.MigrateCold, new ApplyCost(1_000, 50, 0)),
    };

    /// <summary>Costs by action; an action not named is free.</summary>
    public ImmutableDictionary<SchemeAction, ApplyCost> Apply { get; init; } = ImmutableDictionary<SchemeAction, ApplyCost>.Empty;

    /// <summary>Grain of the clock that time quotas are charged by, ns.</summary>
    public long CoarseClockNs { get; init; } = 1;

    /// <summary>One iteration of a kdamond's loop, ns.</summary>
    public long WakeUpNs { get; init; }

    /// <summary>One access check of one region, ns.</summary>
    public long AccessCheckNs { get; init; }

    /// <summary>One access check of one region of a virtual address space, ns; null: as <see cref="AccessCheckNs"/>.</summary>
    public long? VirtualAccessCheckNs { get; init; }

    /// <summary>A look of the probes at one region's sampled folio, ns.</summary>
    public long ProbeCheckNs { get; init; }

    /// <summary>A full count of pages, for each folio, and for each 4 KiB without one, ns.</summary>
    public long CountPageNs { get; init; }

    /// <summary>Merging and splitting, per region and aggregation, ns.</summary>
    public long AggregateRegionNs { get; init; }

    /// <summary>
    /// What memory costs tenants, and what moving it costs kdamonds on top of <see cref="Apply"/>, folio by folio; null: nothing, and
    /// nothing is measured.
    /// </summary>
    public MemoryCosts? Memory { get; init; }
}
