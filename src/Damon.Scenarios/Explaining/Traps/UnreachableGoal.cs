using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Prose;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A goal that no quota can reach, or not in reasonable time.</summary>
internal sealed class UnreachableGoal : ITrap
{
    private const ulong PatienceSeconds = 3600;

    public string Name => "unreachable goal";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        from scheme in configuration.Schemes
        from goal in scheme.Staged.Quotas.Goals
        let finding = Target(scheme, goal) ?? Node(scheme, goal) ?? Tenant(scheme, goal) ?? Quota(scheme, goal)
        where finding is not null
        select finding;

    private Finding? Target(ConfiguredScheme scheme, StagedGoal goal)
    {
        if (goal.TargetValue == 0)
        {
            return Finding(
                scheme,
                goal,
                "the goal aims at 0, which the kernel refuses",
                "the score is the value's share of the target",
                goal with { TargetValue = 1 });
        }

        if (goal.TargetValue <= 10_000 || goal.Metric is QuotaGoalMetric.UserInput or QuotaGoalMetric.SomeMemPsiUs) return null;
        return Finding(
            scheme,
            goal,
            $"the goal aims at {Amounts.BasisPoints(goal.TargetValue)}, more than the whole",
            "the value is a share, so it never gets above 100%, and the quota grows without end",
            goal with { TargetValue = 10_000 });
    }

    private Finding? Node(ConfiguredScheme scheme, StagedGoal goal)
    {
        if (goal.Nid is not { } node || scheme.Machine.NodeBytes(node) > 0) return null;
        return Finding(
            scheme,
            goal,
            $"the goal is for node {node}, which the machine does not have",
            "a node that is not there reads 0% used and 100% free for ever",
            goal with { Nid = scheme.Machine.Ram.Ranges[0].Node });
    }

    /// <summary>More of the node than the tenant has memory.</summary>
    private Finding? Tenant(ConfiguredScheme scheme, StagedGoal goal)
    {
        if (goal is not { Metric: QuotaGoalMetric.NodeMemcgUsedBp, MemcgPath: { } path, Nid: { } node }) return null;
        KnownCgroup? cgroup = scheme.Machine.Cgroups.FirstOrDefault(known => known.Path == CgroupPaths.Rooted(path));
        ulong nodeBytes = scheme.Machine.NodeBytes(node);
        ulong wanted = Amounts.Share(goal.TargetValue, nodeBytes);
        if (cgroup?.Bytes is not { } has || wanted <= has) return null;
        return Finding(
            scheme,
            goal,
            $"the goal wants {Amounts.Bytes(wanted)} of {cgroup.Path} on node {node}, but it has {Amounts.Bytes(has)} in all",
            "the goal stays unmet with all of the tenant's memory there, so the quota grows without end",
            goal with { TargetValue = Math.Max(1, (ulong)((UInt128)has * 10_000 / nodeBytes)) });
    }

    /// <summary>A hard size quota that needs very long for the goal's bytes.</summary>
    private Finding? Quota(ConfiguredScheme scheme, StagedGoal goal)
    {
        StagedQuotas quotas = scheme.Staged.Quotas;
        bool isShareOfNode = GoalValue.HasNode(goal.Metric) && goal.Metric is not QuotaGoalMetric.NodeMemcgFreeBp;
        if (!isShareOfNode || goal.Nid is not { } node || quotas.Bytes == 0 || quotas.ResetIntervalMs == 0) return null;
        ulong wanted = Amounts.Share(goal.TargetValue, scheme.Machine.NodeBytes(node));
        UInt128 seconds = (UInt128)(wanted / quotas.Bytes) * quotas.ResetIntervalMs / 1000;
        if (seconds <= PatienceSeconds) return null;
        ulong enough = (ulong)((UInt128)wanted * quotas.ResetIntervalMs / 1000 / PatienceSeconds) + 1;
        ulong us = (ulong)UInt128.Min(seconds * 1_000_000, ulong.MaxValue - 1);
        return new Finding(
            Name,
            scheme.Place,
            $"the goal means up to {Amounts.Bytes(wanted)}, which takes {Amounts.Microseconds(us)} at {Amounts.Bytes(quotas.Bytes)} "
                + $"each {Amounts.Milliseconds(quotas.ResetIntervalMs)}",
            "goals only lower the quota below the size that is given, they never raise it above",
            $"--damos_quota_space {quotas.Bytes}",
            $"--damos_quota_space {enough}");
    }

    private Finding Finding(ConfiguredScheme scheme, StagedGoal goal, string problem, string why, StagedGoal corrected) =>
        new(Name, scheme.Place, problem, why, GoalWords.Option(goal), GoalWords.Option(corrected));
}
