using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>The intervals' auto-tuning and the feedback loop under it (section 6).</summary>
internal static class TuningVectors
{
    /// <summary>The sampling intervals passed when the recordings tune, just at the end of an aggregation.</summary>
    private const ulong Sis = 1000;

    public static void FeedbackLoop(JsonElement vector, Comparison comparison) =>
        comparison.Expect("next", Model.Monitoring.FeedbackLoop.Next(vector.U64("last_input"), vector.U64("score")));

    public static void Intervals(JsonElement vector, Comparison comparison)
    {
        Target[] targets = [vector.Target("regions")];
        var attributes = vector.Intervals() with
        {
            AggrSamples = vector.U64("aggr_samples"),
            IntervalsGoal = new IntervalsGoal(
                vector.U64("access_bp"), 1, vector.U64("min_sample_us"), vector.U64("max_sample_us")),
        };
        ulong score = IntervalsTuning.Score(targets, attributes);
        comparison.Expect("score", score);
        comparison.Expect("adaptation_bp", IntervalsTuning.Adaptation(score));

        var schedule = new MonitoringSchedule { Sis = Sis, NextAggregation = Sis };
        if (IntervalsTuning.Tune(targets, attributes) is { } tuned && tuned.Validate() is null)
            attributes = AttributesChange.Apply(targets, schedule, probes: 0, attributes, tuned);

        comparison.Expect("new_sample", attributes.SampleUs);
        comparison.Expect("new_aggr", attributes.AggregationUs);
        comparison.Expect("new_next_aggregation_sis_minus_passed", schedule.NextAggregation - Sis);
        comparison.Expect("regions_after", targets[0].Regions);
    }
}
