using Damon.Damo.Document;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Writing;

/// <summary>Turns schemes into trees.</summary>
internal sealed class SchemeWriter(WriteOptions options)
{
    internal TreeNode Scheme(Scheme scheme) => new TreeMapBuilder()
        .Add("action", Keywords.Actions.Word(scheme.Action))
        .Add("dests", scheme.Destinations, dest => new TreeMapBuilder()
            .Add("id", new TreeNumber(dest.Id))
            .Add("weight", new TreeNumber(dest.Weight))
            .Build())
        .AddIf(
            scheme.Action is SchemeAction.MigrateHot or SchemeAction.MigrateCold,
            "target_nid",
            () => scheme.TargetNid is { } nid ? new TreeNumber(nid) : TreeNull.Instance)
        .AddIf(IsWanted(scheme.AccessPattern, AccessPattern.Default), "access_pattern", () => Pattern(scheme.AccessPattern))
        .Add("apply_interval_us", ValuePrinter.Microseconds(scheme.ApplyIntervalUs, options.Raw))
        .AddIf(IsWanted(scheme.Quotas, Quotas.None), "quotas", () => QuotasNode(scheme.Quotas))
        .AddIf(IsWanted(scheme.Watermarks, Watermarks.None), "watermarks", () => WatermarksNode(scheme.Watermarks))
        .AddIf(IsWanted(scheme.Filters, []), "filters", () => new TreeList([.. scheme.Filters.Select(Filter)]))
        .Build();

    /// <summary>A bound of the access rate: percent cut to whole numbers, or samples.</summary>
    internal static string Rate(Number value, bool inSamples, bool raw) => ValuePrinter.Nr(value, raw) + (inSamples ? " samples" : " %");

    /// <summary>A bound of the age: exact time, or aggregation intervals.</summary>
    internal static string Age(Number value, bool inAggregations, bool raw) =>
        inAggregations ? ValuePrinter.Nr(value, raw) + " aggr_intervals" : ValuePrinter.MicrosecondsExact(value, raw);

    private bool IsWanted<T>(T value, T byDefault) => !options.OmitDefaults || !EqualityComparer<T>.Default.Equals(value, byDefault);

    private string Size(Number bytes) => ValuePrinter.Size(bytes, options.Raw);

    private string Nr(Number number) => ValuePrinter.Nr(number, options.Raw);

    private static TreeMap Range(string min, string max) => new TreeMapBuilder().Add("min", min).Add("max", max).Build();

    private TreeMap Pattern(AccessPattern pattern)
    {
        (RateRange rate, AgeRange age) = (pattern.AccessRate, pattern.Age);
        return new TreeMapBuilder()
            .Add("sz_bytes", Range(Size(pattern.MinSizeBytes), Size(pattern.MaxSizeBytes)))
            .Add("nr_accesses", Range(Rate(rate.Min, rate.InSamples, options.Raw), Rate(rate.Max, rate.InSamples, options.Raw)))
            .Add("age", Range(Age(age.Min, age.InAggregations, options.Raw), Age(age.Max, age.InAggregations, options.Raw)))
            .Build();
    }

    private TreeMap QuotasNode(Quotas quotas) => new TreeMapBuilder()
        .Add("time_ms", ValuePrinter.MillisecondsExact(quotas.TimeMs, options.Raw))
        .Add("sz_bytes", Size(quotas.SizeBytes))
        .Add("reset_interval_ms", ValuePrinter.MillisecondsExact(quotas.ResetIntervalMs, options.Raw))
        .Add("fail_charge_num", Nr(quotas.FailChargeNum))
        .Add("fail_charge_denom", Nr(quotas.FailChargeDenom))
        .Add("goals", quotas.Goals, Goal)
        .Add("goal_tuner", quotas.GoalTuner)
        .Add("effective_sz_bytes", Size(quotas.EffectiveSizeBytes))
        .Add("weights", new TreeMapBuilder()
            .Add("sz_permil", ValuePrinter.Permil(quotas.Weights.SizePermil, options.Raw))
            .Add("nr_accesses_permil", ValuePrinter.Permil(quotas.Weights.AccessesPermil, options.Raw))
            .Add("age_permil", ValuePrinter.Permil(quotas.Weights.AgePermil, options.Raw))
            .Build())
        .Build();

    private TreeMap Goal(QuotaGoal goal) => new TreeMapBuilder()
        .Add("metric", Keywords.GoalMetrics.Word(goal.Metric))
        .Add("nid", goal.Nid is { } nid ? Nr(nid) : null)
        .Add("memcg_path", goal.MemcgPath)
        .Add("target_value", Nr(goal.TargetValue))
        .Add("current_value", Nr(goal.CurrentValue))
        .Build();

    private TreeMap WatermarksNode(Watermarks marks) => new TreeMapBuilder()
        .Add("metric", Keywords.WatermarkMetrics.Word(marks.Metric))
        .Add("interval_us", ValuePrinter.MicrosecondsExact(marks.IntervalUs, options.Raw))
        .Add("high_permil", ValuePrinter.Permil(marks.HighPermil, options.Raw))
        .Add("mid_permil", ValuePrinter.Permil(marks.MidPermil, options.Raw))
        .Add("low_permil", ValuePrinter.Permil(marks.LowPermil, options.Raw))
        .Build();

    private TreeNode Filter(SchemeFilter filter) => new TreeMapBuilder()
        .Add("filter_type", Keywords.FilterTypes.Word(filter.FilterType))
        .Add("matching", filter.Matching)
        .Add("allow", filter.Allow)
        .Add("memcg_path", filter.MemcgPath)
        .Add("address_range", filter.AddressRange is { } range
            ? new TreeMapBuilder().Add("start", Nr(range.Start)).Add("end", Nr(range.End)).Build()
            : TreeNull.Instance)
        .Add("damon_target_idx", filter.TargetIndex is { } index ? Nr(index) : null)
        .Add("hugepage_size", filter.HugepageSize is { } sizes
            ? new TreeList([new TreeText(Size(sizes.Start)), new TreeText(Size(sizes.End))])
            : TreeNull.Instance)
        .Build();
}
