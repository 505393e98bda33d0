namespace Damon.Actors.Memory;

/// <summary>Asks a memcg to fold copies of its page tables, before a snapshot; answered by how many folios they have.</summary>
/// <param name="Whole">Whether the copies are to stay whole.</param>
public readonly record struct FoldTables(bool Whole);

/// <summary>
/// Asks a node to bring what it remembers of touches into the shortest form, and to let the memcgs fold the places of its pages; answered by
/// <see cref="PlacesFolded"/>.
/// </summary>
public readonly record struct FoldMemory;

/// <summary>Whether a node and the memcgs agree on where pages are.</summary>
/// <param name="Told">Pages that the node has.</param>
/// <param name="Folded">Pages that are there for their memcg too.</param>
public readonly record struct PlacesFolded(ulong Told, ulong Folded);

/// <summary>Asks a memcg to fold the places of pages; answered by how many are there for it too.</summary>
/// <param name="Owners">The pages, in the host's numbering.</param>
/// <param name="Pfns">Their frames.</param>
public readonly record struct FoldPlaces(ReadOnlyMemory<uint> Owners, ReadOnlyMemory<ulong> Pfns);

/// <summary>Asks a node of a loaded host to tell the memcgs where their pages are; answered by <see cref="Done"/>.</summary>
public readonly record struct UnfoldMemory;

/// <summary>Tells a memcg of a loaded host where pages are; answered by <see cref="Done"/>.</summary>
/// <param name="Owners">The pages, in the host's numbering.</param>
/// <param name="Pfns">Their frames.</param>
public readonly record struct UnfoldPlaces(ReadOnlyMemory<uint> Owners, ReadOnlyMemory<ulong> Pfns);

/// <summary>Tells a memcg that a snapshot is written, or that its loaded tables are complete; answered by <see cref="Done"/>.</summary>
public readonly record struct EndFolding;
