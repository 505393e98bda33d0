using System.Globalization;
using Damon.Model;
using Damon.Model.Schemes;
using Damon.Scenarios;

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
}
