using System.Collections.Immutable;
using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Model;
using Damon.Model.Schemes;
using ModelAction = Damon.Model.Schemes.SchemeAction;
using ModelFilter = Damon.Model.Schemes.SchemeFilter;
using QuotaGoal = Damon.Model.Schemes.QuotaGoal;

namespace Damon.Scenarios.Staging;

/// <summary>Turns staged schemes into the kernel's.</summary>
/// <param name="names">What can be named.</param>
/// <param name="isVirtual">Whether they are for virtual address spaces.</param>
internal sealed class SchemeStaging(HostNames names, bool isVirtual)
{
    /// <summary>The settings of a scheme.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="whose">Its name in messages.</param>
    /// <exception cref="StagingException">The simulated kernel would refuse it.</exception>
    public SchemeSettings Stage(StagedScheme scheme, string whose) => new()
    {
        Action = Action(scheme.Action, whose),
        Pattern = Pattern(scheme.AccessPattern),
        ApplyIntervalUs = scheme.ApplyIntervalUs,
        Quota = Quota(scheme.Quotas, whose),
        Filters = [.. scheme.CoreFilters.Concat(scheme.OpsFilters).Select(filter => Filter(filter, whose))],
        Watermarks = Watermarks(scheme.Watermarks),
        TargetNode = scheme.TargetNid is >= 0 and { } node ? names.Node(node, $"the action of {whose}") : NodeId.None,
        Destinations = Destinations(scheme, whose),
        MaxNrSnapshots = scheme.MaxNrSnapshots,
    };

    private ImmutableArray<MigrationDestination> Destinations(StagedScheme scheme, string whose)
    {
        HashSet<NodeId> nodes = [];
        var destinations = ImmutableArray.CreateBuilder<MigrationDestination>();
        foreach (StagedDestination destination in scheme.Destinations)
        {
            NodeId node = names.Node(destination.Nid, $"the action of {whose}");
            if (!nodes.Add(node)) throw new StagingException($"the action of {whose} has node {node} twice as a destination, allowed: each node once");
            if (destination.Weight > uint.MaxValue)
                throw new StagingException($"the action of {whose} gives node {node} the weight {destination.Weight}, allowed: 0..{uint.MaxValue}");
            destinations.Add(new MigrationDestination(node, (uint)destination.Weight));
        }

        return destinations.ToImmutable();
    }

    private ModelAction Action(Damo.Document.SchemeAction action, string whose) => action switch
    {
        Damo.Document.SchemeAction.Willneed when isVirtual => ModelAction.WillNeed,
        Damo.Document.SchemeAction.Cold when isVirtual => ModelAction.Cold,
        Damo.Document.SchemeAction.Hugepage when isVirtual => ModelAction.HugePage,
        Damo.Document.SchemeAction.Nohugepage when isVirtual => ModelAction.NoHugePage,
        Damo.Document.SchemeAction.Collapse when isVirtual => ModelAction.Collapse,
        Damo.Document.SchemeAction.Pageout => ModelAction.PageOut,
        Damo.Document.SchemeAction.LruPrio => ModelAction.LruPrio,
        Damo.Document.SchemeAction.LruDeprio => ModelAction.LruDeprio,
        Damo.Document.SchemeAction.MigrateHot => ModelAction.MigrateHot,
        Damo.Document.SchemeAction.MigrateCold => ModelAction.MigrateCold,
        Damo.Document.SchemeAction.Stat => ModelAction.Stat,
        _ => throw new StagingException(
            $"{whose} has the action {Keywords.Actions.Word(action)}, allowed for physical addresses: pageout, lru_prio, lru_deprio, migrate_hot, migrate_cold, stat"),
    };

    /// <remarks>The kernel keeps counts of accesses and ages in 32 bits and drops what is above.</remarks>
    private static Model.Schemes.AccessPattern Pattern(StagedAccessPattern pattern) => unchecked(new(
        pattern.MinSize, pattern.MaxSize, (uint)pattern.MinNrAccesses, (uint)pattern.MaxNrAccesses, (uint)pattern.MinAge, (uint)pattern.MaxAge));

