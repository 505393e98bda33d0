using Damon.Damo.Values;

namespace Damon.Damo.Document;

/// <summary>All that one damo command or file describes: the tree of the spec's section 8.</summary>
/// <param name="Kdamonds">The monitoring threads, in order.</param>
public sealed record DamoDocument(Sequence<Kdamond> Kdamonds);

/// <summary>One kdamond: a kernel thread that runs monitoring contexts.</summary>
/// <param name="RefreshMs">Interval at which the kernel refreshes its statistics files, in ms; 0 is never.</param>
/// <param name="Contexts">The contexts that it runs.</param>
public sealed record Kdamond(Number RefreshMs, Sequence<MonitoringContext> Contexts);

/// <summary>One monitoring context: what is watched, how, and the schemes that act on what is found.</summary>
/// <param name="Ops">The address space's operations set.</param>
/// <param name="AddrUnit">Bytes per unit of address; 1 unless paddr.</param>
/// <param name="Targets">What is watched.</param>
/// <param name="Intervals">Sampling, aggregation and update intervals.</param>
/// <param name="NrRegions">Bounds of the number of monitoring regions.</param>
/// <param name="Probes">Attribute probes.</param>
/// <param name="SampleControl">Sampling primitives of damon/next kernels.</param>
/// <param name="Pause">True when monitoring is paused.</param>
/// <param name="Schemes">The schemes (DAMOS), in order.</param>
public sealed record MonitoringContext(
    Operations Ops,
    Number AddrUnit,
    Sequence<Target> Targets,
    Intervals Intervals,
    NrRegions NrRegions,
    Sequence<Probe> Probes,
    SampleControl SampleControl,
    bool Pause,
    Sequence<Scheme> Schemes);

/// <summary>One monitoring target.</summary>
/// <param name="Pid">Process id for virtual address spaces; null otherwise.</param>
/// <param name="Obsolete">True when a commit shall remove the target.</param>
/// <param name="Regions">Initial monitoring regions.</param>
public sealed record Target(Number? Pid, bool Obsolete, Sequence<AddressRange> Regions);

/// <summary>A half-open range of addresses.</summary>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">Address behind the last, bytes.</param>
public sealed record AddressRange(Number Start, Number End);

/// <summary>Monitoring intervals.</summary>
/// <param name="SampleUs">Sampling interval, us.</param>
/// <param name="AggrUs">Aggregation interval, us.</param>
/// <param name="OpsUpdateUs">Update interval of the operations set, us.</param>
/// <param name="Goal">Goal of the intervals' auto-tuning.</param>
public sealed record Intervals(Number SampleUs, Number AggrUs, Number OpsUpdateUs, IntervalsGoal Goal)
{
    /// <summary>5 ms, 100 ms, 1 s, no tuning.</summary>
    public static Intervals Default { get; } = new(5_000, 100_000, 1_000_000, IntervalsGoal.Off);
}

/// <summary>Goal of the auto-tuning of sampling and aggregation intervals; all zero is off.</summary>
/// <param name="AccessBp">Wanted share of observed access events, basis points.</param>
/// <param name="Aggrs">Aggregations per tuning step.</param>
/// <param name="MinSampleUs">Smallest sampling interval, us.</param>
/// <param name="MaxSampleUs">Largest sampling interval, us.</param>
public sealed record IntervalsGoal(Number AccessBp, Number Aggrs, Number MinSampleUs, Number MaxSampleUs)
{
    /// <summary>No tuning.</summary>
    public static IntervalsGoal Off { get; } = new(0, 0, 0, 0);

    /// <summary>What <c>--monitoring_intervals_autotune</c> stands for: 4 %, 3 aggregations, 5 ms to 10 s.</summary>
    public static IntervalsGoal Autotune { get; } = new(400, 3, 5_000, 10_000_000);
}

/// <summary>Bounds of the number of monitoring regions; damo does not check their order.</summary>
/// <param name="Min">Lower bound.</param>
/// <param name="Max">Upper bound.</param>
public sealed record NrRegions(Number Min, Number Max)
{
    /// <summary>10 to 1,000.</summary>
    public static NrRegions Default { get; } = new(10, 1_000);
}

/// <summary>A probe: counts pages with an attribute beside the accesses.</summary>
/// <param name="Filters">First match decides.</param>
public sealed record Probe(Sequence<ProbeFilter> Filters)
{
    /// <summary>
    /// What a hit counts for when regions are told apart by attributes; all 0: they are told apart by accesses. The kernel has it, damo
    /// has no word for it yet: it stands under the kernel's name, and only when it is not 0.
    /// </summary>
    public Number Weight { get; init; } = Number.Zero;
}

/// <summary>One filter of a probe.</summary>
/// <param name="FilterType">anon, memcg, or another word that is passed through.</param>
/// <param name="Matching">True to match pages of the type, false for all others.</param>
/// <param name="Allow">True to let matching pages pass.</param>
/// <param name="Path">Control group path of a memcg filter; null otherwise.</param>
public sealed record ProbeFilter(string FilterType, bool Matching, bool Allow, string? Path);

/// <summary>Sampling control of damon/next kernels; mainline kernels ignore it.</summary>
/// <param name="PageTable">Page table accessed bits are used.</param>
/// <param name="PageFault">Page fault reports are used.</param>
/// <param name="Filters">Filters of the reports.</param>
public sealed record SampleControl(bool PageTable, bool PageFault, Sequence<SampleFilter> Filters)
{
    /// <summary>Page tables only: the mainline behaviour.</summary>
    public static SampleControl Default { get; } = new(true, false, []);
}

/// <summary>A filter of access reports (damon/next).</summary>
/// <param name="FilterType">write, cpumask or threads.</param>
/// <param name="Matching">True to match reports of the type.</param>
/// <param name="Allow">True to let matching reports pass.</param>
/// <param name="Cpumask">List of CPUs, as given; null when not of that type.</param>
/// <param name="TidArr">List of thread ids, as given; null when not of that type.</param>
public sealed record SampleFilter(string FilterType, bool Matching, bool Allow, string? Cpumask, string? TidArr);
