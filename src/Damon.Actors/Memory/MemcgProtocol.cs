using Damon.Model;
using Damon.Model.Memory;

namespace Damon.Actors.Memory;

/// <summary>Tells a memcg where pages of its processes went; answered by <see cref="Done"/>.</summary>
/// <param name="Owners">The pages, in the host's numbering.</param>
/// <param name="Pfns">
/// Their frames from now on; <see cref="NodeMemory.NoPfn"/>: reclaimed for good; a <see cref="SwapEntry"/>: reclaimed, and back when touched.
/// </param>
public readonly record struct RemapPages(ReadOnlyMemory<uint> Owners, ReadOnlyMemory<ulong> Pfns);

/// <summary>Asks a memcg to allocate the not resident pages of a range; answered by <see cref="PagesChanged"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="FirstPage">First page.</param>
/// <param name="Count">Number of pages.</param>
/// <param name="Node">Where memory is taken.</param>
/// <param name="Fallback">Where else; null: nowhere.</param>
/// <param name="Flags">What the folios are like.</param>
/// <param name="Huge">Whether they are huge.</param>
/// <param name="Stride">From one page to the next; 0 and 1 both mean a contiguous run.</param>
public readonly record struct AllocatePages(
    int Process, uint FirstPage, uint Count, NodeId Node, NodeId? Fallback, FolioFlags Flags, bool Huge, uint Stride = 1);

/// <summary>Asks a memcg to free the resident pages of a range; answered by <see cref="PagesChanged"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="FirstPage">First page.</param>
/// <param name="Count">Number of pages.</param>
public readonly record struct FreePages(int Process, uint FirstPage, uint Count);

/// <summary>Asks a memcg for its usage on a node; answered by a <see cref="MemcgUsage"/>.</summary>
/// <param name="Node">The node.</param>
public readonly record struct ReadUsageOnNode(NodeId Node);

/// <summary>Asks a memcg to feed the page table of a process to a placement hash; answered by the hash.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Hash">The hash so far.</param>
public readonly record struct HashPlacement(int Process, ulong Hash);
