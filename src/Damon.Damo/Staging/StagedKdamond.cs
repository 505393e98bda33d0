using Damon.Damo.Document;

namespace Damon.Damo.Staging;

/// <summary>One file that damo writes.</summary>
/// <param name="Path">Path below the kernel's kdamonds directory.</param>
/// <param name="Text">What is written.</param>
public readonly record struct SysfsWrite(string Path, string Text);

/// <summary>A kdamond as the kernel gets it. All numbers are truncated and at most 2^64-1 (spec section 9).</summary>
/// <param name="RefreshMs">Interval of refreshing statistics, ms; 0 is never.</param>
/// <param name="Contexts">The contexts.</param>
public sealed record StagedKdamond(ulong RefreshMs, Sequence<StagedContext> Contexts);

/// <summary>A monitoring context as the kernel gets it.</summary>
/// <param name="Operations">Operations set.</param>
/// <param name="SampleUs">Sampling interval, us.</param>
/// <param name="AggrUs">Aggregation interval, us.</param>
/// <param name="UpdateUs">Update interval, us.</param>
/// <param name="IntervalsGoal">Goal of the intervals' tuning; off when its aggregations are 0.</param>
/// <param name="MinNrRegions">Least number of regions.</param>
/// <param name="MaxNrRegions">Largest number of regions.</param>
/// <param name="Probes">Probes.</param>
/// <param name="Pause">True when paused.</param>
/// <param name="AddrUnit">Bytes per address unit.</param>
/// <param name="Targets">Targets.</param>
/// <param name="Schemes">Schemes.</param>
public sealed record StagedContext(
    Operations Operations,
    ulong SampleUs,
    ulong AggrUs,
    ulong UpdateUs,
    StagedIntervalsGoal IntervalsGoal,
    ulong MinNrRegions,
    ulong MaxNrRegions,
    Sequence<Probe> Probes,
    bool Pause,
    ulong AddrUnit,
    Sequence<StagedTarget> Targets,
    Sequence<StagedScheme> Schemes);

/// <summary>Goal of the intervals' tuning as the kernel gets it.</summary>
/// <param name="AccessBp">Wanted access events, basis points.</param>
/// <param name="Aggrs">Aggregations per tuning; 0 is off.</param>
/// <param name="MinSampleUs">Least sampling interval, us.</param>
/// <param name="MaxSampleUs">Largest sampling interval, us.</param>
public sealed record StagedIntervalsGoal(ulong AccessBp, ulong Aggrs, ulong MinSampleUs, ulong MaxSampleUs);

/// <summary>A target as the kernel gets it.</summary>
/// <param name="Pid">Process id; null for physical addresses.</param>
/// <param name="Obsolete">True when a commit removes it.</param>
/// <param name="Regions">Initial regions.</param>
public sealed record StagedTarget(ulong? Pid, bool Obsolete, Sequence<StagedRange> Regions);

/// <summary>A range: of addresses half-open, of sizes inclusive; bytes.</summary>
/// <param name="Start">Start or least.</param>
/// <param name="End">End or largest.</param>
public readonly record struct StagedRange(ulong Start, ulong End);

/// <summary>A scheme as the kernel gets it.</summary>
/// <param name="Action">Action.</param>
/// <param name="Destinations">Weighted destination nodes.</param>
/// <param name="TargetNid">Destination node, -1 for none of them; null when nothing is written, which leaves the kernel's value.</param>
/// <param name="AccessPattern">Access pattern in the kernel's units.</param>
/// <param name="ApplyIntervalUs">Apply interval, us; 0 is the aggregation interval.</param>
/// <param name="Quotas">Quotas.</param>
/// <param name="Watermarks">Watermarks.</param>
/// <param name="CoreFilters">Filters of the core layer, evaluated first.</param>
/// <param name="OpsFilters">Filters of the operations layer.</param>
/// <param name="MaxNrSnapshots">Snapshots after which the scheme stops; 0 is never.</param>
public sealed record StagedScheme(
    SchemeAction Action,
    Sequence<StagedDestination> Destinations,
    int? TargetNid,
    StagedAccessPattern AccessPattern,
    ulong ApplyIntervalUs,
    StagedQuotas Quotas,
    StagedWatermarks Watermarks,
    Sequence<StagedFilter> CoreFilters,
    Sequence<StagedFilter> OpsFilters,
    ulong MaxNrSnapshots);

