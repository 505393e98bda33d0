using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>
/// Finds what a report follows: the shares that <c>targets</c> names, and for all else what the goals of the schemes aim
/// at. A goal of used memory says the target itself; only when there is none, a goal of free memory says it from above.
/// </summary>
internal static class AimsReader
{
    public static ImmutableArray<Aim> Read(
        LayeredSection section, EachSections each, Machine machine, ImmutableArray<Cgroup> cgroups, ImmutableArray<KdamondSettings> kdamonds)
    {
        List<Aim> aims = [];
        foreach ((string path, LayeredSection target) in section.Entries("targets", each, "target"))
        {
            int memcg = IndexOf(cgroups, path);
            int node = target.Node("node", machine.Nodes.Length);
            ulong share = target.BasisPoints("share", 0, 10_000);
            bool ofTenant = target.Choice("of", "node", "tenant") == "tenant";
            if (memcg < 0) target.Refuse("share", $"targets of the cgroups {string.Join(", ", cgroups.Select(cgroup => cgroup.Path))}");
            else aims.Add(new Aim(path, memcg, node, share, ofTenant));
        }

        ImmutableArray<QuotaGoal> goals = [.. kdamonds.SelectMany(kdamond => kdamond.Schemes).SelectMany(scheme => scheme.Quota.Goals)];
        for (int memcg = 0; memcg < cgroups.Length; memcg++)
        {
            if (aims.Any(aim => aim.Memcg == memcg)) continue;
            int before = aims.Count;
            AddGoals(aims, cgroups[memcg].Path, memcg, goals.Where(goal => IsOf(goal, memcg)), GoalMetric.NodeMemcgUsedBp);
            if (aims.Count == before) aims.Add(new Aim(cgroups[memcg].Path, memcg, 0, null));
        }

        for (int node = 0; node < machine.Nodes.Length; node++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"node {node}");
            AddGoals(aims, name, null, goals.Where(goal => IsOfNode(goal, node)), GoalMetric.NodeMemUsedBp);
        }

        return [.. aims];
    }

    private static void AddGoals(List<Aim> aims, string name, int? memcg, IEnumerable<QuotaGoal> goals, GoalMetric used)
    {
        foreach (IGrouping<int, QuotaGoal> ofNode in goals.GroupBy(goal => goal.Node.Value).OrderBy(group => group.Key))
        {
            QuotaGoal goal = ofNode.FirstOrDefault(one => one.Metric == used) ?? ofNode.First();
            ulong target = goal.Metric == used ? goal.TargetValue : 10_000 - Math.Min(goal.TargetValue, 10_000);
            aims.Add(new Aim(name, memcg, ofNode.Key, target));
        }
    }

    private static bool IsOf(QuotaGoal goal, int memcg) =>
        goal.Metric is GoalMetric.NodeMemcgUsedBp or GoalMetric.NodeMemcgFreeBp && goal.Memcg == HostNames.IdOf(memcg);

    private static bool IsOfNode(QuotaGoal goal, int node) =>
        goal.Metric is GoalMetric.NodeMemUsedBp or GoalMetric.NodeMemFreeBp && goal.Node.Value == node;

    private static int IndexOf(ImmutableArray<Cgroup> cgroups, string path)
    {
        for (int i = 0; i < cgroups.Length; i++)
        {
            if (cgroups[i].Path == path) return i;
        }

        return -1;
    }
}
