using System.Collections.Immutable;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Workloads;

namespace Damon.Actors.Memory;

/// <summary>Asks a node to make the folios at these addresses old; answered by <see cref="Done"/>.</summary>
/// <param name="Addresses">Physical addresses, bytes.</param>
public readonly record struct MarkOld(ReadOnlyMemory<ulong> Addresses);

/// <summary>Asks a node which folios were touched since they were made old; answered by their number.</summary>
/// <param name="Addresses">Physical addresses, bytes.</param>
/// <param name="Young">Takes the answer, address by address.</param>
public readonly record struct CheckYoung(ReadOnlyMemory<ulong> Addresses, Memory<bool> Young);

/// <summary>Asks a node to let probes look at the folios at these addresses; answered by <see cref="Done"/>.</summary>
/// <param name="Addresses">Physical addresses, bytes.</param>
/// <param name="Probes">The probes; a hit of probe i is bit i.</param>
/// <param name="Hits">Takes the hits, address by address.</param>
public readonly record struct ProbeFolios(
    ReadOnlyMemory<ulong> Addresses, ImmutableArray<Probe> Probes, Memory<byte> Hits);

/// <summary>Asks a node to walk over a range folio by folio; answered by a <see cref="WalkResult"/>.</summary>
/// <param name="Request">The walk.</param>
public readonly record struct WalkFolios(WalkRequest Request);

/// <summary>Asks a node to reclaim what the last walk gathered; answered by <see cref="PagesChanged"/>.</summary>
public readonly record struct ReclaimGathered;

/// <summary>Asks a node to migrate what the last walk gathered; answered by <see cref="PagesChanged"/>.</summary>
/// <param name="Target">Where to.</param>
public readonly record struct MigrateGathered(NodeId Target);

/// <summary>How many frames a reclaim or migration freed or moved.</summary>
/// <param name="Pages">Frames.</param>
public readonly record struct PagesChanged(ulong Pages);

/// <summary>Asks a node to take in folios from another one; answered by <see cref="PagesChanged"/>.</summary>
/// <param name="Folios">The folios, in the order in which they take frames.</param>
/// <param name="NewPfns">Takes their new frames; <see cref="NodeMemory.NoPfn"/>: there was no room.</param>
public readonly record struct AdoptFolios(ReadOnlyMemory<FolioRecord> Folios, Memory<ulong> NewPfns);

/// <summary>Asks a node for frames for the pages of a process; answered by their number.</summary>
/// <param name="FirstOwner">The first page, in the host's numbering.</param>
/// <param name="Wanted">Which of the pages from there on are wanted.</param>
/// <param name="Template">What the folios are like.</param>
/// <param name="Pfns">Takes the frames; <see cref="NodeMemory.NoPfn"/>: not wanted, or there was no room.</param>
public readonly record struct AllocateFolios(
    uint FirstOwner, ReadOnlyMemory<bool> Wanted, FolioTemplate Template, Memory<ulong> Pfns);

/// <summary>Asks a node to put folios at given frames; answered by <see cref="Done"/>.</summary>
/// <param name="FirstPfn">The first frame.</param>
/// <param name="PfnStep">Frames from one folio to the next.</param>
/// <param name="FirstOwner">The first folio's page, in the host's numbering.</param>
/// <param name="Count">How many folios.</param>
/// <param name="Template">What they are like.</param>
public readonly record struct PlaceFolios(ulong FirstPfn, ulong PfnStep, uint FirstOwner, uint Count, FolioTemplate Template);

/// <summary>Asks a node to free folios; answered by <see cref="Done"/>.</summary>
/// <param name="Pfns">Their first frames.</param>
public readonly record struct FreeFolios(ReadOnlyMemory<ulong> Pfns);

/// <summary>Asks a node to let a balloon hold so many frames; answered by <see cref="Done"/>.</summary>
/// <param name="Pages">Frames.</param>
public readonly record struct InflateBalloon(ulong Pages);

/// <summary>Takes free frames away from a node, or gives such back; answered by <see cref="NodeResized"/>.</summary>
/// <param name="Taken">How many frames go.</param>
/// <param name="Added">How many frames come back.</param>
public readonly record struct ResizeNode(ulong Taken, ulong Added);

/// <summary>Whether a node could be resized.</summary>
/// <param name="Error">Why not, with nothing changed; null: done.</param>
public readonly record struct NodeResized(string? Error);

/// <summary>Publishes to a node how the pages of a process are touched; answered by <see cref="Done"/>.</summary>
/// <param name="BasePage">The process's first page, in the host's numbering.</param>
/// <param name="Pattern">The pattern.</param>
public readonly record struct PublishPattern(uint BasePage, ProcessPattern Pattern);

/// <summary>Asks a node for its usage; answered by a <see cref="NodeUsage"/>.</summary>
public readonly record struct ReadNodeUsage;

/// <summary>A node's usage, frames.</summary>
/// <param name="Total">All frames.</param>
/// <param name="Free">Free ones.</param>
/// <param name="ActiveLru">On the active lists.</param>
/// <param name="InactiveLru">On the inactive lists.</param>
/// <param name="MigratedIn">Migrated to the node so far.</param>
/// <param name="MigratedOut">Migrated from the node so far.</param>
/// <param name="Reclaimed">Reclaimed so far.</param>
public readonly record struct NodeUsage(
    ulong Total, ulong Free, ulong ActiveLru, ulong InactiveLru, ulong MigratedIn, ulong MigratedOut, ulong Reclaimed);

/// <summary>Asks a node for the length of its LRU lists; answered by an array by <see cref="LruList"/>, frames.</summary>
public readonly record struct ReadLruLists;

/// <summary>Asks a node for what it holds of a cgroup; answered by a <see cref="MemcgUsage"/>.</summary>
/// <param name="Memcg">The cgroup.</param>
public readonly record struct ReadMemcgUsage(MemcgId Memcg);

/// <summary>A cgroup's memory on a node, frames.</summary>
/// <param name="Lru">On evictable LRU lists: what goals see.</param>
/// <param name="Resident">In any state.</param>
public readonly record struct MemcgUsage(ulong Lru, ulong Resident);

/// <summary>Asks a node how many bytes of LRU folios lie in ranges; answered by a number.</summary>
/// <param name="Ranges">Physical ranges, [start, end) bytes.</param>
public readonly record struct SumLruBytes(ReadOnlyMemory<(ulong Start, ulong End)> Ranges);

/// <summary>Asks a node to count its pages in ranges by kind; answered by <see cref="Done"/>.</summary>
/// <param name="Ranges">Physical ranges, [start, end) bytes; parts that other nodes have are left out.</param>
/// <param name="Tallies">Get the pages added, range by range.</param>
public readonly record struct CountPages(ReadOnlyMemory<AddressRange> Ranges, ReadOnlyMemory<PageTally> Tallies);

/// <summary>Asks a node or a memcg how many bytes its arrays take in the simulator itself; answered by a number.</summary>
public readonly record struct ReadFootprint;
