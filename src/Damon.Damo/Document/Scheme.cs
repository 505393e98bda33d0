using Damon.Damo.Values;

namespace Damon.Damo.Document;

/// <summary>One DAMON-based operation scheme (DAMOS).</summary>
/// <param name="Action">What is done with matching memory.</param>
/// <param name="Destinations">Weighted destination nodes of a migration; empty when a single node is named.</param>
/// <param name="TargetNid">Destination node of a migration; null when absent.</param>
/// <param name="AccessPattern">Which regions the scheme looks at.</param>
/// <param name="ApplyIntervalUs">Interval of applying the scheme, us; 0 is every aggregation.</param>
/// <param name="Quotas">How much may be done.</param>
/// <param name="Watermarks">When the scheme is active.</param>
/// <param name="Filters">Which pages are let through, in command line order.</param>
/// <param name="MaxNrSnapshots">Snapshots after which the scheme stops, 0 is never; absent from damo's JSON.</param>
public sealed record Scheme(
    SchemeAction Action,
    Sequence<Destination> Destinations,
    Number? TargetNid,
    AccessPattern AccessPattern,
    Number ApplyIntervalUs,
    Quotas Quotas,
    Watermarks Watermarks,
    Sequence<SchemeFilter> Filters,
    Number MaxNrSnapshots)
{
    /// <summary>Action stat on everything, without limits.</summary>
    public static Scheme Default { get; } =
        new(SchemeAction.Stat, [], null, AccessPattern.Default, 0, Quotas.None, Watermarks.None, [], 0);
}

/// <summary>A weighted destination of a migration.</summary>
/// <param name="Id">Node id.</param>
/// <param name="Weight">Relative share.</param>
public sealed record Destination(Number Id, Number Weight);

/// <summary>The access pattern that a scheme selects; all bounds inclusive.</summary>
/// <param name="MinSizeBytes">Smallest region, bytes.</param>
/// <param name="MaxSizeBytes">Largest region, bytes.</param>
/// <param name="AccessRate">Access rate.</param>
/// <param name="Age">Age.</param>
public sealed record AccessPattern(Number MinSizeBytes, Number MaxSizeBytes, RateRange AccessRate, AgeRange Age)
{
    /// <summary>Everything.</summary>
    public static AccessPattern Default { get; } = new(0, Number.Max, new(0, Number.Max, false), new(0, Number.Max, false));
}

/// <summary>A range of access rates.</summary>
/// <param name="Min">Lower bound.</param>
/// <param name="Max">Upper bound.</param>
/// <param name="InSamples">True when in samples per aggregation, false when in percent of the samples.</param>
public sealed record RateRange(Number Min, Number Max, bool InSamples);

/// <summary>A range of ages.</summary>
/// <param name="Min">Lower bound.</param>
/// <param name="Max">Upper bound.</param>
/// <param name="InAggregations">True when in aggregation intervals, false when in us.</param>
public sealed record AgeRange(Number Min, Number Max, bool InAggregations);

/// <summary>Watermarks that activate and deactivate a scheme.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="IntervalUs">Interval of checks, us.</param>
/// <param name="HighPermil">Inactive above, permil.</param>
/// <param name="MidPermil">Active below, permil.</param>
/// <param name="LowPermil">Inactive below, permil.</param>
public sealed record Watermarks(WatermarkMetric Metric, Number IntervalUs, Number HighPermil, Number MidPermil, Number LowPermil)
{
    /// <summary>Always active.</summary>
    public static Watermarks None { get; } = new(WatermarkMetric.None, 0, 0, 0, 0);
}

/// <summary>A filter of a scheme; the first match decides.</summary>
/// <param name="FilterType">What is looked at.</param>
/// <param name="Matching">True to match memory of the type, false for all other.</param>
/// <param name="Allow">True to let matching memory pass, false to reject it.</param>
/// <param name="MemcgPath">Path of a memcg filter; null otherwise.</param>
/// <param name="AddressRange">Range of an addr filter; null otherwise.</param>
/// <param name="TargetIndex">Index of a target filter; null otherwise.</param>
/// <param name="HugepageSize">Inclusive bounds in bytes of a hugepage_size filter; null otherwise.</param>
public sealed record SchemeFilter(
    FilterType FilterType,
    bool Matching,
    bool Allow,
    string? MemcgPath = null,
    AddressRange? AddressRange = null,
    Number? TargetIndex = null,
    AddressRange? HugepageSize = null)
{
    /// <summary>True for the types that the core layer evaluates, before all operations layer filters (spec section 9).</summary>
    public bool IsCore => FilterType is FilterType.Addr or FilterType.Target;
}
