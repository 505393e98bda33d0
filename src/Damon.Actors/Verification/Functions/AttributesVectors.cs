using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>Changes of a running context's attributes (section 6).</summary>
internal static class AttributesVectors
{
    public static void Set(JsonElement vector, Comparison comparison)
    {
        var before = vector.GetProperty("old");
        var current = before.Intervals("sample", "aggr");
        var schedule = new MonitoringSchedule();
        ulong[] applyUs = vector.U64s("scheme_apply_interval_us");
        ulong[] nextApply = [.. applyUs.Select(interval => schedule.NextApply(current, interval))];
        schedule.Sis = before.U64("passed_sample_intervals");
        schedule.NextAggregation = before.U64("next_aggregation_sis");

        var wanted = Attributes(vector.GetProperty("new"));
        var target = vector.Target("before");
        string? error = wanted.Validate();
        if (error is null)
        {
            current = AttributesChange.Apply([target], schedule, probes: 0, current, wanted);
            nextApply = [.. applyUs.Select(interval => schedule.NextApply(current, interval))];
        }

        comparison.Expect("ret", ErrorCode.Of(error));
        comparison.Expect("sample", current.SampleUs);
        comparison.Expect("aggr", current.AggregationUs);
        comparison.Expect("aggr_samples", current.AggrSamples);
        comparison.Expect("next_aggregation_sis", schedule.NextAggregation);
        comparison.Expect("next_ops_update_sis", schedule.NextOpsUpdate);
        comparison.Expect("scheme_next_apply_sis", nextApply);
        comparison.Expect("after", target.Regions);
    }

    public static void Convert(JsonElement vector, Comparison comparison) => Convert(vector, comparison, probes: 0);

    public static void ConvertWithProbes(JsonElement vector, Comparison comparison) =>
        Convert(vector, comparison, vector.Weights().Installed);

    private static void Convert(JsonElement vector, Comparison comparison, int probes)
    {
        var target = vector.Target("before");
        AttributesChange.Convert(
            [target],
            probes,
            vector.Intervals("old_sample", "old_aggr"),
            vector.Intervals("new_sample", "new_aggr"),
            vector.GetProperty("aggregating").GetBoolean());
        comparison.Expect("after", target.Regions);
    }

    private static MonitoringAttributes Attributes(JsonElement fields) => new()
    {
        SampleUs = fields.U64("sample"),
        AggregationUs = fields.U64("aggr"),
        OpsUpdateUs = fields.U64("ops_update"),
        MinNrRegions = fields.U64("min"),
        MaxNrRegions = fields.U64("max"),
        IntervalsGoal = new IntervalsGoal(
            fields.U64("access_bp"), fields.U64("aggrs"), fields.U64("min_sample_us"), fields.U64("max_sample_us")),
        AggrSamples = fields.U64("aggr_samples"),
    };
}
