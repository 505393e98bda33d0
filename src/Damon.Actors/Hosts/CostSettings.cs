using System.Collections.Immutable;
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

    /// <summary>Costs by action; an action not named is free.</summary>
    public ImmutableDictionary<SchemeAction, ApplyCost> Apply { get; init; } = ImmutableDictionary<SchemeAction, ApplyCost>.Empty;

    /// <summary>Grain of the clock that time quotas are charged by, ns.</summary>
    public long CoarseClockNs { get; init; } = 1;

    /// <summary>One iteration of a kdamond's loop, ns.</summary>
    public long WakeUpNs { get; init; }

    /// <summary>One access check of one region, ns.</summary>
    public long AccessCheckNs { get; init; }

    /// <summary>Merging and splitting, per region and aggregation, ns.</summary>
    public long AggregateRegionNs { get; init; }
}
