using System.Collections.Immutable;
using Damon.Model.Memory;

namespace Damon.Model.Workloads;

/// <summary>A program, described by a few numbers.</summary>
/// <param name="Size">The memory that it uses at most.</param>
public abstract record Workload(Bytes Size)
{
    /// <summary>Whether its memory is file-backed rather than anonymous.</summary>
    public bool FileBacked { get; init; }

    /// <summary>Whether its memory is mapped by 2 MiB folios.</summary>
    public bool Huge { get; init; }

    /// <summary>The share of its accesses that write, 0..100.</summary>
    public int WritePercent { get; init; } = 50;

    /// <summary>When the program comes to its end by itself, us of virtual time; null: it never does.</summary>
    public virtual long? ExitUs => null;

    /// <summary>How far it is in its course at time 0, us. Only strictly periodic programs can be ahead.</summary>
    public long AheadUs { get; init; }

    /// <summary>Works out the plan on a machine.</summary>
    /// <param name="pageShift">log2 of the size of the machine's frames.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number makes no sense; it is named.</exception>
    public WorkloadPlan Plan(int pageShift)
    {
        int shift = Huge ? NodeMemory.HugeShift : pageShift;
        ulong pages = Size.ToPages(shift);
        ArgumentOutOfRangeException.ThrowIfZero(pages, nameof(Size));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pages, (ulong)int.MaxValue, nameof(Size));
        uint count = (uint)pages;
        return new WorkloadPlan(shift, new ProcessPattern(count, [.. RulesFromStart(count, shift)]), [.. Events(count, shift)]);
    }

    private IEnumerable<AccessRule> RulesFromStart(uint pages, int pageShift)
    {
        IEnumerable<AccessRule> rules = Rules(pages, pageShift);
        return AheadUs == 0 ? rules : rules.Cast<TouchRule>().SelectMany(rule => rule.AheadBy(AheadUs));
    }

    /// <summary>How the pages are used.</summary>
    /// <param name="pages">The number of pages.</param>
    /// <param name="pageShift">log2 of their size.</param>
    private protected abstract IEnumerable<AccessRule> Rules(uint pages, int pageShift);

    /// <summary>When the pages come and go: as a rule all come at the start.</summary>
    /// <param name="pages">The number of pages.</param>
    /// <param name="pageShift">log2 of their size.</param>
    private protected virtual IEnumerable<MemoryEvent> Events(uint pages, int pageShift) => [Allocation(0, 0, pages)];

    private protected virtual FolioFlags Kind => FolioFlags.Mapped | (FileBacked ? FolioFlags.None : FolioFlags.Anon);

    private protected MemoryEvent Allocation(long atUs, uint first, uint count) =>
        new(atUs, MemoryEventKind.Allocate, first, count, Kind);

    private protected MemoryEvent Allocation(long atUs, PageSet pages) =>
        new(atUs, MemoryEventKind.Allocate, pages.First, pages.Count, Kind, pages.Stride);

    private protected static MemoryEvent Freeing(long atUs, uint first, uint count) =>
        new(atUs, MemoryEventKind.Free, first, count, FolioFlags.None);
}
