using System.Text;
using Damon.Damo.Document;
using Damon.Damo.Values;

namespace Damon.Damo.Writing;

/// <summary>Prints a document as <c>damo report damon</c> does (console spec sections 18 and 24).</summary>
internal sealed class ReportText
{
    private readonly StringBuilder _text = new();
    private readonly bool _raw;
    private int _depth;

    private ReportText(bool raw) => _raw = raw;

    internal static string Write(DamoDocument document, bool raw)
    {
        var report = new ReportText(raw);
        for (int i = 0; i < document.Kdamonds.Count; i++) report.Kdamond(i, document.Kdamonds[i]);
        return report._text.ToString().TrimEnd('\n');
    }

    private void Line(string line) => _text.Append(' ', 4 * _depth).Append(line).Append('\n');

    private void Block(string head, Action body)
    {
        Line(head);
        _depth++;
        body();
        _depth--;
    }

    private string Us(Number us) => ValuePrinter.Microseconds(us, _raw);

    private string Nr(Number nr) => ValuePrinter.Nr(nr, _raw);

    private string Size(Number bytes) => ValuePrinter.Size(bytes, _raw);

    private void Kdamond(int index, Kdamond kdamond) => Block($"kdamond {index}", () =>
    {
        if (kdamond.RefreshMs != Number.Zero) Line($"refresh: {ValuePrinter.Milliseconds(kdamond.RefreshMs, _raw)}");
        for (int i = 0; i < kdamond.Contexts.Count; i++) Context(i, kdamond.Contexts[i]);
    });

    private void Context(int index, MonitoringContext context) => Block($"context {index}", () =>
    {
        Line($"ops: {Keywords.Operations.Word(context.Ops)}");
        if (context.AddrUnit != 1) Line($"addr_unit: {ValuePrinter.SizeAccurate(context.AddrUnit, _raw)}");
        if (context.Pause) Line("pause: true");
        for (int i = 0; i < context.Targets.Count; i++) Target(i, context.Targets[i]);
        IntervalLines(context.Intervals);
        Line($"nr_regions: [{Nr(context.NrRegions.Min)}, {Nr(context.NrRegions.Max)}]");
        for (int i = 0; i < context.Probes.Count; i++) ProbeLines(i, context.Probes[i]);
        for (int i = 0; i < context.Schemes.Count; i++) SchemeLines(i, context.Schemes[i]);
        SampleControlLines(context.SampleControl);
    });

    private void Target(int index, Target target) => Block($"target {index}", () =>
    {
        if (target.Pid is { } pid) Line($"pid: {pid}");
        if (target.Obsolete) Line("obsolete: true");
        foreach (AddressRange range in target.Regions)
            Line($"region [{Nr(range.Start)}, {Nr(range.End)}) ({Size(range.End + range.Start * -1)})");
    });

    private void IntervalLines(Intervals intervals)
    {
        string fixedPart = $"sample {Us(intervals.SampleUs)}, aggr {Us(intervals.AggrUs)}, update {Us(intervals.OpsUpdateUs)}";
        IntervalsGoal goal = intervals.Goal;
        if (goal.Aggrs == Number.Zero)
        {
            Line($"intervals: {fixedPart}");
            return;
        }

        Block("intervals", () =>
        {
            Line(fixedPart);
            Line($"target {ValuePrinter.BasisPoints(goal.AccessBp, _raw)} accesses per {Nr(goal.Aggrs)} aggrs, "
                + $"[{Us(goal.MinSampleUs)}, {Us(goal.MaxSampleUs)}] sampling interval");
        });
    }

    private void ProbeLines(int index, Probe probe) => Block($"probe {index}", () =>
    {
        for (int i = 0; i < probe.Filters.Count; i++)
        {
            ProbeFilter filter = probe.Filters[i];
            string negation = filter.Matching ? "" : "non ", path = filter.Path is null ? "" : " " + filter.Path;
            Block($"filter {i}", () => Line($"{Verb(filter.Allow)}{negation}{filter.FilterType}{path}"));
        }
    });

