using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A goal that the action moves away from: the quota grows, and the goal gets further off.</summary>
internal sealed class WrongWayGoal : ITrap
{
    private const string Why =
        "a goal that is not met makes the quota larger; when the action itself moves the measured value away, nothing stops it any more";

    public string Name => "goal of the wrong way";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        from scheme in configuration.Schemes
        from goal in scheme.Staged.Quotas.Goals
        where Moves(scheme, goal) < 0
        select new Finding(
            Name,
            scheme.Place,
            $"{Keywords.Actions.Word(scheme.Staged.Action)} makes {Keywords.GoalMetrics.Word(goal.Metric)} smaller, so the goal is "
                + "never met and the quota only grows",
            Why,
            GoalWords.Option(goal),
            Corrected(scheme, goal));

    /// <summary>Whether the action makes the measured value larger (1) or smaller (-1), or neither for certain (0).</summary>
    private static int Moves(ConfiguredScheme scheme, StagedGoal goal)
    {
        int onNode = Fills(scheme, goal.Nid ?? 0);
        return goal.Metric switch
        {
            QuotaGoalMetric.NodeMemUsedBp or QuotaGoalMetric.NodeMemcgUsedBp => onNode,
            QuotaGoalMetric.NodeMemFreeBp or QuotaGoalMetric.NodeMemcgFreeBp => -onNode,
            QuotaGoalMetric.NodeEligibleMemBp when scheme.IsMigration => onNode,
            QuotaGoalMetric.NodeIneligibleMemBp when scheme.IsMigration => -onNode,
            QuotaGoalMetric.ActiveMemBp => Activates(scheme.Staged.Action),
            QuotaGoalMetric.InactiveMemBp => -Activates(scheme.Staged.Action),
            _ => 0,
        };
    }

    private static int Fills(ConfiguredScheme scheme, int node)
    {
        if (scheme.Staged.Action == SchemeAction.Pageout) return -1;
        return scheme.TargetNode is { } target ? (target == node ? 1 : -1) : 0;
    }

    private static int Activates(SchemeAction action) => action switch
    {
        SchemeAction.LruPrio => 1,
        SchemeAction.LruDeprio => -1,
        _ => 0,
    };

    private static string Corrected(ConfiguredScheme scheme, StagedGoal goal)
    {
        ulong rest = goal.TargetValue < 10_000 ? 10_000 - goal.TargetValue : 1;
        return GoalWords.Option(goal.Metric switch
        {
            QuotaGoalMetric.NodeMemUsedBp => goal with { Metric = QuotaGoalMetric.NodeMemFreeBp, TargetValue = rest },
            QuotaGoalMetric.NodeMemFreeBp => goal with { Metric = QuotaGoalMetric.NodeMemUsedBp, TargetValue = rest },
            QuotaGoalMetric.NodeMemcgUsedBp => goal with { Metric = QuotaGoalMetric.NodeMemcgFreeBp, TargetValue = rest },
            QuotaGoalMetric.NodeMemcgFreeBp => goal with { Metric = QuotaGoalMetric.NodeMemcgUsedBp, TargetValue = rest },
            QuotaGoalMetric.ActiveMemBp => goal with { Metric = QuotaGoalMetric.InactiveMemBp, TargetValue = rest },
            QuotaGoalMetric.InactiveMemBp => goal with { Metric = QuotaGoalMetric.ActiveMemBp, TargetValue = rest },
            _ => goal with { Nid = scheme.TargetNode },
        });
    }
}
