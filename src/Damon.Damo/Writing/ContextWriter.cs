using Damon.Damo.Document;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Writing;

/// <summary>Turns contexts into trees.</summary>
internal sealed class ContextWriter(WriteOptions options)
{
    private readonly SchemeWriter _schemes = new(options);

    internal TreeNode Context(MonitoringContext context) => new TreeMapBuilder()
        .Add("ops", Keywords.Operations.Word(context.Ops))
        .Add("addr_unit", ValuePrinter.SizeAccurate(context.AddrUnit, options.Raw))
        .Add("targets", context.Targets, Target)
        .AddIf(IsWanted(context.Intervals, Intervals.Default), "intervals", () => IntervalsNode(context.Intervals))
        .AddIf(IsWanted(context.NrRegions, NrRegions.Default), "nr_regions", () => Range(context.NrRegions.Min, context.NrRegions.Max, "min", "max"))
        .Add("probes", context.Probes, ProbeNode)
        .Add("sample_control", SampleControlNode(context.SampleControl))
        .Add("pause", context.Pause)
        .Add("schemes", context.Schemes, _schemes.Scheme)
        .Build();

    private bool IsWanted<T>(T value, T byDefault) => !options.OmitDefaults || !EqualityComparer<T>.Default.Equals(value, byDefault);

    private TreeMap Target(Target target) => new TreeMapBuilder()
        .Add("pid", target.Pid is { } pid ? new TreeNumber(pid) : TreeNull.Instance)
        .Add("obsolete", target.Obsolete)
        .Add("regions", target.Regions, range => Range(range.Start, range.End, "start", "end"))
        .Build();

    private TreeMap Range(Number first, Number second, string firstKey, string secondKey) => new TreeMapBuilder()
        .Add(firstKey, ValuePrinter.Nr(first, options.Raw))
        .Add(secondKey, ValuePrinter.Nr(second, options.Raw))
        .Build();

    private TreeMap IntervalsNode(Intervals intervals) => new TreeMapBuilder()
        .Add("sample_us", ValuePrinter.Microseconds(intervals.SampleUs, options.Raw))
        .Add("aggr_us", ValuePrinter.Microseconds(intervals.AggrUs, options.Raw))
        .Add("ops_update_us", ValuePrinter.Microseconds(intervals.OpsUpdateUs, options.Raw))
        .Add("intervals_goal", new TreeMapBuilder()
            .Add("access_bp", ValuePrinter.BasisPoints(intervals.Goal.AccessBp, options.Raw))
            .Add("aggrs", ValuePrinter.Nr(intervals.Goal.Aggrs, options.Raw))
            .Add("min_sample_us", ValuePrinter.Microseconds(intervals.Goal.MinSampleUs, options.Raw))
            .Add("max_sample_us", ValuePrinter.Microseconds(intervals.Goal.MaxSampleUs, options.Raw))
            .Build())
        .Build();

    private TreeMap ProbeNode(Probe probe) => new TreeMapBuilder()
        .AddIf(probe.Weight != Number.Zero, "weight", () => new TreeText(ValuePrinter.Nr(probe.Weight, options.Raw)))
        .Add("filters", probe.Filters, filter => new TreeMapBuilder()
            .Add("filter_type", filter.FilterType)
            .Add("matching", filter.Matching)
            .Add("allow", filter.Allow)
            .Add("path", filter.Path)
            .Build())
        .Build();

    private static TreeMap SampleControlNode(SampleControl control) => new TreeMapBuilder()
        .Add("primitives_enabled", new TreeMapBuilder().Add("page_table", control.PageTable).Add("page_fault", control.PageFault).Build())
        .Add("sample_filters", control.Filters, filter => new TreeMapBuilder()
            .Add("filter_type", filter.FilterType)
            .Add("matching", filter.Matching)
            .Add("allow", filter.Allow)
            .Add("cpumask", filter.Cpumask)
            .Add("tid_arr", filter.TidArr)
            .Build())
        .Build();
}
