using System.Collections.Immutable;

namespace Damon.Model.Schemes;

/// <summary>A destination of migrate actions in virtual address spaces and its weight (spec 10).</summary>
/// <param name="Node">The node.</param>
/// <param name="Weight">Its weight.</param>
public sealed record MigrationDestination(NodeId Node, uint Weight);

/// <summary>A DAMON-based operation scheme as the kernel gets it: counts in samples and aggregations (spec 7).</summary>
public sealed record SchemeSettings
{
    /// <summary>What is done.</summary>
    public required SchemeAction Action { get; init; }

    /// <summary>To which regions.</summary>
    public AccessPattern Pattern { get; init; } = AccessPattern.Any;

    /// <summary>How often, us; 0: every aggregation.</summary>
    public ulong ApplyIntervalUs { get; init; }

    /// <summary>How much.</summary>
    public QuotaSettings Quota { get; init; } = QuotaSettings.None;

    /// <summary>Core and operations filters together, each kind in order of installation.</summary>
    public ImmutableArray<SchemeFilter> Filters { get; init; } = [];

    /// <summary>When.</summary>
    public Watermarks Watermarks { get; init; } = Watermarks.None;

    /// <summary>Where migrate actions go; a node that does not exist moves nothing.</summary>
    public NodeId TargetNode { get; init; } = new(-1);

    /// <summary>Weighted destinations of migrate actions in virtual address spaces; empty: <see cref="TargetNode"/>.</summary>
    public ImmutableArray<MigrationDestination> Destinations { get; init; } = [];

    /// <summary>Snapshots the scheme is applied to at most; 0: no limit.</summary>
    public ulong MaxNrSnapshots { get; init; }
}
