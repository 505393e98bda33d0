using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

public sealed class AttributesTests
{
    private static readonly MonitoringAttributes Default = new();

    public static TheoryData<MonitoringAttributes, string?> Choices() => new()
    {
        { Default, null },
        { Default with { MinNrRegions = 3, MaxNrRegions = 3 }, null },
        { Default with { MinNrRegions = 2 }, "at least 3" },
        { Default with { MinNrRegions = 1001 }, "above the maximum" },
        { Default with { SampleUs = 100_000 }, null },
        { Default with { SampleUs = 100_001 }, "longer than" },
        { Default with { IntervalsGoal = new(400, 3, 5_000, 5_000) }, null },
        { Default with { IntervalsGoal = new(400, 3, 6_000, 10_000) }, "outside" },
        { Default with { IntervalsGoal = new(400, 3, 1_000, 4_000) }, "outside" },
        { Default with { IntervalsGoal = new(400, 3, 6_000, 4_000) }, "above its maximum" },
        { Default with { IntervalsGoal = new(400, 0, 6_000, 4_000) }, null },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void What_the_kernel_refuses_is_explained(MonitoringAttributes attributes, string? reason)
    {
        if (reason is null)
            Assert.Null(attributes.Validate());
        else
            Assert.Contains(reason, attributes.Validate(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000, 100_000, 20)]
    [InlineData(7_000, 100_000, 14)]
    [InlineData(0, 100, 100)]
    [InlineData(100, 99, 1)]
    [InlineData(0, 0, 1)]
    public void An_aggregation_has_at_least_one_sample(ulong sample, ulong aggregation, uint samples) =>
        Assert.Equal(samples, (Default with { SampleUs = sample, AggregationUs = aggregation }).MaxSamples);

    [Fact]
    public void The_users_ratio_of_intervals_stays()
    {
        var first = Default.WithAggrSamples();
        Assert.Equal(20UL, first.AggrSamples);
        Assert.Equal(20UL, (first with { SampleUs = 9_999 }).WithAggrSamples().AggrSamples);
    }

    [Fact]
    public void A_change_in_the_middle_of_an_aggregation_begins_it_anew()
    {
        var target = Layout.TargetOf(new Region(0, 1)
        {
            NrAccesses = 4,
            LastNrAccesses = 10,
            Age = 30,
            ProbeHits = ProbeHits.Of(1, 2, 3, 4),
            LastProbeHits = ProbeHits.Of(8, 8, 8, 8),
        });
        var schedule = new MonitoringSchedule { Sis = 50, NextAggregation = 60 };
        var wanted = Default with { SampleUs = 10_000, AggregationUs = 400_000 };

        var now = AttributesChange.Apply([target], schedule, probes: 2, Default, wanted);

        Assert.Equal(wanted with { AggrSamples = 40 }, now);
        Assert.Equal((90UL, 6050UL), (schedule.NextAggregation, schedule.NextOpsUpdate));
        Assert.Equal(
            new Region(0, 1)
            {
                LastNrAccesses = 20,
                Age = 7,
                ProbeHits = ProbeHits.Of(0, 0, 3, 4),
                LastProbeHits = ProbeHits.Of(16, 16, 8, 8),
            },
            target.Regions[0]);
        Assert.Equal(90UL, schedule.NextApply(now, 0));
        Assert.Equal(60UL, schedule.NextApply(now, 109_999));
    }

    [Fact]
    public void A_kdamond_that_starts_has_everything_ahead()
    {
        var schedule = new MonitoringSchedule { Sis = 99 };
        schedule.Start(Default with { IntervalsGoal = new(400, 3, 5_000, 10_000) });

        Assert.Equal((0UL, 20UL), (schedule.Sis, schedule.NextAggregation));
        Assert.Equal((12_000UL, 60UL), (schedule.NextOpsUpdate, schedule.NextIntervalsTune));
        Assert.True(schedule.Aggregating);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(10, 10)]
    [InlineData(20, 6)]
    [InlineData(25, 6)]
    public void The_moving_sum_goes_from_the_last_aggregation_to_this_one(ulong sis, uint expected)
    {
        var window = new AggregationWindow(20, sis, 20);
        Assert.Equal(expected, window.NrAccesses(new Region(0, 1) { NrAccesses = 6, LastNrAccesses = sis == 0 ? 7u : 8u }));
    }

    [Fact]
    public void Tuning_stays_within_the_goal_and_keeps_the_ratio() => Check.QuickThrowOnFailure(Prop.ForAll(Layout.Any, layout =>
    {
        var attributes = (Default with { IntervalsGoal = new(400, 3, 4_000, 8_000) }).WithAggrSamples();
        if (IntervalsTuning.Tune(layout.Targets(), attributes) is not { } tuned) return;

        Assert.InRange(tuned.SampleUs, 4_000UL, 8_000UL);
        Assert.Equal(20 * tuned.SampleUs, tuned.AggregationUs);
        Assert.Null(tuned.Validate());
    }));

    [Fact]
    public void Nothing_accessed_makes_samples_rarer_and_everything_accessed_more_frequent()
    {
        var attributes = (Default with { IntervalsGoal = new(400, 3, 1, 1_000_000) }).WithAggrSamples();
        var target = Layout.TargetOf(new Region(0, 1 << 20));

        Assert.Equal(10_000UL, IntervalsTuning.Tune([target], attributes)?.SampleUs);
        target.Regions[0].NrAccesses = 20;
        Assert.Equal(2_500UL, IntervalsTuning.Tune([target], attributes)?.SampleUs);
    }

    [Fact]
    public void The_feedback_at_most_doubles_and_follows_the_score() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(10_001, int.MaxValue).ToArbitrary(), Gen.Choose(0, 30_000).ToArbitrary(), (last, score) =>
        {
            ulong next = FeedbackLoop.Next((ulong)last, (ulong)score);
            Assert.InRange(next, 10_000UL, 2UL * (ulong)last);
            Assert.Equal(Math.Sign(10_000 - score), Math.Sign((long)next - last));
        }));
}
