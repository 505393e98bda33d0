using Damon.Damo.Document;
using Damon.Damo.Values;

namespace Damon.Damo.Writing;

/// <summary>Prints a document as <c>damo report damon</c> does (console spec sections 18 and 24).</summary>
internal sealed class ReportText : IndentedText
{
    private readonly bool _raw;

    private ReportText(bool raw)
        : base(raw) => _raw = raw;

    internal static string Write(DamoDocument document, bool raw)
    {
        var report = new ReportText(raw);
        for (int i = 0; i < document.Kdamonds.Count; i++) report.Kdamond(i, document.Kdamonds[i]);
        return report.ToString().TrimEnd('\n');
    }

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
        if (probe.Weight != Number.Zero) Line($"weight {Nr(probe.Weight)}");
        for (int i = 0; i < probe.Filters.Count; i++)
        {
            ProbeFilter filter = probe.Filters[i];
            string negation = filter.Matching ? "" : "non ", path = filter.Path is null ? "" : " " + filter.Path;
            Block($"filter {i}", () => Line($"{Verb(filter.Allow)}{negation}{filter.FilterType}{path}"));
        }
    });

    private void SchemeLines(int index, Scheme scheme) => Block($"scheme {index}", () => ParameterLines(scheme));

    protected override string Filter(SchemeFilter filter)
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