    private void SchemeLines(int index, Scheme scheme) => Block($"scheme {index}", () =>
    {
        string interval = scheme.ApplyIntervalUs == Number.Zero ? "aggr interval" : Us(scheme.ApplyIntervalUs);
        Line($"action: {Keywords.Actions.Word(scheme.Action)}{Destination(scheme)} per {interval}");
        Block("target access pattern", () => PatternLines(scheme.AccessPattern));
        Block("quotas", () => QuotaLines(scheme.Quotas));
        Block("watermarks", () =>
        {
            Watermarks marks = scheme.Watermarks;
            Line($"metric {Keywords.WatermarkMetrics.Word(marks.Metric)}, interval {Us(marks.IntervalUs)}");
            Line($"{Permil(marks.HighPermil)}, {Permil(marks.MidPermil)}, {Permil(marks.LowPermil)}");
        });
        for (int i = 0; i < scheme.Filters.Count; i++)
        {
            string filter = FilterText(scheme.Filters[i]);
            Block($"filter {i}", () => Line(filter));
        }
    });

    private string Permil(Number permil) => ValuePrinter.Permil(permil, _raw);

    private string Destination(Scheme scheme)
    {
        if (scheme.TargetNid is { } nid) return $" to node {Nr(nid)}";
        if (scheme.Destinations.Count == 0) return "";
        return " to nodes " + string.Join(", ", scheme.Destinations.Select(dest => $"{Nr(dest.Id)} (weight {Nr(dest.Weight)})"));
    }

    private void PatternLines(AccessPattern pattern)
    {
        (RateRange rate, AgeRange age) = (pattern.AccessRate, pattern.Age);
        Line($"sz: [{Size(pattern.MinSizeBytes)}, {Size(pattern.MaxSizeBytes)}]");
        Line($"nr_accesses: [{SchemeWriter.Rate(rate.Min, rate.InSamples, _raw)}, {SchemeWriter.Rate(rate.Max, rate.InSamples, _raw)}]");
        Line($"age: [{SchemeWriter.Age(age.Min, age.InAggregations, _raw)}, {SchemeWriter.Age(age.Max, age.InAggregations, _raw)}]");
    }

    private void QuotaLines(Quotas quotas)
    {
        string time = ValuePrinter.Milliseconds(quotas.TimeMs, _raw), reset = ValuePrinter.Milliseconds(quotas.ResetIntervalMs, _raw);
        Line($"{time} / {Size(quotas.SizeBytes)} / {Size(quotas.EffectiveSizeBytes)} per {reset}");
        for (int i = 0; i < quotas.Goals.Count; i++)
        {
            QuotaGoal goal = quotas.Goals[i];
            string place = (goal.Nid, goal.MemcgPath) switch
            {
                ({ } nid, { } path) => $" (nid {Nr(nid)}, memcg {path})",
                ({ } nid, null) => $" (nid {Nr(nid)})",
                _ => "",
            };
            string metric = Keywords.GoalMetrics.Word(goal.Metric);
            Line($"goal {i}: metric {metric}{place} target {Nr(goal.TargetValue)} current {Nr(goal.CurrentValue)}");
        }

        Line($"goal tuner: {quotas.GoalTuner}");
        if (quotas.FailChargeDenom != Number.Zero) Line($"fail charge ratio: {Nr(quotas.FailChargeNum)} / {Nr(quotas.FailChargeDenom)}");
        QuotaWeights weights = quotas.Weights;
        Line($"priority: sz {Permil(weights.SizePermil)}, nr_accesses {Permil(weights.AccessesPermil)}, age {Permil(weights.AgePermil)}");
    }

    private string FilterText(SchemeFilter filter)
    {
        string arguments = filter switch
        {
            { MemcgPath: { } path } => " " + path,
            { AddressRange: { } range } => $" [{Nr(range.Start)}, {Nr(range.End)})",
            { TargetIndex: { } index } => " " + Nr(index),
            { HugepageSize: { } sizes } => $" [{Size(sizes.Start)}, {Size(sizes.End)}]",
            _ => "",
        };
        return $"{Verb(filter.Allow)}{(filter.Matching ? "" : "none ")}{Keywords.FilterTypes.Word(filter.FilterType)}{arguments}";
    }

    private static string Verb(bool allow) => allow ? "allow " : "reject ";

    private void SampleControlLines(SampleControl control)
    {
        string[] primitives = [.. control.PageTable ? ["page_table"] : (string[])[], .. control.PageFault ? ["page_fault"] : (string[])[]];
        Line("access sample control");
        Line($"enabled primitives: {string.Join(", ", primitives)}");
        foreach (SampleFilter filter in control.Filters)
            Line($"{Verb(filter.Allow)}{(filter.Matching ? "" : "non ")}{filter.FilterType} {filter.Cpumask ?? filter.TidArr}".TrimEnd());
    }
}
