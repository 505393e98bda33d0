using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Verification.Functions;
using Damon.Model;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Golden;

/// <summary>Reads the schemes of a recorded case.</summary>
internal static class GoldenSchemes
{
    private static readonly ImmutableDictionary<string, SchemeAction> Actions = new Dictionary<string, SchemeAction>
    {
        ["willneed"] = SchemeAction.WillNeed,
        ["cold"] = SchemeAction.Cold,
        ["pageout"] = SchemeAction.PageOut,
        ["hugepage"] = SchemeAction.HugePage,
        ["nohugepage"] = SchemeAction.NoHugePage,
        ["collapse"] = SchemeAction.Collapse,
        ["lru_prio"] = SchemeAction.LruPrio,
        ["lru_deprio"] = SchemeAction.LruDeprio,
        ["migrate_hot"] = SchemeAction.MigrateHot,
        ["migrate_cold"] = SchemeAction.MigrateCold,
        ["stat"] = SchemeAction.Stat,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<string, GoalMetric> Metrics = new Dictionary<string, GoalMetric>
    {
        ["user_input"] = GoalMetric.UserInput,
        ["some_mem_psi_us"] = GoalMetric.SomeMemPsiUs,
        ["node_mem_used_bp"] = GoalMetric.NodeMemUsedBp,
        ["node_mem_free_bp"] = GoalMetric.NodeMemFreeBp,
        ["node_memcg_used_bp"] = GoalMetric.NodeMemcgUsedBp,
        ["node_memcg_free_bp"] = GoalMetric.NodeMemcgFreeBp,
        ["active_mem_bp"] = GoalMetric.ActiveMemBp,
        ["inactive_mem_bp"] = GoalMetric.InactiveMemBp,
        ["node_eligible_mem_bp"] = GoalMetric.NodeEligibleMemBp,
        ["node_ineligible_mem_bp"] = GoalMetric.NodeIneligibleMemBp,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<string, SchemeFilterType> FilterTypes =
        new Dictionary<string, SchemeFilterType>
        {
            ["anon"] = SchemeFilterType.Anon,
            ["active"] = SchemeFilterType.Active,
            ["memcg"] = SchemeFilterType.Memcg,
            ["young"] = SchemeFilterType.Young,
            ["hugepage_size"] = SchemeFilterType.HugePageSize,
            ["unmapped"] = SchemeFilterType.Unmapped,
            ["addr"] = SchemeFilterType.Addr,
            ["target"] = SchemeFilterType.Target,
        }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>An action by its name in sysfs.</summary>
    public static SchemeAction Action(string name) =>
        Actions.TryGetValue(name, out SchemeAction action) ? action : throw new FormatException($"unknown action '{name}'");

    public static SchemeSettings Read(JsonElement scheme) => new()
    {
        Action = Named(Actions, scheme, "action"),
        Pattern = Pattern(scheme.GetProperty("pattern")),
        ApplyIntervalUs = scheme.U64("apply_interval_us"),
        Quota = Quota(scheme.GetProperty("quota"), scheme.GetProperty("goals")),
        Filters = [.. scheme.GetProperty("filters").EnumerateArray().Select(Filter)],
        Watermarks = Watermarks(scheme.GetProperty("watermarks")),
        TargetNode = new NodeId(scheme.GetProperty("target_nid").GetInt32()),
        MaxNrSnapshots = scheme.U64("max_nr_snapshots"),
        Destinations = scheme.TryGetProperty("dests", out JsonElement dests) ? Destinations(dests) : [],
    };

    public static ImmutableArray<MigrationDestination> Destinations(JsonElement dests) => [.. dests.EnumerateArray().Select(
        dest => new MigrationDestination(new NodeId(dest.GetProperty("nid").GetInt32()), dest.U32("weight")))];

    public static AccessPattern Pattern(JsonElement pattern) => new(
        pattern.U64("min_sz"),
        pattern.U64("max_sz"),
        pattern.U32("min_nr_accesses"),
        pattern.U32("max_nr_accesses"),
        pattern.U32("min_age"),
        pattern.U32("max_age"));

    private static QuotaSettings Quota(JsonElement quota, JsonElement goals) => new()
    {
        ResetIntervalMs = quota.U64("reset_interval_ms"),
        TimeMs = quota.U64("ms"),
        SizeBytes = quota.U64("sz"),
        GoalTuner = quota.GetProperty("goal_tuner").GetString() switch
        {
            "consist" => GoalTunerKind.Consist,
            "temporal" => GoalTunerKind.Temporal,
            var other => throw new FormatException($"unknown goal tuner '{other}'"),
        },
        FailChargeNum = quota.U32("fail_charge_num"),
        FailChargeDenom = quota.U32("fail_charge_denom"),
        WeightSize = quota.U32("weight_sz"),
        WeightNrAccesses = quota.U32("weight_nr_accesses"),
        WeightAge = quota.U32("weight_age"),
        Goals = [.. goals.EnumerateArray().Select(Goal)],
    };

    private static QuotaGoal Goal(JsonElement goal) => new(
        Named(Metrics, goal, "metric"),
        goal.U64("target_value"),
        new NodeId(goal.GetProperty("nid").GetInt32()),
        new MemcgId(goal.U64("memcg_id")),
        goal.U64("current_value"));

    private static SchemeFilter Filter(JsonElement filter)
    {
        SchemeFilterType type = Named(FilterTypes, filter, "type");
        ulong arg0 = filter.U64("arg0");
        ulong arg1 = filter.U64("arg1");
        bool matching = filter.Flag("matching");
        bool allow = filter.Flag("allow");
        return type == SchemeFilterType.Memcg
            ? new SchemeFilter(type, matching, allow, new MemcgId(arg0))
            : new SchemeFilter(type, matching, allow, default, arg0, arg1);
    }

    private static Watermarks Watermarks(JsonElement watermarks) => new(
        watermarks.GetProperty("metric").GetString() switch
        {
            "none" => WatermarkMetric.None,
            "free_mem_rate" => WatermarkMetric.FreeMemRate,
            var other => throw new FormatException($"unknown watermark metric '{other}'"),
        },
        watermarks.U64("interval_us"),
        watermarks.U64("high"),
        watermarks.U64("mid"),
        watermarks.U64("low"));

    private static T Named<T>(ImmutableDictionary<string, T> names, JsonElement element, string field)
    {
        string name = element.GetProperty(field).GetString()!;
        return names.TryGetValue(name, out T? value) ? value : throw new FormatException($"unknown {field} '{name}'");
    }
}
