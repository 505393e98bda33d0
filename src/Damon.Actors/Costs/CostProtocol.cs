using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Costs;

namespace Damon.Actors.Costs;

/// <summary>Told to a host's cost meter by its own timer: a window is over.</summary>
public readonly record struct CloseWindow;

/// <summary>Asks a cost meter for what the last whole window showed; answered by a <see cref="CostReading"/>.</summary>
public readonly record struct ReadCosts;

/// <summary>Asks a cost meter for all that moved from and to the nodes; answered by <see cref="NodeTraffic"/>.</summary>
public readonly record struct ReadNodeTraffic;

/// <summary>What moved from and to the nodes since the start: accesses, migrations, reclaim and refaults.</summary>
/// <param name="Bytes">By node, bytes.</param>
/// <param name="UntilUs">Up to when that is known, us: the end of the last whole window.</param>
public sealed record NodeTraffic(ImmutableArray<ulong> Bytes, ulong UntilUs);

/// <summary>What a cost meter found.</summary>
/// <param name="Nodes">By node.</param>
/// <param name="Tenants">By memory cgroup of the settings.</param>
public sealed record CostReading(ImmutableArray<NodeLoadSample> Nodes, ImmutableArray<TenantSample> Tenants)
{
    /// <summary>What translating addresses took, by process; empty where it costs nothing.</summary>
    public ImmutableArray<WalkSample> Walks { get; init; } = [];
}

/// <summary>
/// Asks a memcg how a process uses memory; answered by <see cref="ProcessUse"/>.
/// </summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="FromUs">Begin of a window, exclusive, us.</param>
/// <param name="ToUs">Its end, us.</param>
/// <param name="MicroAccessesByNode">Gets the accesses in the window added, in millionths, by node.</param>
public readonly record struct ReadProcessUse(int Process, long FromUs, long ToUs, Memory<UInt128> MicroAccessesByNode);

/// <summary>How a process uses memory.</summary>
/// <param name="Traffic">All of it so far.</param>
/// <param name="Walks">What page walks took in the window.</param>
public readonly record struct ProcessUse(MemoryTraffic Traffic, WalkTime Walks);
