using System.Collections.Immutable;

namespace Damon.Scenarios.Running;

/// <summary>What moved between two changes from outside to a host, or before the first or after the last.</summary>
/// <param name="FromUs">When it begins, us.</param>
/// <param name="ToUs">When it ends, us.</param>
/// <param name="MigratedBytes">Bytes that migrated in it, of whoever.</param>
/// <param name="LastMigrationUs">The reading by which the last of them had migrated, us; null: nothing did.</param>
/// <param name="Processes">By followed process.</param>
/// <param name="Nodes">By node: its bandwidth; empty where memory costs nothing, or before a window of the cost model was over.</param>
public sealed record Period(
    ulong FromUs,
    ulong ToUs,
    ulong MigratedBytes,
    ulong? LastMigrationUs,
    ImmutableArray<ProcessPeriod> Processes,
    ImmutableArray<NodePeriod> Nodes)
{
    /// <summary>How long nothing has moved at the end, us.</summary>
    public ulong QuietUs => ToUs - (LastMigrationUs ?? FromUs);

    /// <summary>The share of all traffic that a node had, 0..1; 0 where there was none.</summary>
    public double TrafficShare(int node)
    {
        double all = Nodes.Sum(one => one.BytesPerSecond);
        return all == 0 ? 0 : Nodes[node].BytesPerSecond / all;
    }

    /// <summary>The share that the weights give a node, 0..1; null: there are none, or followed processes have different ones.</summary>
    public double? WeightShare(int node)
    {
        double?[] shares = [.. Processes.Select(process => process.WeightShare(node)).OfType<double>().Distinct()];
        return shares.Length == 1 ? shares[0] : null;
    }
}

/// <summary>A followed process in a <see cref="Period"/>.</summary>
/// <param name="Process">The process.</param>
/// <param name="MovedBytes">Bytes of all its moves.</param>
/// <param name="MovedFolios">Folios that moved at least once in the period.</param>
/// <param name="MovedAgain">Folios that moved more than once in the period.</param>
/// <param name="HotBytesByNode">Where its hottest memory is at the end, bytes by node.</param>
/// <param name="Weights">By node: the weights that hold for it at the end; empty: none.</param>
public sealed record ProcessPeriod(
    FollowedProcess Process,
    ulong MovedBytes,
    ulong MovedFolios,
    ulong MovedAgain,
    ImmutableArray<ulong> HotBytesByNode,
    ImmutableArray<ulong> Weights)
{
    /// <summary>The share of its hottest memory that is on a node, 0..1.</summary>
    public double Share(int node) => (double)HotBytesByNode[node] / Math.Max(1, HotBytesByNode.Aggregate(0UL, (sum, bytes) => sum + bytes));

    /// <summary>The share that the weights give a node, 0..1; null: there are no weights.</summary>
    public double? WeightShare(int node)
    {
        double total = Weights.Aggregate(0UL, (sum, weight) => sum + weight);
        return total == 0 ? null : Weights[node] / total;
    }

    /// <summary>How far the shares are from the weights, at the node where it is most, 0..1; null: there are no weights.</summary>
    public double? OffWeights => Weights.Select((_, node) => WeightShare(node) is { } share ? Math.Abs(Share(node) - share) : (double?)null).Max();
}
