using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Reading;

/// <summary>Reads one scheme of a document; no key is required, but inside a block that is present some are (spec section 8).</summary>
/// <param name="notices">Gets a notice for each key that has no effect.</param>
internal sealed class SchemeReader(ICollection<Notice> notices)
{
    internal Scheme Read(TreeCursor node)
    {
        node.NoticeUnknown(
            notices, "action", "dests", "target_nid", "access_pattern", "apply_interval_us", "quotas", "watermarks", "filters",
            "stats", "tried_regions");
        return new(
            node.Optional("action")?.Word(Keywords.Actions) ?? Scheme.Default.Action,
            node.Optional("dests")?.Items().Select(ReadDestination).ToSequence() ?? [],
            node.Optional("target_nid")?.NumberOrNull(ValueReader.Nr),
            node.Optional("access_pattern") is { } pattern ? ReadPattern(pattern) : AccessPattern.Default,
            node.Optional("apply_interval_us")?.Number(ValueReader.Microseconds) ?? Number.Zero,
            node.Optional("quotas") is { } quotas ? ReadQuotas(quotas) : Quotas.None,
            node.Optional("watermarks") is { } marks ? ReadWatermarks(marks) : Watermarks.None,
            node.Optional("filters")?.Items().Select(ReadFilter).ToSequence() ?? [],
            Number.Zero);
    }

    private static Destination ReadDestination(TreeCursor node) =>
        new(node.Required("id").Number(ValueReader.Nr), node.Required("weight").Number(ValueReader.Nr));

    private AccessPattern ReadPattern(TreeCursor node)
    {
        node.NoticeUnknown(notices, "sz_bytes", "nr_accesses", "age");
        TreeCursor size = node.Required("sz_bytes");
        (Number minRate, Number maxRate, bool inSamples) = ReadRange(node.Required("nr_accesses"), "samples", ValueReader.Percent);
        (Number minAge, Number maxAge, bool inAggregations) = ReadRange(node.Required("age"), "aggr_intervals", ValueReader.Microseconds);
        return new(
            size.Required("min").Number(ValueReader.Bytes),
            size.Required("max").Number(ValueReader.Bytes),
            new(minRate, maxRate, inSamples),
            new(minAge, maxAge, inAggregations));
    }

    /// <summary>Two bounds that both carry the counting unit, or neither.</summary>
    private static (Number Min, Number Max, bool IsCount) ReadRange(TreeCursor node, string unit, ReadValue read)
    {
        TreeCursor min = node.Required("min"), max = node.Required("max");
        bool minCounts = HasUnit(min, unit), maxCounts = HasUnit(max, unit);
        if (minCounts != maxCounts) throw node.Refuse($"one bound is in {unit} and the other is not; allowed is one unit for both");
        ReadValue reader = minCounts ? text => ValueReader.Nr(text.Trim()[..^unit.Length].Trim()) : read;
        return (min.Number(reader), max.Number(reader), minCounts);
    }

    private static bool HasUnit(TreeCursor node, string unit) =>
        node.Node is TreeText text && text.Value.TrimEnd().EndsWith(unit, StringComparison.Ordinal);

    private Quotas ReadQuotas(TreeCursor node)
    {
        node.NoticeUnknown(
            notices, "time_ms", "sz_bytes", "reset_interval_ms", "fail_charge_num", "fail_charge_denom", "goals", "goal_tuner",
            "effective_sz_bytes", "weights");
        TreeCursor weights = node.Required("weights");
        return new(
            node.Required("time_ms").Number(ValueReader.Milliseconds),
            node.Required("sz_bytes").Number(ValueReader.Bytes),
            node.Required("reset_interval_ms").Number(ValueReader.Milliseconds),
            node.Optional("fail_charge_num")?.Number(ValueReader.Nr) ?? Number.Zero,
            node.Optional("fail_charge_denom")?.Number(ValueReader.Nr) ?? Number.Zero,
            node.Optional("goals")?.Items().Select(ReadGoal).ToSequence() ?? [],
            node.Optional("goal_tuner")?.Text() ?? Quotas.DefaultTuner,
            node.Optional("effective_sz_bytes")?.Number(ValueReader.Bytes) ?? Number.Zero,
            new(
                weights.Required("sz_permil").Number(ValueReader.Permil),
                weights.Required("nr_accesses_permil").Number(ValueReader.Permil),
                weights.Required("age_permil").Number(ValueReader.Permil)));
    }

    /// <summary>The old names target_value_bp and current_value_bp mean user_input.</summary>
    private QuotaGoal ReadGoal(TreeCursor node)
    {
        node.NoticeUnknown(notices, "metric", "nid", "memcg_path", "target_value", "current_value", "target_value_bp", "current_value_bp");
        bool isOld = node.Optional("target_value") is null && node.Optional("target_value_bp") is not null;
        QuotaGoalMetric metric = isOld && node.Optional("metric") is null
            ? QuotaGoalMetric.UserInput
            : node.Required("metric").Word(Keywords.GoalMetrics);
        if (metric == QuotaGoalMetric.NodeIneligibleMemBp || (GoalValue.IsEligibility(metric) && node.Optional("nid") is { IsNull: false }))
        {
            notices.Add(new(
                NoticeCode.Extension, $"{Keywords.GoalMetrics.Word(metric)} with its node is accepted beyond damo 3.3.0, which loses it", node.Path));
        }

        ReadValue read = GoalValue.Reader(metric);
        return new(
            metric,
            node.Required(isOld ? "target_value_bp" : "target_value").Number(read),
            node.Required(isOld ? "current_value_bp" : "current_value").Number(read),
            node.Optional("nid")?.NumberOrNull(ValueReader.Nr),
            node.Optional("memcg_path")?.TextOrNull());
    }

    private static Watermarks ReadWatermarks(TreeCursor node) => new(
        node.Required("metric").Word(Keywords.WatermarkMetrics),
        node.Required("interval_us").Number(ValueReader.Microseconds),
        node.Required("high_permil").Number(ValueReader.Permil),
        node.Required("mid_permil").Number(ValueReader.Permil),
        node.Required("low_permil").Number(ValueReader.Permil));

    private SchemeFilter ReadFilter(TreeCursor node)
    {
        node.NoticeUnknown(
            notices, "filter_type", "matching", "allow", "filter_pass", "memcg_path", "address_range", "damon_target_idx", "hugepage_size");
        return FilterReader.Read(node);
    }
}
