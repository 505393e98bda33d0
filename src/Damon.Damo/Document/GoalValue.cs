using Damon.Damo.Values;

namespace Damon.Damo.Document;

/// <summary>How the values of quota goals are read, by metric (spec section 6).</summary>
public static class GoalValue
{
    /// <summary>The reader of a metric's target value.</summary>
    /// <param name="metric">The metric.</param>
    public static ReadValue Reader(QuotaGoalMetric metric) => metric switch
    {
        QuotaGoalMetric.UserInput or QuotaGoalMetric.NodeEligibleMemBp or QuotaGoalMetric.NodeIneligibleMemBp => ValueReader.Nr,
        QuotaGoalMetric.SomeMemPsiUs => ValueReader.Microseconds,
        _ => ValueReader.BasisPoints,
    };

    /// <summary>True when the metric measures one node's memory.</summary>
    /// <param name="metric">The metric.</param>
    public static bool HasNode(QuotaGoalMetric metric) => metric is QuotaGoalMetric.NodeMemUsedBp or QuotaGoalMetric.NodeMemFreeBp
        or QuotaGoalMetric.NodeMemcgUsedBp or QuotaGoalMetric.NodeMemcgFreeBp;

    /// <summary>True when the metric measures one control group's memory.</summary>
    /// <param name="metric">The metric.</param>
    public static bool HasMemcg(QuotaGoalMetric metric) => metric is QuotaGoalMetric.NodeMemcgUsedBp or QuotaGoalMetric.NodeMemcgFreeBp;

    /// <summary>True when the metric measures memory that the scheme may act on; damo 3.3.0 loses the node id of these.</summary>
    /// <param name="metric">The metric.</param>
    public static bool IsEligibility(QuotaGoalMetric metric) =>
        metric is QuotaGoalMetric.NodeEligibleMemBp or QuotaGoalMetric.NodeIneligibleMemBp;
}
