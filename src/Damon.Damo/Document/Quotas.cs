using Damon.Damo.Values;

namespace Damon.Damo.Document;

/// <summary>Quotas of a scheme.</summary>
/// <param name="TimeMs">Time that applying may take per reset interval, ms; 0 is no limit.</param>
/// <param name="SizeBytes">Memory that may be tried per reset interval, bytes; 0 is no limit.</param>
/// <param name="ResetIntervalMs">Interval after which the charges start again, ms.</param>
/// <param name="FailChargeNum">Numerator of the share that failed regions are charged; 0 over 0 is off.</param>
/// <param name="FailChargeDenom">Denominator of that share.</param>
/// <param name="Goals">Goals of the quota's auto-tuning.</param>
/// <param name="GoalTuner">Name of the tuning algorithm: consist or temporal; not validated.</param>
/// <param name="EffectiveSizeBytes">The quota that the kernel reports; 0 in a description.</param>
/// <param name="Weights">Weights of the priorities under the quota.</param>
public sealed record Quotas(
    Number TimeMs,
    Number SizeBytes,
    Number ResetIntervalMs,
    Number FailChargeNum,
    Number FailChargeDenom,
    Sequence<QuotaGoal> Goals,
    string GoalTuner,
    Number EffectiveSizeBytes,
    QuotaWeights Weights)
{
    /// <summary>The tuner that is used when none is named.</summary>
    public const string DefaultTuner = "consist";

    /// <summary>No quota.</summary>
    public static Quotas None { get; } = new(0, 0, Number.Max, 0, 0, [], DefaultTuner, 0, new(0, 0, 0));
}

/// <summary>Priority weights, permil.</summary>
/// <param name="SizePermil">Weight of the region's size.</param>
/// <param name="AccessesPermil">Weight of the access rate.</param>
/// <param name="AgePermil">Weight of the age.</param>
public sealed record QuotaWeights(Number SizePermil, Number AccessesPermil, Number AgePermil);

/// <summary>A goal of a quota.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="TargetValue">Wanted value: basis points, us for PSI, free for user_input.</param>
/// <param name="CurrentValue">Given value of user_input; 0 otherwise.</param>
/// <param name="Nid">Node id; null when the metric has none or damo lost it.</param>
/// <param name="MemcgPath">Control group path of the memcg metrics; null otherwise.</param>
public sealed record QuotaGoal(QuotaGoalMetric Metric, Number TargetValue, Number CurrentValue, Number? Nid, string? MemcgPath);