    private QuotaSettings Quota(StagedQuotas quotas, string whose) => unchecked(new QuotaSettings
    {
        ResetIntervalMs = quotas.ResetIntervalMs,
        TimeMs = quotas.Ms,
        SizeBytes = quotas.Bytes,
        GoalTuner = quotas.GoalTuner switch
        {
            "consist" => GoalTunerKind.Consist,
            "temporal" => GoalTunerKind.Temporal,
            _ => throw new StagingException($"the goal tuner of {whose} is \"{quotas.GoalTuner}\", allowed: consist, temporal"),
        },
        FailChargeNum = (uint)quotas.FailChargeNum,
        FailChargeDenom = (uint)quotas.FailChargeDenom,
        WeightSize = (uint)quotas.WeightSize,
        WeightNrAccesses = (uint)quotas.WeightNrAccesses,
        WeightAge = (uint)quotas.WeightAge,
        Goals = [.. quotas.Goals.Select((goal, i) => Goal(goal, string.Create(CultureInfo.InvariantCulture, $"goal {i} of {whose}")))],
    });

    private QuotaGoal Goal(StagedGoal goal, string whose)
    {
        GoalMetric metric = Metric(goal.Metric);
        bool ofNode = metric is not (GoalMetric.UserInput or GoalMetric.SomeMemPsiUs or GoalMetric.ActiveMemBp or GoalMetric.InactiveMemBp);
        bool ofMemcg = metric is GoalMetric.NodeMemcgUsedBp or GoalMetric.NodeMemcgFreeBp;
        return new QuotaGoal(
            metric,
            goal.TargetValue,
            ofNode ? names.Node(goal.Nid ?? 0, whose) : default,
            ofMemcg ? names.Memcg(goal.MemcgPath, whose) : MemcgId.None,
            goal.CurrentValue);
    }

    private static GoalMetric Metric(QuotaGoalMetric metric) => metric switch
    {
        QuotaGoalMetric.UserInput => GoalMetric.UserInput,
        QuotaGoalMetric.SomeMemPsiUs => GoalMetric.SomeMemPsiUs,
        QuotaGoalMetric.NodeMemUsedBp => GoalMetric.NodeMemUsedBp,
        QuotaGoalMetric.NodeMemFreeBp => GoalMetric.NodeMemFreeBp,
        QuotaGoalMetric.NodeMemcgUsedBp => GoalMetric.NodeMemcgUsedBp,
        QuotaGoalMetric.NodeMemcgFreeBp => GoalMetric.NodeMemcgFreeBp,
        QuotaGoalMetric.ActiveMemBp => GoalMetric.ActiveMemBp,
        QuotaGoalMetric.InactiveMemBp => GoalMetric.InactiveMemBp,
        QuotaGoalMetric.NodeEligibleMemBp => GoalMetric.NodeEligibleMemBp,
        QuotaGoalMetric.NodeIneligibleMemBp => GoalMetric.NodeIneligibleMemBp,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "not a goal metric"),
    };

    private ModelFilter Filter(StagedFilter filter, string whose)
    {
        ModelFilter Of(SchemeFilterType type, ulong from = 0, ulong to = 0, MemcgId memcg = default) =>
            new(type, filter.Matching, filter.Allow, memcg, from, to);

        return filter.Type switch
        {
            FilterType.Anon => Of(SchemeFilterType.Anon),
            FilterType.Active => Of(SchemeFilterType.Active),
            FilterType.Young => Of(SchemeFilterType.Young),
            FilterType.Unmapped => Of(SchemeFilterType.Unmapped),
            FilterType.Memcg => Of(SchemeFilterType.Memcg, memcg: names.Memcg(filter.MemcgPath, $"a filter of {whose}")),
            FilterType.Addr => Of(SchemeFilterType.Addr, filter.Range?.Start ?? 0, filter.Range?.End ?? 0),
            FilterType.Target => Of(SchemeFilterType.Target, filter.TargetIndex ?? 0),
            FilterType.HugepageSize => Of(SchemeFilterType.HugePageSize, filter.Range?.Start ?? 0, filter.Range?.End ?? 0),
            _ => throw new StagingException($"a filter of {whose} is of an unknown type"),
        };
    }

    private static Model.Schemes.Watermarks Watermarks(StagedWatermarks marks) => new(
        marks.Metric == Damo.Document.WatermarkMetric.FreeMemRate ? Model.Schemes.WatermarkMetric.FreeMemRate : Model.Schemes.WatermarkMetric.None,
        marks.IntervalUs,
        marks.High,
        marks.Mid,
        marks.Low);
}
