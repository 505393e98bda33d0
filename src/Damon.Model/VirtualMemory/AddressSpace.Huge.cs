using Damon.Model.Memory;
using Damon.Model.Monitoring;

namespace Damon.Model.VirtualMemory;

/// <content>
/// Transparent huge pages: which aligned 2 MiB of the address space one folio may map. Such a block lies wholly in one mapping, and all of it
/// has one advice.
/// </content>
public sealed partial class AddressSpace
{
    /// <summary>What was said of huge pages.</summary>
    public AdvisedRanges Advice { get; } = new();

    /// <summary>Finds the block that has a page.</summary>
    /// <param name="page">The virtual page.</param>
    /// <param name="first">The block's first page.</param>
    /// <param name="range">The block's addresses.</param>
    /// <returns>False: the aligned 2 MiB around the page are not all in its mapping, or the page is in none.</returns>
    public bool TryFindAligned(uint page, out uint first, out AddressRange range)
    {
        (first, range) = (0, default);
        foreach (Vma vma in Layout.Vmas)
        {
            if (page - vma.FirstPage >= vma.PageCount) continue;
            ulong start = vma.AddressOf(page) & ~(HugeBlocks.Bytes - 1);
            if (vma.Order != 0 || start < vma.Start || start + HugeBlocks.Bytes > vma.End) return false;
            (first, range) = (vma.PageAt(start), new AddressRange(start, start + HugeBlocks.Bytes));
            return true;
        }

        return false;
    }

    /// <summary>Whether the kernel may use a huge page for a block by itself, at a fault or afterwards.</summary>
    /// <param name="block">The block's addresses.</param>
    /// <param name="policy">Where it uses any.</param>
    public bool Allows(AddressRange block, HugePagePolicy policy) => policy switch
    {
        HugePagePolicy.Always => Advice.Of(block) is HugePageAdvice.None or HugePageAdvice.HugePage,
        HugePagePolicy.Madvise => Advice.Of(block) is HugePageAdvice.HugePage,
        _ => false,
    };

    /// <summary>Gives advice for what of a range is mapped.</summary>
    /// <param name="range">The range, bytes; ends are taken outwards to whole pages.</param>
    /// <param name="advice">The advice.</param>
    public void Advise(AddressRange range, HugePageAdvice advice)
    {
        const ulong PageMask = (1UL << Vma.BasePageShift) - 1;
        ulong start = range.Start & ~PageMask;
        ulong end = (range.End + PageMask) & ~PageMask;
        for (int i = Layout.FirstEndingAfter(start); i < Layout.Vmas.Length && Layout.Vmas[i].Start < end; i++)
        {
            Vma vma = Layout.Vmas[i];
            Advice.Advise(new AddressRange(Math.Max(start, vma.Start), Math.Min(end, vma.End)), advice);
        }
    }

    /// <summary>The next aligned block that lies wholly in a mapping.</summary>
    /// <param name="from">Where to look from, bytes.</param>
    /// <param name="end">Where it ends at the latest, bytes.</param>
    /// <param name="first">The block's first page.</param>
    /// <param name="range">The block's addresses.</param>
    /// <returns>False: there is none.</returns>
    public bool TryFindNext(ulong from, ulong end, out uint first, out AddressRange range)
    {
        (first, range) = (0, default);
        for (int i = Layout.FirstEndingAfter(from); i < Layout.Vmas.Length; i++)
        {
            Vma vma = Layout.Vmas[i];
            ulong start = KernelArithmetic.AlignUp(Math.Max(from, vma.Start), HugeBlocks.Bytes);
            if (start + HugeBlocks.Bytes > end) return false;
            if (vma.Order != 0 || start + HugeBlocks.Bytes > vma.End) continue;
            (first, range) = (vma.PageAt(start), new AddressRange(start, start + HugeBlocks.Bytes));
            return true;
        }

        return false;
    }

    /// <summary>The huge block that only partly lies behind an address, so that what is done up to there, or from there on, splits it.</summary>
    /// <param name="address">The address, bytes.</param>
    /// <param name="first">The block's first page.</param>
    /// <returns>False: no block lies across the address.</returns>
    public bool TryFindAcross(ulong address, out uint first)
    {
        first = 0;
        int index = Layout.FirstEndingAfter(address);
        if (index == Layout.Vmas.Length || !Layout.Vmas[index].Contains(address)) return false;
        Vma vma = Layout.Vmas[index];
        return Pages.TryFindBlock(vma.PageAt(address), out first) && vma.AddressOf(first) != address;
    }

    /// <summary>Goes on with an FNV-1a-64 hash over where pages are and, where there can be huge pages, over what decides on them.</summary>
    /// <param name="hash">The hash so far.</param>
    /// <returns>The hash with this address space.</returns>
    public ulong FeedHash(ulong hash)
    {
        const ulong FnvPrime = 0x100000001b3;
        hash = Pages.FeedBlockHash(Pages.FeedPlaceHash(hash));
        if (Pages.Blocks is null) return hash;
        foreach ((ulong start, ulong end, HugePageAdvice advice) in Advice.All)
            hash = ((((((hash ^ start) * FnvPrime) ^ end) * FnvPrime) ^ (ulong)advice) * FnvPrime);
        return hash;
    }

    private MappedFolio HugeFolio(Vma vma, ulong at, uint first, ulong stop)
    {
        ulong start = vma.AddressOf(first);
        bool isWhole = at == start && start + HugeBlocks.Bytes <= stop;
        return new MappedFolio(at, Pages[first], vma.InterleaveIndex(at, Vma.HugeOrder), (uint)HugeBlocks.Bytes, isWhole);
    }
}
