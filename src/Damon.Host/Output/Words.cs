using System.Globalization;
using Damon.Model;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Scenarios;
using Damon.Store.Runs;

namespace Damon.Host.Output;

/// <summary>The kernel's words for what the model has names for.</summary>
internal static class Words
{
    /// <summary>The action of a scheme with its destination: <c>migrate_hot 0</c>.</summary>
    public static string Action(HostPlan plan, int kdamond, int scheme)
    {
        if (kdamond >= plan.Settings.Kdamonds.Length || scheme >= plan.Settings.Kdamonds[kdamond].Schemes.Length) return "?";
        SchemeSettings settings = plan.Settings.Kdamonds[kdamond].Schemes[scheme];
        string action = Action(settings.Action);
        if (!settings.Destinations.IsEmpty)
            return $"{action} {string.Join(' ', settings.Destinations.Select(one => $"{one.Node} {one.Weight.ToString(CultureInfo.InvariantCulture)}"))}";
        return settings.TargetNode == NodeId.None ? action : $"{action} {settings.TargetNode}";
    }

    /// <summary>A node with the kind of its memory: <c>0 (dram)</c>.</summary>
    public static string Node(HostPlan plan, int node) => $"{node.ToString(CultureInfo.InvariantCulture)} ({plan.Tiers[node]})";

    /// <summary>The path of a memory cgroup.</summary>
    public static string Memcg(HostPlan plan, MemcgId memcg) =>
        plan.Settings.Memcgs.FirstOrDefault(one => one.Id == memcg)?.Path ?? memcg.ToString();

    /// <summary>The filters of a probe, as damo writes them: <c>allow memcg /a, reject anon</c>.</summary>
    public static string Probe(HostPlan plan, Probe probe) => string.Join(", ", probe.Filters.Select(filter =>
        $"{(filter.Allow ? "allow" : "reject")} {(filter.Matching ? "" : "non ")}"
        + (filter.Type == ProbeFilterType.Anon ? "anon" : $"memcg {Memcg(plan, new MemcgId(filter.MemcgId))}")));

    private static string Action(SchemeAction action) => action switch
    {
        SchemeAction.WillNeed => "willneed",
        SchemeAction.Cold => "cold",
        SchemeAction.PageOut => "pageout",
        SchemeAction.HugePage => "hugepage",
        SchemeAction.NoHugePage => "nohugepage",
        SchemeAction.Collapse => "collapse",
        SchemeAction.LruPrio => "lru_prio",
        SchemeAction.LruDeprio => "lru_deprio",
        SchemeAction.MigrateHot => "migrate_hot",
        SchemeAction.MigrateCold => "migrate_cold",
        _ => "stat",
    };

    /// <summary>A state of a kept run.</summary>
    public static string State(RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Paused => "paused",
        RunState.Finished => "finished",
        RunState.Failed => "failed",
        RunState.Stopped => "stopped",
        _ => throw new InvalidOperationException($"unknown state {state}"),
    };
}
