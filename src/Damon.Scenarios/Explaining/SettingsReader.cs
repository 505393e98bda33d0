using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using ModelFilter = Damon.Model.Schemes.SchemeFilter;
using ModelGoal = Damon.Model.Schemes.QuotaGoal;
using Probe = Damon.Damo.Document.Probe;
using ProbeFilter = Damon.Damo.Document.ProbeFilter;
using SchemeAction = Damon.Damo.Document.SchemeAction;
using WatermarkMetric = Damon.Damo.Document.WatermarkMetric;

namespace Damon.Scenarios.Explaining;

/// <summary>Takes kdamonds of the simulated kernel back to the values that its sysfs files would show.</summary>
/// <param name="pathOf">The path of a cgroup.</param>
internal sealed class SettingsReader(Func<MemcgId, string> pathOf)
{
    /// <summary>What the kernel's files would show for a kdamond.</summary>
    public StagedKdamond Read(KdamondSettings settings) => new(0, [Context(settings)]);

    private StagedContext Context(KdamondSettings settings)
    {
        MonitoringAttributes attributes = settings.Attributes;
        StagedIntervalsGoal goal = new(
            attributes.IntervalsGoal.AccessBp,
            attributes.IntervalsGoal.Aggrs,
            attributes.IntervalsGoal.MinSampleUs,
            attributes.IntervalsGoal.MaxSampleUs);
        return new StagedContext(
            settings.Operations switch
            {
                OperationsKind.Vaddr => Operations.Vaddr,
                OperationsKind.Fvaddr => Operations.Fvaddr,
                _ => Operations.Paddr,
            },
            attributes.SampleUs,
            attributes.AggregationUs,
            attributes.OpsUpdateUs,
            goal,
            attributes.MinNrRegions,
            attributes.MaxNrRegions,
            settings.Probes.Select(probe => new Probe(probe.Filters.Select(ReadFilter).ToSequence()) { Weight = probe.Weight }).ToSequence(),
            Pause: false,
            settings.AddrUnit,
            settings.Targets.Select(Target).ToSequence(),
            settings.Schemes.Select(Scheme).ToSequence());
    }

    private static StagedTarget Target(TargetSettings target) =>
        new(null, false, target.Ranges.Select(range => new StagedRange(range.Start, range.End)).ToSequence());

    private ProbeFilter ReadFilter(Model.Monitoring.ProbeFilter filter) => filter.Type == ProbeFilterType.Memcg
        ? new("memcg", filter.Matching, filter.Allow, pathOf(new MemcgId(filter.MemcgId)))
        : new("anon", filter.Matching, filter.Allow, null);

    private StagedScheme Scheme(SchemeSettings scheme)
    {
        Model.Schemes.AccessPattern pattern = scheme.Pattern;
        Model.Schemes.Watermarks marks = scheme.Watermarks;
        return new StagedScheme(
            // Both enumerations carry the kernel's own words.
            Enum.Parse<SchemeAction>(scheme.Action.ToString(), ignoreCase: true),
            scheme.Destinations.Select(dest => new StagedDestination((ulong)dest.Node.Value, dest.Weight)).ToSequence(),
            scheme.TargetNode.Value,
            new StagedAccessPattern(
                pattern.MinSize, pattern.MaxSize, pattern.MinNrAccesses, pattern.MaxNrAccesses, pattern.MinAge, pattern.MaxAge),
            scheme.ApplyIntervalUs,
            Quotas(scheme.Quota),
            new StagedWatermarks(
                Enum.Parse<WatermarkMetric>(marks.Metric.ToString()), marks.IntervalUs, marks.High, marks.Mid, marks.Low),
            scheme.Filters.Where(filter => filter.IsCore).Select(Filter).ToSequence(),
            scheme.Filters.Where(filter => !filter.IsCore).Select(Filter).ToSequence(),
            scheme.MaxNrSnapshots);
    }

    private StagedQuotas Quotas(QuotaSettings quota) => new(
        quota.TimeMs,
        quota.SizeBytes,
        quota.ResetIntervalMs,
        quota.WeightSize,
        quota.WeightNrAccesses,
        quota.WeightAge,
        quota.FailChargeNum,
        quota.FailChargeDenom,
        quota.Goals.Select(Goal).ToSequence(),
        quota.GoalTuner == GoalTunerKind.Temporal ? "temporal" : "consist");

    private StagedGoal Goal(ModelGoal goal)
    {
        QuotaGoalMetric metric = Enum.Parse<QuotaGoalMetric>(goal.Metric.ToString());
        bool hasNode = GoalValue.HasNode(metric) || GoalValue.IsEligibility(metric);
        return new StagedGoal(
            metric,
            goal.TargetValue,
            goal.CurrentValue,
            hasNode ? goal.Node.Value : null,
            GoalValue.HasMemcg(metric) ? pathOf(goal.Memcg) : null);
    }

    private StagedFilter Filter(ModelFilter filter) => new(
        Enum.Parse<FilterType>(filter.Type.ToString(), ignoreCase: true),
        filter.Matching,
        filter.Allow,
        filter.Type == SchemeFilterType.Memcg ? pathOf(filter.Memcg) : null,
        filter.Type is SchemeFilterType.Addr or SchemeFilterType.HugePageSize ? new StagedRange(filter.From, filter.To) : null,
        filter.Type == SchemeFilterType.Target ? filter.From : null);
}
