using Damon.Model.Memory;

namespace Damon.Actors.Memory;

/// <summary>
/// Asks a node which folios that a page table maps were touched since they were made old, on the LRU or not; answered by
/// <see cref="Done"/>.
/// </summary>
/// <param name="Addresses">Physical addresses of their first frames.</param>
/// <param name="Young">Takes the answer, address by address.</param>
public readonly record struct CheckMappedFolios(ReadOnlyMemory<ulong> Addresses, Memory<bool> Young);

/// <summary>Asks a node to let filters judge folios; answered by <see cref="Done"/>.</summary>
/// <param name="Addresses">Physical addresses of their first frames.</param>
/// <param name="Filters">The filters.</param>
/// <param name="Verdicts">Takes the answer, address by address.</param>
public readonly record struct JudgeFolios(
    ReadOnlyMemory<ulong> Addresses, FolioFilterSet Filters, Memory<FolioVerdict> Verdicts);

/// <summary>Asks a node to count folios that a page table maps by kind; answered by <see cref="Done"/>.</summary>
/// <param name="Addresses">Physical addresses of their first frames.</param>
/// <param name="Bytes">How much of each is meant, side by side with the addresses.</param>
/// <param name="Tally">Gets them added.</param>
public readonly record struct CountMappedFolios(ReadOnlyMemory<ulong> Addresses, ReadOnlyMemory<uint> Bytes, PageTally Tally);

/// <summary>Asks a node to take folios off the LRU and gather them for reclaim or migration; answered by <see cref="Done"/>.</summary>
/// <param name="Addresses">Physical addresses of their first frames, in the order of a walk.</param>
/// <param name="UnevictableToo">Whether unevictable ones are gathered as well.</param>
public readonly record struct GatherFolios(ReadOnlyMemory<ulong> Addresses, bool UnevictableToo);

/// <summary>Asks a node to make folios look unused to reclaim (MADV_COLD); answered by <see cref="Done"/>.</summary>
/// <param name="Addresses">Physical addresses of their first frames.</param>
public readonly record struct CoolFolios(ReadOnlyMemory<ulong> Addresses);
