using System.Collections.Immutable;
using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>Where a goal's tuner reads its metrics.</summary>
public interface IGoalMetrics
{
    /// <summary>The metric's present value, in its own unit, for all but user_input and some_mem_psi_us.</summary>
    ulong Read(QuotaGoal goal);

    /// <summary>Time that some task has stalled on memory since the host's start, us.</summary>
    ulong SomeMemPsiTotalUs { get; }
}

/// <summary>Steers a scheme's quota to its goals (spec 9).</summary>
public sealed class GoalTuner
{
    private ImmutableArray<QuotaGoal> _goals;
    private ulong[] _current;
    private ulong?[] _lastPsiTotalUs;

    /// <summary>A tuner that has not looked at its goals yet.</summary>
    public GoalTuner(ImmutableArray<QuotaGoal> goals)
    {
        _goals = goals;
        _current = [.. goals.Select(goal => goal.CurrentValue)];
        _lastPsiTotalUs = new ulong?[goals.Length];
    }

    /// <summary>The goals.</summary>
    public ImmutableArray<QuotaGoal> Goals => _goals;

    /// <summary>The values that the goals' metrics had at the last evaluation, or were fed.</summary>
    public ReadOnlySpan<ulong> CurrentValues => _current;

    /// <summary>What the goals allow in a window, 1/10,000 byte.</summary>
    public ulong EffectiveSizeBp { get; private set; }

    /// <summary>The highest score at the last evaluation; 10,000: met.</summary>
    public ulong Score { get; private set; }

    /// <summary>The user's value for a user_input goal.</summary>
    public void Feed(int goal, ulong value) => _current[goal] = value;

    /// <summary>
    /// Takes new goals by position: those that stay keep what they have measured; only user_input's value is
    /// taken over (spec 12).
    /// </summary>
    public void Commit(ImmutableArray<QuotaGoal> goals)
    {
        ulong[] current = new ulong[goals.Length];
        ulong?[] lastPsiTotalUs = new ulong?[goals.Length];
        for (int i = 0; i < goals.Length; i++)
        {
            bool stays = i < _goals.Length;
            bool isFed = goals[i].Metric == GoalMetric.UserInput;
            current[i] = stays && !isFed ? _current[i] : goals[i].CurrentValue;
            lastPsiTotalUs[i] = stays && _goals[i].Metric == goals[i].Metric ? _lastPsiTotalUs[i] : null;
        }

        (_goals, _current, _lastPsiTotalUs) = (goals, current, lastPsiTotalUs);
    }

    /// <summary>Looks at all metrics and sets <see cref="EffectiveSizeBp"/> anew.</summary>
    /// <param name="tuner">How to steer.</param>
    /// <param name="sizeQuota">The quota's own size limit, bytes; 0: none.</param>
    /// <param name="effectiveSize">The effective size so far, bytes.</param>
    /// <param name="metrics">The metrics.</param>
    public void Tune(GoalTunerKind tuner, ulong sizeQuota, ulong effectiveSize, IGoalMetrics metrics)
    {
        for (int i = 0; i < _goals.Length; i++) Measure(i, tuner, effectiveSize, metrics);
        Tune(tuner, sizeQuota);
    }

    /// <summary>Sets <see cref="EffectiveSizeBp"/> from the values measured last.</summary>
    public void Tune(GoalTunerKind tuner, ulong sizeQuota)
    {
        Score = HighestScore(_goals.AsSpan(), _current);
        EffectiveSizeBp = tuner == GoalTunerKind.Consist
            ? FeedbackLoop.Next(Math.Max(EffectiveSizeBp, KernelArithmetic.WholeBp), Score)
            : TemporalSizeBp(sizeQuota);
    }

    /// <summary>The highest of the goals' scores: current over target, 10,000 is met.</summary>
    public static ulong HighestScore(ReadOnlySpan<QuotaGoal> goals, ReadOnlySpan<ulong> current)
    {
        ulong highest = 0;
        for (int i = 0; i < goals.Length; i++)
            highest = Math.Max(highest, KernelArithmetic.MultFrac(current[i], KernelArithmetic.WholeBp, goals[i].TargetValue));
        return highest;
    }

    private ulong TemporalSizeBp(ulong sizeQuota)
    {
        if (Score >= KernelArithmetic.WholeBp) return 0;
        bool fits = sizeQuota != 0 && sizeQuota <= ulong.MaxValue / KernelArithmetic.WholeBp;
        return fits ? sizeQuota * KernelArithmetic.WholeBp : ulong.MaxValue;
    }

    private void Measure(int goal, GoalTunerKind tuner, ulong effectiveSize, IGoalMetrics metrics)
    {
        QuotaGoal asked = _goals[goal];
        if (asked.Metric == GoalMetric.UserInput) return;
        if (asked.Metric != GoalMetric.SomeMemPsiUs)
        {
            _current[goal] = metrics.Read(asked);
            return;
        }

        // The first look has nothing to compare with, so it is made to change nothing.
        ulong total = metrics.SomeMemPsiTotalUs;
        ulong neutral = tuner == GoalTunerKind.Consist || effectiveSize == 0 ? asked.TargetValue : 0;
        _current[goal] = _lastPsiTotalUs[goal] is { } last ? total - last : neutral;
        _lastPsiTotalUs[goal] = total;
    }
}
