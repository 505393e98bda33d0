using System.Numerics;

namespace Damon.Model.Memory;

/// <summary>
/// Which runs of 512 small virtual pages are mapped by one 2 MiB folio each (transparent huge pages): a bit for each page, set for the
/// first of a run. Runs never overlap; a process's numbering of pages need not be aligned to 2 MiB, so that one can begin at any page.
/// </summary>
public sealed class HugeBlocks
{
    /// <summary>The 4 KiB pages of a block (HPAGE_PMD_NR).</summary>
    public const uint Pages = 512;

    /// <summary>The bytes of a block.</summary>
    public const ulong Bytes = 1UL << NodeMemory.HugeShift;

    private readonly ulong[] _firsts;

    /// <summary>No page is in a block.</summary>
    /// <param name="pageCount">The number of virtual pages.</param>
    public HugeBlocks(uint pageCount) => _firsts = new ulong[(pageCount + 63UL) / 64];

    /// <summary>The number of blocks.</summary>
    public uint Count { get; private set; }

    /// <summary>Bytes that the bits take in the simulator itself.</summary>
    public ulong FootprintBytes => (ulong)_firsts.Length * sizeof(ulong);

    /// <summary>The bits, 64 pages a word, for hashes.</summary>
    public ReadOnlySpan<ulong> Words => _firsts;

    /// <summary>Whether a page is the first of a block.</summary>
    /// <param name="page">The virtual page.</param>
    public bool BeginsAt(uint page) => (_firsts[page >> 6] >> (int)page & 1) != 0;

    /// <summary>Finds the block that has a page.</summary>
    /// <param name="page">The virtual page.</param>
    /// <param name="first">The block's first page.</param>
    /// <returns>False: the page is in no block.</returns>
    public bool TryFind(uint page, out uint first)
    {
        first = 0;
        if (Count == 0) return false;
        int word = (int)(page >> 6);
        int last = Math.Max(0, (int)((page - Math.Min(page, Pages - 1)) >> 6));
        ulong bits = _firsts[word] & (ulong.MaxValue >> (63 - (int)(page & 63)));
        while (bits == 0 && word > last) bits = _firsts[--word];
        if (bits == 0) return false;
        first = ((uint)word << 6) + (uint)BitOperations.Log2(bits);
        return page - first < Pages;
    }

    /// <summary>The first block that begins at or behind a page.</summary>
    /// <param name="page">The virtual page; may lie behind the last one.</param>
    /// <param name="first">The block's first page.</param>
    /// <returns>False: there is none.</returns>
    public bool TryFindFrom(uint page, out uint first)
    {
        first = 0;
        int word = (int)(page >> 6);
        if (word >= _firsts.Length) return false;
        ulong bits = _firsts[word] & (ulong.MaxValue << (int)(page & 63));
        while (bits == 0 && ++word < _firsts.Length) bits = _firsts[word];
        if (bits == 0) return false;
        first = ((uint)word << 6) + (uint)BitOperations.TrailingZeroCount(bits);
        return true;
    }

    /// <summary>A block begins at a page from now on.</summary>
    /// <param name="first">Its first page.</param>
    /// <exception cref="InvalidOperationException">One of its pages is in another block.</exception>
    public void Add(uint first)
    {
        if (TryFind(first, out uint other) || (TryFindFrom(first, out other) && other - first < Pages))
            throw new InvalidOperationException($"A huge block at page {first} would overlap the one at page {other}.");
        _firsts[first >> 6] |= 1UL << (int)first;
        Count++;
    }

    /// <summary>The block at a page is none any more.</summary>
    /// <param name="first">Its first page.</param>
    /// <exception cref="InvalidOperationException">No block begins there.</exception>
    public void Remove(uint first)
    {
        if (!BeginsAt(first)) throw new InvalidOperationException($"No huge block begins at page {first}.");
        _firsts[first >> 6] &= ~(1UL << (int)first);
        Count--;
    }
}
