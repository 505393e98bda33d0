using System.Collections.Immutable;
using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining;

/// <summary>What is lost of a configuration on the way to the kernel, and what the kernel ignores of it.</summary>
internal static class Losses
{
    /// <summary>One sentence for each.</summary>
    public static ImmutableArray<string> Of(Configuration configuration) =>
    [
        .. configuration.Notices,
        .. configuration.Kdamonds.SelectMany(Of),
        .. configuration.Schemes.SelectMany(Of),
    ];

    private static IEnumerable<string> Of(StagedKdamond kdamond, int index)
    {
        if (kdamond.Contexts.Count != 1)
            yield return $"kdamond {index}: has {kdamond.Contexts.Count} contexts, of which the kernel takes exactly 1; give "
                + "--nr_ctxs 1 for each";
    }

    private static IEnumerable<string> Of(ConfiguredScheme scheme)
    {
        StagedScheme staged = scheme.Staged;
        bool isPhysical = scheme.Context.IsPhysical;
        string action = Keywords.Actions.Word(staged.Action);
        if (isPhysical && staged.Destinations.Count > 0)
            yield return $"{scheme.Place}: weighted destinations are ignored with physical addresses; give one node";
        if (isPhysical && IsVirtualOnly(staged.Action))
            yield return $"{scheme.Place}: {action} does nothing with physical addresses";
        if (!isPhysical && !scheme.IsMigration && staged.Action != SchemeAction.Stat && staged.OpsFilters.Count > 0)
            yield return $"{scheme.Place}: page filters are ignored for {action} with virtual addresses";
        if (staged.Watermarks is { Metric: WatermarkMetric.None } marks && marks.High + marks.Mid + marks.Low > 0)
            yield return $"{scheme.Place}: the watermarks are ignored, as their metric is none";
        if (staged.Quotas.FailChargeDenom > 0 && !scheme.HasQuota)
            yield return $"{scheme.Place}: the charge ratio for failed regions is ignored, as nothing is charged without a quota";
        if (staged.Quotas.FailChargeDenom == 0 && staged.Quotas.FailChargeNum > 0)
            yield return $"{scheme.Place}: the charge ratio for failed regions is ignored, as its denominator is 0";
        foreach (StagedGoal goal in staged.Quotas.Goals)
        {
            if (GoalValue.IsEligibility(goal.Metric) && goal.Nid is null)
                yield return $"{scheme.Place}: {Keywords.GoalMetrics.Word(goal.Metric)} is measured on node 0, as no node reaches the "
                    + "kernel";
        }
    }

    private static bool IsVirtualOnly(SchemeAction action) => action is SchemeAction.Willneed or SchemeAction.Cold
        or SchemeAction.Hugepage or SchemeAction.Nohugepage or SchemeAction.Collapse;
}
