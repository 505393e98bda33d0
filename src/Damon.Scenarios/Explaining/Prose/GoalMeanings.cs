using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Prose;

/// <summary>Says what a goal amounts to.</summary>
internal static class GoalMeanings
{
    /// <summary>"until ...": when the goal is met.</summary>
    public static string Until(ConfiguredScheme scheme, StagedGoal goal)
    {
        string share = Amounts.BasisPoints(goal.TargetValue);
        int node = goal.Nid ?? 0;
        return goal.Metric switch
        {
            QuotaGoalMetric.UserInput => $"the fed value is {goal.TargetValue} (it begins with {goal.CurrentValue})",
            QuotaGoalMetric.SomeMemPsiUs => $"tasks stall {Amounts.Microseconds(goal.TargetValue)} on memory each "
                + $"{Amounts.Milliseconds(scheme.Staged.Quotas.ResetIntervalMs)}",
            QuotaGoalMetric.NodeMemUsedBp => $"{share} of node {node} is used ({Share(scheme, goal)})",
            QuotaGoalMetric.NodeMemFreeBp => $"{share} of node {node} is free ({Share(scheme, goal)})",
            QuotaGoalMetric.NodeMemcgUsedBp => $"{goal.MemcgPath} uses {share} of node {node} ({Share(scheme, goal)})",
            QuotaGoalMetric.NodeMemcgFreeBp => $"{share} of node {node} is free of {goal.MemcgPath} "
                + $"({Share(scheme, goal)}{Rest(scheme, goal)})",
            QuotaGoalMetric.ActiveMemBp => $"{share} of the LRU memory is active",
            QuotaGoalMetric.InactiveMemBp => $"{share} of the LRU memory is inactive",
            QuotaGoalMetric.NodeEligibleMemBp => $"{share} of the memory that fits the scheme's pattern is on node {node}",
            QuotaGoalMetric.NodeIneligibleMemBp => $"{share} of the memory that fits the scheme's pattern is not on node {node}",
            _ => throw new ArgumentOutOfRangeException(nameof(goal), goal.Metric, "not a goal metric"),
        };
    }

    private static string Share(ConfiguredScheme scheme, StagedGoal goal)
    {
        ulong bytes = scheme.Machine.NodeBytes(goal.Nid ?? 0);
        return $"{goal.TargetValue} bp of {Amounts.Bytes(bytes)} = {Amounts.Bytes(Amounts.Share(goal.TargetValue, bytes))}";
    }

    private static string Rest(ConfiguredScheme scheme, StagedGoal goal)
    {
        if (goal.TargetValue > 10_000) return "";
        ulong bytes = scheme.Machine.NodeBytes(goal.Nid ?? 0);
        return $", so it uses {Amounts.Bytes(bytes - Amounts.Share(goal.TargetValue, bytes))}";
    }
}
