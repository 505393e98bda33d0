using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>Writes goals as options of a damo command; shares in basis points, which need no rounding.</summary>
internal static class GoalWords
{
    /// <summary>"--damos_quota_goal node_memcg_free_bp 9050 0 /a".</summary>
    public static string Option(StagedGoal goal)
    {
        string target = goal.TargetValue.ToString(CultureInfo.InvariantCulture);
        List<string> words = ["--damos_quota_goal", Keywords.GoalMetrics.Word(goal.Metric), target];
        if (goal.Metric == QuotaGoalMetric.UserInput) words.Add(goal.CurrentValue.ToString(CultureInfo.InvariantCulture));
        if (goal.Nid is { } node) words.Add(node.ToString(CultureInfo.InvariantCulture));
        if (goal.MemcgPath is { } path) words.Add(path);
        return string.Join(' ', words);
    }
}
