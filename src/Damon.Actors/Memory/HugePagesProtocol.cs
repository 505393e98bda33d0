using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Memory;

/// <summary>Gives a memcg advice about huge pages in a range of a process (MADV_HUGEPAGE, MADV_NOHUGEPAGE); answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Range">The range, bytes.</param>
/// <param name="Advice">The advice.</param>
public readonly record struct AdviseHugePages(int Process, AddressRange Range, HugePageAdvice Advice);

/// <summary>
/// Asks a memcg to make huge pages of a range of a process now (MADV_COLLAPSE); answered by whether all blocks of the range are huge then.
/// </summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Range">The range, bytes.</param>
public readonly record struct CollapseBlocks(int Process, AddressRange Range);

/// <summary>Asks a memcg to split the huge pages that lie across the ends of a range of a process; answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Range">The range, bytes.</param>
public readonly record struct SplitAtEnds(int Process, AddressRange Range);

/// <summary>
/// Asks a memcg to look through a process for blocks that can be collapsed, and to collapse them; answered by <see cref="BlocksScanned"/>.
/// </summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="From">Where to go on, bytes.</param>
/// <param name="Blocks">How many blocks to look at, at most.</param>
public readonly record struct ScanBlocks(int Process, ulong From, uint Blocks);

/// <summary>How far a look for blocks came.</summary>
/// <param name="Looked">How many blocks were looked at.</param>
/// <param name="Next">Where to go on, bytes; <see cref="End"/>: the process is through.</param>
public readonly record struct BlocksScanned(uint Looked, ulong Next)
{
    /// <summary>Behind all addresses.</summary>
    public const ulong End = ulong.MaxValue;
}

/// <summary>Asks a memcg how much of a process is in huge pages, and what that wastes; answered by <see cref="HugePageUse"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct ReadHugePages(int Process);

/// <summary>What a process has of huge pages, and what became of them since it started.</summary>
/// <param name="ResidentPages">Pages in memory, in frames as all these.</param>
/// <param name="TouchedPages">Those of them that the program has touched itself; the others are bloat.</param>
/// <param name="HugePages">Those of them that 2 MiB folios map.</param>
/// <param name="Counts">What happened so far.</param>
public readonly record struct HugePageUse(uint ResidentPages, uint TouchedPages, uint HugePages, HugePageCounts Counts);

/// <summary>What became of a process's huge pages, as /proc/vmstat counts it for a host.</summary>
/// <param name="Faults">Faults that a huge page answered (thp_fault_alloc).</param>
/// <param name="Fallbacks">Those that one should have answered, but there was none (thp_fault_fallback).</param>
/// <param name="Collapses">Blocks that were collapsed (thp_collapse_alloc).</param>
/// <param name="FailedCollapses">Blocks that could not be, for want of a huge page (thp_collapse_alloc_failed).</param>
/// <param name="Splits">Huge pages that were split (thp_split_page).</param>
public readonly record struct HugePageCounts(ulong Faults, ulong Fallbacks, ulong Collapses, ulong FailedCollapses, ulong Splits);

/// <summary>Asks a node to split huge folios into their frames; answered by <see cref="Done"/>.</summary>
/// <param name="Pfns">Their first frames.</param>
public readonly record struct SplitFolios(ReadOnlyMemory<ulong> Pfns);

/// <summary>Told to khugepaged by its own timer: it wakes up.</summary>
public readonly record struct ScanDue;

/// <summary>Asks khugepaged where it is; answered by a hash of that.</summary>
public readonly record struct HashKhugepaged;
