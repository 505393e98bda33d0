using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Values;
using Damon.Damo.Writing;

namespace Damon.Damo.Reports.Kdamonds;

/// <summary>Running kdamonds as indented text: what each does, and what it did (console spec section 18).</summary>
/// <param name="raw">Plain digits.</param>
/// <param name="showsRegions">True to show the tried regions.</param>
internal sealed class KdamondText(bool raw, bool showsRegions) : IndentedText(raw)
{
    private readonly bool _raw = raw;

    internal string Write(IReadOnlyList<KdamondStatus> kdamonds)
    {
        for (int i = 0; i < kdamonds.Count; i++) KdamondLines(i, kdamonds[i]);
        return ToString();
    }

    private void KdamondLines(int index, KdamondStatus status) => Block($"kdamond {index}", () =>
    {
        Line(KdamondReport.State(status));
        if (status.Kdamond.RefreshMs != Number.Zero) Line($"refresh: {ValuePrinter.Milliseconds(status.Kdamond.RefreshMs, _raw)}");
        for (int i = 0; i < status.Kdamond.Contexts.Count; i++) ContextLines(status, i);
    });

    private void ContextLines(KdamondStatus status, int index) => Block($"context {index}", () =>
    {
        MonitoringContext context = status.Kdamond.Contexts[index];
        Line($"ops: {Keywords.Operations.Word(context.Ops)}");
        if (context.AddrUnit != 1) Line($"addr_unit: {ValuePrinter.SizeAccurate(context.AddrUnit, _raw)}");
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
            Line($"target {ValuePrinter.BasisPoints(goal.AccessBp, _raw)} accesses per {Nr(goal.Aggrs)} aggrs, "
                + $"[{Us(goal.MinSampleUs)}, {Us(goal.MaxSampleUs)}] sampling interval");
        }
    });

    private void SchemeLines(int index, Scheme scheme, SchemeStatus status) => Block($"scheme {index}", () =>
    {
        ParameterLines(scheme);
        Block("statistics", () =>
        {
            foreach (string sentence in ReportPieces.Sentences(status.Statistics, _raw)) Line(sentence);
        });
        if (showsRegions) Block($"tried regions ({Size(status.TriedBytes)})", () => RegionLines(status.TriedRegions));
    });

    protected override string Filter(SchemeFilter filter) => ReportPieces.Filter(filter, _raw);

    /// <summary>Always a line, empty without a ratio.</summary>
    protected override void FailChargeLine(Quotas quotas)
    {
        if (quotas.FailChargeDenom == Number.Zero) Line("");
        else base.FailChargeLine(quotas);
    }

    private void RegionLines(Sequence<RecordedRegion> regions)
    {
        foreach (RecordedRegion region in regions)
        {
            string range = $"[{ReportPieces.Nr(region.Start, _raw)}, {ReportPieces.Nr(region.End, _raw)}) ({ReportPieces.Size(region.Size, _raw)})";
            Line($"{range}: nr_accesses: {Nr(region.Samples)} samples, age: {Nr(region.AgeIntervals)} aggr_intervals, "
                + $"filter_passed: {ReportPieces.Size(region.PassedBytes, _raw)}");
        }
    }
}
