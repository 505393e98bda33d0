using System.Collections.Immutable;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>Which address space a kdamond monitors (spec 10).</summary>
public enum OperationsKind
{
    /// <summary>The physical address space.</summary>
    Paddr,

    /// <summary>The virtual address spaces of processes.</summary>
    Vaddr,

    /// <summary>Fixed ranges of virtual address spaces.</summary>
    Fvaddr,

    /// <summary>A synthetic space whose accesses are a formula: the goldens'.</summary>
    Synthetic,
}

/// <summary>A kdamond with its one context (spec 2).</summary>
public sealed record KdamondSettings
{
    /// <summary>Seed of the context's random stream; when not given it derives from the run's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>When it is turned on, us of virtual time.</summary>
    public ulong StartAtUs { get; init; }

    /// <summary>The monitored address space.</summary>
    public OperationsKind Operations { get; init; }

    /// <summary>The accesses of a synthetic space.</summary>
    public SyntheticAccesses Synthetic { get; init; } = SyntheticAccesses.None;

    /// <summary>Intervals and region counts.</summary>
    public required MonitoringAttributes Attributes { get; init; }

    /// <summary>Bytes of one core address unit; virtual address spaces pay no regard to it.</summary>
    public ulong AddrUnit { get; init; } = 1;

    /// <summary>Bytes of one core address unit in force.</summary>
    public ulong UnitBytes => IsVirtual ? 1 : AddrUnit;

    /// <summary>Whether the monitored address spaces are those of processes.</summary>
    public bool IsVirtual => Operations is OperationsKind.Vaddr or OperationsKind.Fvaddr;

    /// <summary>Smallest region, core address units; a power of two.</summary>
    public ulong MinRegionSize { get; init; } = 4096;

    /// <summary>The monitoring targets.</summary>
    public required ImmutableArray<TargetSettings> Targets { get; init; }

    /// <summary>The data attribute probes.</summary>
    public ImmutableArray<Probe> Probes { get; init; } = [];

    /// <summary>How often all pages are counted; null: never. Not changed by commits.</summary>
    public PageCounting? PageCounting { get; init; }

    /// <summary>The schemes.</summary>
    public ImmutableArray<SchemeSettings> Schemes { get; init; } = [];
}

/// <summary>A monitoring target: ranges, and for virtual address spaces a process.</summary>
/// <param name="Ranges">Initial ranges, [start, end) in core address units.</param>
/// <param name="Process">Name of the process; null for the physical address space.</param>
/// <param name="Obsolete">In an online commit: the target at this place is to go, and those behind it move up (spec 12).</param>
/// <param name="Cgroup">Path of a cgroup whose processes, and those of its children, are followed instead; an extension.</param>
public sealed record TargetSettings(
    ImmutableArray<AddressRange> Ranges, string? Process = null, bool Obsolete = false, string? Cgroup = null);
