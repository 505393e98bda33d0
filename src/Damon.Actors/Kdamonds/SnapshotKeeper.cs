using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;

namespace Damon.Actors.Kdamonds;

/// <summary>Asks for the regions of a kdamond at its last aggregation; answered by <see cref="RegionSample"/>s.</summary>
/// <param name="Kdamond">Index of the kdamond.</param>
public readonly record struct ReadSnapshot(int Kdamond);

/// <summary>
/// Observes kdamonds and keeps the regions of each as they were at its last aggregation: merged, with full counters, as a scheme
/// sees them, and not yet split. No part of the simulated kernel.
/// </summary>
/// <param name="nrKdamonds">How many kdamonds there are.</param>
internal sealed class SnapshotKeeper(int nrKdamonds) : Actor,
    IRespond<KdamondMoment, Done>,
    IRespond<ReadSnapshot, ImmutableArray<RegionSample>>
{
    private readonly List<RegionSample>[] _snapshots = [.. Enumerable.Range(0, nrKdamonds).Select(_ => new List<RegionSample>())];

    /// <inheritdoc/>
    public Done Respond(in KdamondMoment request)
    {
        if (request.Kind != MomentKind.Aggregated) return default;
        _snapshots[request.Kdamond] = RegionSample.Of(request.Context);
        return default;
    }

    /// <inheritdoc/>
    public ImmutableArray<RegionSample> Respond(in ReadSnapshot request) => [.. _snapshots[request.Kdamond]];
}