/// <summary>A weighted destination node.</summary>
/// <param name="Nid">Node id.</param>
/// <param name="Weight">Weight.</param>
public readonly record struct StagedDestination(ulong Nid, ulong Weight);

/// <summary>An access pattern in the kernel's units; all bounds inclusive.</summary>
/// <param name="MinSize">Least region size, bytes.</param>
/// <param name="MaxSize">Largest region size, bytes.</param>
/// <param name="MinNrAccesses">Least accesses, samples per aggregation at the initial intervals.</param>
/// <param name="MaxNrAccesses">Most accesses, samples.</param>
/// <param name="MinAge">Least age, aggregation intervals.</param>
/// <param name="MaxAge">Largest age, aggregation intervals.</param>
public sealed record StagedAccessPattern(ulong MinSize, ulong MaxSize, ulong MinNrAccesses, ulong MaxNrAccesses, ulong MinAge, ulong MaxAge);

/// <summary>Quotas as the kernel gets them.</summary>
/// <param name="Ms">Time per reset interval, ms; 0 is no limit.</param>
/// <param name="Bytes">Bytes per reset interval; 0 is no limit.</param>
/// <param name="ResetIntervalMs">Reset interval, ms.</param>
/// <param name="WeightSize">Weight of the size, permil.</param>
/// <param name="WeightNrAccesses">Weight of the accesses, permil.</param>
/// <param name="WeightAge">Weight of the age, permil.</param>
/// <param name="FailChargeNum">Numerator of the failed regions' charge.</param>
/// <param name="FailChargeDenom">Denominator of the failed regions' charge; 0 is off.</param>
/// <param name="Goals">Goals.</param>
/// <param name="GoalTuner">Name of the tuner, not validated.</param>
public sealed record StagedQuotas(
    ulong Ms,
    ulong Bytes,
    ulong ResetIntervalMs,
    ulong WeightSize,
    ulong WeightNrAccesses,
    ulong WeightAge,
    ulong FailChargeNum,
    ulong FailChargeDenom,
    Sequence<StagedGoal> Goals,
    string GoalTuner);

/// <summary>A quota goal as the kernel gets it.</summary>
/// <param name="Metric">Metric.</param>
/// <param name="TargetValue">Target: bp, us for PSI, free for user_input.</param>
/// <param name="CurrentValue">Current value of user_input.</param>
/// <param name="Nid">Node id; null when none is written, which means the kernel's default.</param>
/// <param name="MemcgPath">Control group path; null when none is written.</param>
public sealed record StagedGoal(QuotaGoalMetric Metric, ulong TargetValue, ulong CurrentValue, int? Nid, string? MemcgPath);

/// <summary>Watermarks as the kernel gets them.</summary>
/// <param name="Metric">Metric.</param>
/// <param name="IntervalUs">Interval of checks, us.</param>
/// <param name="High">High mark, permil.</param>
/// <param name="Mid">Mid mark, permil.</param>
/// <param name="Low">Low mark, permil.</param>
public sealed record StagedWatermarks(WatermarkMetric Metric, ulong IntervalUs, ulong High, ulong Mid, ulong Low);

/// <summary>A filter as the kernel gets it.</summary>
/// <param name="Type">Type.</param>
/// <param name="Matching">True to match memory of the type.</param>
/// <param name="Allow">True to let matching memory pass.</param>
/// <param name="MemcgPath">Path of a memcg filter.</param>
/// <param name="Range">Addresses of an addr filter, sizes of a hugepage_size filter.</param>
/// <param name="TargetIndex">Index of a target filter.</param>
public sealed record StagedFilter(FilterType Type, bool Matching, bool Allow, string? MemcgPath, StagedRange? Range, ulong? TargetIndex);
