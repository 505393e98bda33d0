using Damon.Model.Memory;

namespace Damon.Model.Workloads;

/// <summary>One step of a process's memory use.</summary>
/// <param name="AtUs">When, in us of virtual time.</param>
/// <param name="Kind">What happens.</param>
/// <param name="FirstPage">The first page.</param>
/// <param name="Count">The number of pages.</param>
/// <param name="Flags">For allocations: the folios' kind (Anon, Unevictable, Mapped, Active).</param>
/// <param name="Stride">For allocations: the distance from one page to the next; 0 and 1 both mean a contiguous run.</param>
public readonly record struct MemoryEvent(
    long AtUs, MemoryEventKind Kind, uint FirstPage, uint Count, FolioFlags Flags, uint Stride = 1);
