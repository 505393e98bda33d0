namespace Damon.Model.Schemes;

/// <summary>One aim of a scheme's quota (spec 9).</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="TargetValue">The value aimed at, in the metric's unit (bp, us or the user's own); above 0.</param>
/// <param name="Node">The node of a node metric.</param>
/// <param name="Memcg">The cgroup of a memcg metric.</param>
/// <param name="CurrentValue">The first value of <see cref="GoalMetric.UserInput"/>.</param>
public sealed record QuotaGoal(
    GoalMetric Metric, ulong TargetValue, NodeId Node = default, MemcgId Memcg = default, ulong CurrentValue = 0)
{
    /// <summary>Whether the metric looks at the regions of the physical address space, which only paddr has.</summary>
    public bool NeedsPhysicalRegions => Metric is GoalMetric.NodeEligibleMemBp or GoalMetric.NodeIneligibleMemBp;
}
