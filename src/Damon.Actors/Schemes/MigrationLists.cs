using System.Buffers;
using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Schemes;

/// <summary>
/// The folios that a walk picked for migration, one list for each destination. The lists are moved in the order of the
/// destinations, each in runs of folios that are on the same node (spec 14).
/// </summary>
internal sealed class MigrationLists
{
    private readonly HostMap _map;
    private readonly NodeId _targetNode;
    private readonly WeightedDestinations _destinations;
    private readonly ArrayBufferWriter<ulong>[] _lists;

    /// <param name="map">Who is who.</param>
    /// <param name="destinations">The weighted destinations; empty: all goes to the target node.</param>
    /// <param name="targetNode">The target node.</param>
    public MigrationLists(HostMap map, ImmutableArray<MigrationDestination> destinations, NodeId targetNode)
    {
        _map = map;
        _targetNode = targetNode;
        _destinations = new WeightedDestinations(destinations);
        _lists = [.. Enumerable.Range(0, _destinations.NrLists).Select(_ => new ArrayBufferWriter<ulong>())];
    }

    /// <summary>Whether a folio is to stay where it is, whatever else there is to know of it.</summary>
    public bool Leaves(in MappedFolio folio) => ListOf(folio) == WeightedDestinations.Nowhere;

    /// <summary>Puts a folio that is on the LRU on the list of its destination, unless it is there already.</summary>
    public void Add(in MappedFolio folio)
    {
        int list = ListOf(folio);
        if (list != WeightedDestinations.Nowhere) _lists[list].Write([folio.Pfn << _map.PageShift]);
    }

    /// <summary>Moves what is on the lists and empties them.</summary>
    /// <returns>The number of frames that moved.</returns>
    public ulong Migrate()
    {
        ulong pages = 0;
        for (int i = 0; i < _lists.Length; i++)
        {
            pages += Migrate(_lists[i].WrittenMemory, _destinations.NodeOf(i, _targetNode));
            _lists[i].ResetWrittenCount();
        }

        return pages;
    }

    private int ListOf(in MappedFolio folio) =>
        _destinations.ListOf(folio.InterleaveIndex, new NodeId(_map.NodeIndexAt(folio.Pfn << _map.PageShift)));

    private ulong Migrate(ReadOnlyMemory<ulong> list, NodeId target)
    {
        ulong pages = 0;
        while (!list.IsEmpty)
        {
            NodeEntry source = _map.Nodes[_map.NodeIndexAt(list.Span[0])];
            int count = 1;
            while (count < list.Length && source.Contains(list.Span[count])) count++;
            pages += MigrateRun(source.Node, list[..count], target);
            list = list[count..];
        }

        return pages;
    }

    private static ulong MigrateRun(ActorRef source, ReadOnlyMemory<ulong> run, NodeId target)
    {
        source.Ask<GatherFolios, Done>(new GatherFolios(run, UnevictableToo: true));
        return source.Ask<MigrateGathered, PagesChanged>(new MigrateGathered(target)).Pages;
    }
}
