using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>How goals steer a quota (section 9).</summary>
public sealed class GoalTunerTests
{
    private const ulong Target = 1_000;

    private static Arbitrary<ulong[]> Histories { get; } =
        Gen.Frequency((4, Gen.Choose(0, 3_000)), (1, Gen.Constant(1_000))).Select(value => (ulong)value).ArrayOf().ToArbitrary();

    [Fact]
    public void Consist_at_most_doubles_and_never_goes_below_a_byte() => Check.QuickThrowOnFailure(Prop.ForAll(Histories, history =>
    {
        GoalTuner tuner = new([UserInput()]);
        foreach (ulong value in history)
        {
            ulong before = Math.Max(tuner.EffectiveSizeBp, 10_000);
            Tune(tuner, GoalTunerKind.Consist, value);
            Assert.InRange(tuner.EffectiveSizeBp, 10_000UL, 2 * before);
            if (value == Target) Assert.Equal(before, tuner.EffectiveSizeBp);
            if (value >= 2 * Target) Assert.Equal(10_000UL, tuner.EffectiveSizeBp);
        }
    }));

    [Fact]
    public void Consist_starts_at_a_byte_and_grows_while_the_goal_is_far()
    {
        GoalTuner tuner = new([UserInput()]);
        var sizes = Enumerable.Range(0, 10).Select(_ => Tune(tuner, GoalTunerKind.Consist, 0) / 10_000);

        Assert.Equal([2UL, 4, 8, 16, 32, 64, 128, 256, 512, 1024], sizes);
    }

    [Theory]
    [InlineData(0, 0UL, ulong.MaxValue)]
    [InlineData(999, 5UL, 50_000UL)]
    [InlineData(1_000, 5UL, 0UL)]
    [InlineData(5_000, 0UL, 0UL)]
    [InlineData(0, ulong.MaxValue / 10_000, (ulong.MaxValue / 10_000) * 10_000)]
    [InlineData(0, (ulong.MaxValue / 10_000) + 1, ulong.MaxValue)]
    public void Temporal_is_all_or_nothing(ulong value, ulong sizeQuota, ulong expected) =>
        Assert.Equal(expected, Tune(new GoalTuner([UserInput()]), GoalTunerKind.Temporal, value, sizeQuota));

    [Fact]
    public void The_highest_score_steers()
    {
        GoalTuner tuner = new([UserInput(500), UserInput(900), UserInput(100)]);
        tuner.Tune(GoalTunerKind.Consist, sizeQuota: 0);

        Assert.Equal(9_000UL, tuner.Score);
    }

    [Theory]
    [InlineData(GoalTunerKind.Consist, 5UL, Target)]
    [InlineData(GoalTunerKind.Consist, 0UL, Target)]
    [InlineData(GoalTunerKind.Temporal, 0UL, Target)]
    [InlineData(GoalTunerKind.Temporal, 5UL, 0UL)]
    public void The_first_look_at_pressure_is_neutral_and_later_ones_see_what_came_since(
        GoalTunerKind kind, ulong effectiveSize, ulong first)
    {
        GoalTuner tuner = new([new QuotaGoal(GoalMetric.SomeMemPsiUs, Target)]);
        Metrics metrics = new() { SomeMemPsiTotalUs = 70 };
        tuner.Tune(kind, 0, effectiveSize, metrics);
        Assert.Equal(first, tuner.CurrentValues[0]);

        metrics.SomeMemPsiTotalUs = 100;
        tuner.Tune(kind, 0, effectiveSize, metrics);
        Assert.Equal(30UL, tuner.CurrentValues[0]);
    }

    [Fact]
    public void Metrics_are_read_and_fed_values_are_not()
    {
        GoalTuner tuner = new([new QuotaGoal(GoalMetric.NodeMemUsedBp, Target), UserInput(5)]);
        tuner.Tune(GoalTunerKind.Consist, 0, 0, new Metrics { Value = 77 });
        Assert.Equal([77UL, 5UL], tuner.CurrentValues.ToArray());

        tuner.Feed(1, 6);
        tuner.Tune(GoalTunerKind.Consist, 0, 0, new Metrics { Value = 78 });
        Assert.Equal([78UL, 6UL], tuner.CurrentValues.ToArray());
    }

    [Fact]
    public void A_commit_brings_the_fed_value_again_and_keeps_what_was_measured_and_reached()
    {
        GoalTuner tuner = new([UserInput(5), new QuotaGoal(GoalMetric.SomeMemPsiUs, Target)]);
        tuner.Tune(GoalTunerKind.Consist, 0, 0, new Metrics { SomeMemPsiTotalUs = 70 });
        tuner.Feed(0, 99);
        ulong size = tuner.EffectiveSizeBp;
        tuner.Commit([UserInput(5), new QuotaGoal(GoalMetric.SomeMemPsiUs, Target), UserInput(3)]);

        Assert.Equal([5UL, Target, 3UL], tuner.CurrentValues.ToArray());
        Assert.Equal(size, tuner.EffectiveSizeBp);
        tuner.Tune(GoalTunerKind.Consist, 0, 0, new Metrics { SomeMemPsiTotalUs = 75 });
        Assert.Equal(5UL, tuner.CurrentValues[1]);
    }

    private static QuotaGoal UserInput(ulong current = 0) => new(GoalMetric.UserInput, Target, CurrentValue: current);

    private static ulong Tune(GoalTuner tuner, GoalTunerKind kind, ulong value, ulong sizeQuota = 0)
    {
        tuner.Feed(0, value);
        tuner.Tune(kind, sizeQuota);
        return tuner.EffectiveSizeBp;
    }

    private sealed class Metrics : IGoalMetrics
    {
        public ulong Value { get; init; }

        public ulong SomeMemPsiTotalUs { get; set; }

        public ulong Read(QuotaGoal goal) => Value;
    }
}
