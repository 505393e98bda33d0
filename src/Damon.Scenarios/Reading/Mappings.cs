using System.Collections.Immutable;
using Damon.Model;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;
using Damon.Model.Workloads.Replays;

namespace Damon.Scenarios.Reading;

/// <summary>A mapping of a program.</summary>
/// <param name="Address">Its first address, bytes.</param>
/// <param name="Size">Its size, bytes.</param>
/// <param name="Offset">Where in the mapped object it begins, bytes; null: 0 for a file, the address for anonymous memory.</param>
internal sealed record Mapping(ulong Address, ulong Size, ulong? Offset);

/// <summary>
/// The address space of a program: its mappings, in the order in which its memory fills them. A program that says nothing of
/// mappings has a page of text and a page of stack besides, so that there are gaps for vaddr to leave out.
/// </summary>
/// <param name="All">The mappings; the first one leads the others to another address.</param>
/// <param name="AreOwn">Whether they are the program's own, all that there are.</param>
internal sealed record Mappings(ImmutableArray<Mapping> All, bool AreOwn)
{
    private const ulong TextStart = 4UL << 20;
    private const ulong StackEnd = 1UL << 47;

    /// <summary>The virtual pages that the mappings have, those without memory included.</summary>
    public static uint PageCount(VmaLayout layout) => (uint)layout.Vmas.Max(vma => vma.FirstPage + vma.PageCount);

    /// <summary>The kernel's view of the mappings.</summary>
    /// <param name="workload">What fills them.</param>
    /// <param name="pageShift">Bits of an address inside a page.</param>
    /// <param name="address">Where the first mapping lies; null: where it says.</param>
    public VmaLayout Layout(Workload workload, int pageShift, ulong? address = null)
    {
        var vmas = ImmutableArray.CreateBuilder<Vma>();
        int order = workload.Huge ? Vma.HugeOrder : pageShift - Vma.BasePageShift;
        uint next = 0;
        void Add(ulong start, ulong size, ulong offset, int vmaOrder)
        {
            Vma vma = new(start, start + size, offset >> Vma.BasePageShift, next, vmaOrder);
            vmas.Add(vma);
            next = checked(next + (uint)vma.PageCount);
        }

        ulong moved = unchecked((address ?? All[0].Address) - All[0].Address);
        foreach (Mapping mapping in All)
        {
            ulong start = unchecked(mapping.Address + moved);
            Add(start, mapping.Size, mapping.Offset ?? (workload.FileBacked ? 0 : start), order);
        }

        if (!AreOwn)
        {
            ulong page = 1UL << pageShift;
            Add(TextStart, page, 0, pageShift - Vma.BasePageShift);
            Add(StackEnd - page, page, StackEnd - page, pageShift - Vma.BasePageShift);
        }

        return new VmaLayout([.. vmas.OrderBy(vma => vma.Start)]);
    }

    /// <summary>What is wrong with the mappings, in one sentence; null: nothing.</summary>
    public string? Validate(Workload workload, int pageShift, ulong? address = null)
    {
        ulong size = All.Aggregate(0UL, (sum, mapping) => sum + mapping.Size);
        if (size < workload.Size.Value) return $"they have {size} bytes, the workload {workload.Size.Value}";
        VmaLayout layout = Layout(workload, pageShift, address);
        return layout.Vmas[^1].End > StackEnd
            ? $"the mapping [{layout.Vmas[^1].Start}, {layout.Vmas[^1].End}) ends behind user space, which ends at {StackEnd}"
            : layout.Validate(PageCount(layout), pageShift);
    }
}

/// <summary>Reads <c>address</c> and <c>mappings</c> of a workload.</summary>
/// <param name="each">The keys of single mappings.</param>
/// <param name="pageShift">Bits of an address inside a page.</param>
internal sealed class MappingsReader(EachSections each, int pageShift)
{
    /// <summary>The least address that a process can map.</summary>
    public const ulong LeastAddress = 1UL << 16;

    /// <summary>Where user space ends.</summary>
    public const ulong LargestAddress = 1UL << 47;

    private const ulong MaxSize = 1UL << 46;

    public Mappings Read(LayeredSection section, Workload workload)
    {
        ulong address = section.Size("address", LeastAddress, LargestAddress);
        var all = ImmutableArray.CreateBuilder<Mapping>();
        foreach (LayeredSection item in section.Items("mappings", each, "mapping"))
        {
            all.Add(new Mapping(
                item.Size("address", LeastAddress, LargestAddress),
                item.Size("size", 1 << 12, MaxSize),
                item.SizeOrNull("offset", 0, LargestAddress)));
        }

        bool isOwn = all.Count > 0;
        if (!isOwn && !section.IsGiven("address") && workload is Replay replay && Recorded(replay) is { } recorded) return recorded;
        if (!isOwn) all.Add(new Mapping(address, Whole(workload), null));
        Mappings mappings = new(all.ToImmutable(), isOwn);
        if (mappings.Validate(workload, pageShift) is { } error)
            section.Refuse(isOwn ? "mappings" : "address", $"{(isOwn ? "mappings that fit" : "an address that fits")} ({error})");
        return mappings;
    }

    /// <summary>
    /// Where the record's memory was; null where no process can have it. What is one run of memory, or two, gets the usual pages of text
    /// and stack besides.
    /// </summary>
    private Mappings? Recorded(Replay replay)
    {
        if (replay.Ranges.Any(range => range.Start < LeastAddress || range.End > LargestAddress)) return null;
        ImmutableArray<Mapping> all = [.. replay.Ranges.Select(range => new Mapping(range.Start, range.End - range.Start, null))];
        ulong idle = replay.Size.Value - all.Aggregate(0UL, (sum, mapping) => sum + mapping.Size);
        if (idle > 0) all = all.SetItem(all.Length - 1, all[^1] with { Size = all[^1].Size + Whole(replay with { Size = new Bytes(idle) }) });
        Mappings own = new(all, true);
        Mappings withText = new(all, false);
        if (all.Length < 3 && withText.Validate(replay, pageShift) is null) return withText;
        return own.Validate(replay, pageShift) is null ? own : null;
    }

    /// <summary>The size of the pages that hold a workload.</summary>
    private ulong Whole(Workload workload)
    {
        int shift = workload.Huge ? Vma.BasePageShift + Vma.HugeOrder : pageShift;
        return workload.Size.ToPages(shift) << shift;
    }
}
