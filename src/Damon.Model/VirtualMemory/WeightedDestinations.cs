using System.Collections.Immutable;
using Damon.Model.Schemes;

namespace Damon.Model.VirtualMemory;

/// <summary>
/// Where the folios of a virtual address space belong (spec 10 and 14): with destinations, each folio has one right place
/// that follows from its interleave index and the weights alone, so that applying the same weights again moves nothing.
/// </summary>
public sealed class WeightedDestinations
{
    /// <summary>No list: the folio stays where it is.</summary>
    public const int Nowhere = -1;

    private readonly ImmutableArray<MigrationDestination> _destinations;
    private readonly uint _totalWeight;

    /// <summary>Takes a scheme's destinations.</summary>
    /// <param name="destinations">The destinations; empty: everything goes to the one target node of the scheme.</param>
    public WeightedDestinations(ImmutableArray<MigrationDestination> destinations)
    {
        _destinations = destinations;
        foreach (MigrationDestination destination in destinations) unchecked { _totalWeight += destination.Weight; }
    }

    /// <summary>The number of lists that folios are put on: one for each destination, or one for the target node.</summary>
    public int NrLists => Math.Max(1, _destinations.Length);

    /// <summary>Where the folios of a list go.</summary>
    /// <param name="list">Index of the list.</param>
    /// <param name="targetNode">The scheme's target node, for a scheme without destinations.</param>
    public NodeId NodeOf(int list, NodeId targetNode) => _destinations.IsEmpty ? targetNode : _destinations[list].Node;

    /// <summary>The list that a folio is put on.</summary>
    /// <param name="interleaveIndex">See <see cref="Vma.InterleaveIndex(ulong)"/>.</param>
    /// <param name="node">The node that the folio is on.</param>
    /// <returns><see cref="Nowhere"/> when it is on the right node already, or when all weights are 0.</returns>
    public int ListOf(ulong interleaveIndex, NodeId node)
    {
        if (_destinations.IsEmpty) return 0;
        if (_totalWeight == 0) return Nowhere;
        uint rest = (uint)(interleaveIndex % _totalWeight);
        int list = 0;
        while (rest >= _destinations[list].Weight) rest -= _destinations[list++].Weight;
        return _destinations[list].Node == node ? Nowhere : list;
    }
}
