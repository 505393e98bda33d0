using System.Collections.Immutable;

namespace Damon.Model.VirtualMemory;

/// <summary>All mappings of a process in address order; a change of them is a new layout.</summary>
/// <param name="Vmas">The mappings, sorted, not overlapping; see <see cref="Validate"/>.</param>
public sealed record VmaLayout(ImmutableArray<Vma> Vmas)
{
    /// <summary>Nothing is mapped.</summary>
    public static VmaLayout Empty { get; } = new(ImmutableArray<Vma>.Empty);

    /// <summary>Index of the first mapping that ends behind an address: the one that has it, or the next one.</summary>
    public int FirstEndingAfter(ulong address)
    {
        int low = 0;
        int high = Vmas.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Vmas[middle].End <= address) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Whether every address of [start, end) is mapped.</summary>
    public bool Covers(ulong start, ulong end)
    {
        for (int i = FirstEndingAfter(start); start < end; i++)
        {
            if (i == Vmas.Length || start < Vmas[i].Start) return false;
            start = Vmas[i].End;
        }

        return true;
    }

    /// <summary>The runs of virtual pages, out of <paramref name="nrPages"/>, that no mapping has.</summary>
    public IEnumerable<(uint First, uint Count)> UnmappedPages(uint nrPages)
    {
        ulong next = 0;
        foreach (Vma vma in Vmas.OrderBy(vma => vma.FirstPage))
        {
            if (next < vma.FirstPage) yield return ((uint)next, vma.FirstPage - (uint)next);
            next = Math.Max(next, vma.FirstPage + vma.PageCount);
        }

        if (next < nrPages) yield return ((uint)next, nrPages - (uint)next);
    }

    /// <summary>What is wrong with the layout, in one sentence; null: nothing.</summary>
    /// <param name="nrPages">How many virtual pages the process has.</param>
    /// <param name="pageShift">log2 of the bytes of the host's frames.</param>
    public string? Validate(uint nrPages, int pageShift)
    {
        ulong end = 0;
        foreach (Vma vma in Vmas)
        {
            string name = $"the mapping [{vma.Start}, {vma.End})";
            ulong folioBytes = 1UL << vma.FolioShift;
            if (vma.Order != Vma.HugeOrder && vma.FolioShift != pageShift)
                return $"{name} has folios of order {vma.Order}; allowed are {pageShift - Vma.BasePageShift} and {Vma.HugeOrder}";
            if (vma.Start >= vma.End) return $"{name} is empty";
            if (vma.Start % folioBytes != 0) return $"{name} does not begin at a multiple of its folio size of {folioBytes} bytes";
            if (vma.End % (1UL << pageShift) != 0)
                return $"{name} does not end at a multiple of the page size of {1UL << pageShift} bytes";
            if (vma.Start < end) return $"{name} begins before the end, {end}, of the one before it";
            if (vma.FirstPage + vma.PageCount > nrPages)
                return $"{name} needs the virtual pages up to {vma.FirstPage + vma.PageCount}; the process has {nrPages}";
            end = vma.End;
        }

        return SharedPages();
    }

    private string? SharedPages()
    {
        Vma before = default;
        foreach (Vma vma in Vmas.OrderBy(vma => vma.FirstPage))
        {
            if (vma.FirstPage < before.FirstPage + before.PageCount)
                return $"the mapping [{vma.Start}, {vma.End}) shares virtual pages with the mapping [{before.Start}, {before.End})";
            before = vma;
        }

        return null;
    }

    /// <summary>Whether both layouts have the same mappings.</summary>
    public bool Equals(VmaLayout? other) => other is not null && Vmas.AsSpan().SequenceEqual(other.Vmas.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Vmas.Length;
}
