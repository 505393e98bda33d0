using System.Text;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Values;
using Damon.Damo.Writing;

namespace Damon.Damo.Reports.Kdamonds;

/// <summary>Running kdamonds as indented text: what each does, and what it did (console spec section 18).</summary>
/// <param name="raw">Plain digits.</param>
/// <param name="showsRegions">True to show the tried regions.</param>
internal sealed class KdamondText(bool raw, bool showsRegions)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    internal string Write(IReadOnlyList<KdamondStatus> kdamonds)
    {
        for (int i = 0; i < kdamonds.Count; i++) KdamondLines(i, kdamonds[i]);
        return _text.ToString();
    }

    private void Line(string line) => _text.Append(' ', line.Length == 0 ? 0 : 4 * _depth).Append(line).Append('\n');

    private void Block(string head, Action body)
    {
        Line(head);
        _depth++;
        body();
        _depth--;
    }

    private string Nr(Number count) => ValuePrinter.Nr(count, raw);

    private string Size(Number bytes) => ValuePrinter.Size(bytes, raw);

    private string Us(Number us) => ValuePrinter.Microseconds(us, raw);

    private string Permil(Number permil) => ValuePrinter.Permil(permil, raw);

    private void KdamondLines(int index, KdamondStatus status) => Block($"kdamond {index}", () =>
    {
        Line(KdamondReport.State(status));
        if (status.Kdamond.RefreshMs != Number.Zero) Line($"refresh: {ValuePrinter.Milliseconds(status.Kdamond.RefreshMs, raw)}");
        for (int i = 0; i < status.Kdamond.Contexts.Count; i++) ContextLines(status, i);
    });

    private void ContextLines(KdamondStatus status, int index) => Block($"context {index}", () =>
    {
        MonitoringContext context = status.Kdamond.Contexts[index];
        Line($"ops: {Keywords.Operations.Word(context.Ops)}");
        if (context.AddrUnit != 1) Line($"addr_unit: {ValuePrinter.SizeAccurate(context.AddrUnit, raw)}");
        if (context.Pause) Line("pause: true");
        for (int i = 0; i < context.Targets.Count; i++) TargetLines(i, context.Targets[i]);
        IntervalLines(context.Intervals);
        Line($"nr_regions: [{Nr(context.NrRegions.Min)}, {Nr(context.NrRegions.Max)}]");
        for (int i = 0; i < context.Schemes.Count; i++) SchemeLines(i, context.Schemes[i], status.Scheme(index, i));
    });

    private void TargetLines(int index, Target target) => Block($"target {index}", () =>
    {
        // The kernel has a pid file for every target; it is 0 where no process is watched.
        Line($"pid: {target.Pid ?? 0}");
        foreach (AddressRange range in target.Regions) Line($"region [{Nr(range.Start)}, {Nr(range.End)}) ({Size(range.End + range.Start * -1)})");
    });

    private void IntervalLines(Intervals intervals) => Block("intervals", () =>
    {
        Line($"sample {Us(intervals.SampleUs)}, aggr {Us(intervals.AggrUs)}, update {Us(intervals.OpsUpdateUs)}");
        IntervalsGoal goal = intervals.Goal;
        if (goal.Aggrs != Number.Zero)
        {
            Line($"target {ValuePrinter.BasisPoints(goal.AccessBp, raw)} accesses per {Nr(goal.Aggrs)} aggrs, "
                + $"[{Us(goal.MinSampleUs)}, {Us(goal.MaxSampleUs)}] sampling interval");
        }
    });

    private void SchemeLines(int index, Scheme scheme, SchemeStatus status) => Block($"scheme {index}", () =>
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
            string filter = ReportPieces.Filter(scheme.Filters[i], raw);
            Block($"filter {i}", () => Line(filter));
        }

        Block("statistics", () =>
        {
            foreach (string sentence in ReportPieces.Sentences(status.Statistics, raw)) Line(sentence);
        });
        if (showsRegions) Block($"tried regions ({Size(status.TriedBytes)})", () => RegionLines(status.TriedRegions));
    });

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
        Line($"nr_accesses: [{SchemeWriter.Rate(rate.Min, rate.InSamples, raw)}, {SchemeWriter.Rate(rate.Max, rate.InSamples, raw)}]");
        Line($"age: [{SchemeWriter.Age(age.Min, age.InAggregations, raw)}, {SchemeWriter.Age(age.Max, age.InAggregations, raw)}]");
    }

    private void QuotaLines(Quotas quotas)
    {
        string time = ValuePrinter.Milliseconds(quotas.TimeMs, raw), reset = ValuePrinter.Milliseconds(quotas.ResetIntervalMs, raw);
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
            Line($"goal {i}: metric {Keywords.GoalMetrics.Word(goal.Metric)}{place} target {Nr(goal.TargetValue)} current {Nr(goal.CurrentValue)}");
        }

        Line($"goal tuner: {quotas.GoalTuner}");
        Line(quotas.FailChargeDenom == Number.Zero ? "" : $"fail charge ratio: {Nr(quotas.FailChargeNum)} / {Nr(quotas.FailChargeDenom)}");
        QuotaWeights weights = quotas.Weights;
        Line($"priority: sz {Permil(weights.SizePermil)}, nr_accesses {Permil(weights.AccessesPermil)}, age {Permil(weights.AgePermil)}");
    }

    private void RegionLines(Sequence<RecordedRegion> regions)
    {
        foreach (RecordedRegion region in regions)
        {
            string range = $"[{ReportPieces.Nr(region.Start, raw)}, {ReportPieces.Nr(region.End, raw)}) ({ReportPieces.Size(region.Size, raw)})";
            Line($"{range}: nr_accesses: {Nr(region.Samples)} samples, age: {Nr(region.AgeIntervals)} aggr_intervals, "
                + $"filter_passed: {ReportPieces.Size(region.PassedBytes, raw)}");
        }
    }
}
