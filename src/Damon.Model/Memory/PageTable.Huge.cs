using System.Numerics;

namespace Damon.Model.Memory;

/// <content>
/// Transparent huge pages: 512 small pages that one 2 MiB folio maps, and which pages the program has touched itself, as others came
/// only because their neighbours did.
/// </content>
public sealed partial class PageTable
{
    private HugeBlocks? _blocks;
    private ulong[]? _touched;
    private uint _touchedCount;

    /// <summary>The blocks that 2 MiB folios map; null: the table never has any.</summary>
    public HugeBlocks? Blocks => _blocks;

    /// <summary>
    /// The number of pages in memory that the program has touched since they came, or all where this is not followed. What is resident
    /// beyond them is what huge pages waste (internal fragmentation, bloat).
    /// </summary>
    public uint TouchedCount => _touched is null ? ResidentCount : _touchedCount;

    /// <summary>The number of folios: a block is one.</summary>
    public uint FolioCount => ResidentCount - ((_blocks?.Count ?? 0) * (HugeBlocks.Pages - 1));

    /// <summary>From now on there can be huge blocks, and touches are followed. Takes two bits a page.</summary>
    /// <exception cref="InvalidOperationException">Pages are in memory already.</exception>
    public void AllowBlocks()
    {
        if (ResidentCount != 0) throw new InvalidOperationException("Huge blocks are allowed before the first page is mapped.");
        _blocks = new HugeBlocks(PageCount);
        _touched = new ulong[(PageCount + 63UL) / 64];
    }

    /// <summary>Finds the huge block that has a page.</summary>
    /// <param name="page">The virtual page.</param>
    /// <param name="first">The block's first page.</param>
    /// <returns>False: the page is in none.</returns>
    public bool TryFindBlock(uint page, out uint first)
    {
        first = 0;
        return _blocks is not null && _blocks.TryFind(page, out first);
    }

    /// <summary>The program touches a page. One that is not in memory stays untouched.</summary>
    /// <param name="page">The virtual page.</param>
    public void Touch(uint page)
    {
        if (_touched is null || !IsResident(page) || IsTouched(page)) return;
        _touched[page >> 6] |= 1UL << (int)page;
        _touchedCount++;
    }

    /// <summary>Whether the program has touched a page since it came into memory, as far as this is followed.</summary>
    /// <param name="page">The virtual page.</param>
    public bool IsTouched(uint page) => _touched is null ? IsResident(page) : (_touched[page >> 6] >> (int)page & 1) != 0;

    /// <summary>
    /// Maps 512 pages by one folio: those that are not in memory come, those that are give up their frames; or moves a block.
    /// </summary>
    /// <param name="first">The first virtual page.</param>
    /// <param name="pfn">The folio's first frame.</param>
    /// <exception cref="InvalidOperationException">The table allows no blocks, or another block has one of the pages.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The pages or the frames are too many.</exception>
    public void MapBlock(uint first, ulong pfn)
    {
        if (_blocks is null) throw new InvalidOperationException("The table allows no huge blocks.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + (ulong)HugeBlocks.Pages, PageCount, nameof(first));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pfn + HugeBlocks.Pages, LowestNotFrame, nameof(pfn));
        bool wasBlock = _blocks.BeginsAt(first);
        if (!wasBlock) _blocks.Add(first);
        Observer?.BlockMapped(first, pfn, wasBlock);
        for (uint i = 0; i < HugeBlocks.Pages; i++)
        {
            if (!IsResident(first + i)) ResidentCount++;
            _pfns[first + i] = (uint)(pfn + i);
        }
    }

    /// <summary>Maps a block's pages one by one from now on, where they are.</summary>
    /// <param name="first">The block's first page.</param>
    /// <exception cref="InvalidOperationException">No block begins there.</exception>
    public void SplitBlock(uint first)
    {
        if (_blocks is null) throw new InvalidOperationException("The table allows no huge blocks.");
        _blocks.Remove(first);
        Observer?.BlockSplit(first);
    }

    /// <summary>The number of resident pages of a range of 512, and whether any page of it was reclaimed and can come back.</summary>
    /// <param name="first">The first virtual page.</param>
    public (uint Resident, bool AnyOut) LookAtBlock(uint first)
    {
        uint resident = 0;
        bool anyOut = false;
        foreach (uint entry in _pfns.AsSpan((int)first, (int)HugeBlocks.Pages))
        {
            if (entry < LowestNotFrame) resident++;
            else if (entry != NotResident) anyOut = true;
        }

        return (resident, anyOut);
    }

    /// <summary>Goes on with an FNV-1a-64 hash, word by word, over the blocks and the touched pages, where there can be any.</summary>
    /// <param name="hash">The hash so far.</param>
    /// <returns>The hash with this table.</returns>
    public ulong FeedBlockHash(ulong hash)
    {
        if (_blocks is null || _touched is null) return hash;
        foreach (ulong word in _blocks.Words) hash = (hash ^ word) * FnvPrime;
        foreach (ulong word in _touched) hash = (hash ^ word) * FnvPrime;
        return hash;
    }

    /// <summary>Counts everything again: what <see cref="ResidentCount"/> and <see cref="TouchedCount"/> must always equal.</summary>
    public (uint Resident, uint Touched) Recount()
    {
        uint resident = 0;
        uint touched = 0;
        for (uint page = 0; page < PageCount; page++)
        {
            if (IsResident(page)) resident++;
        }

        if (_touched is null) return (resident, resident);
        foreach (ulong word in _touched) touched += (uint)BitOperations.PopCount(word);
        return (resident, touched);
    }

    private void Forget(uint page)
    {
        if (_touched is null || !IsTouched(page)) return;
        _touched[page >> 6] &= ~(1UL << (int)page);
        _touchedCount--;
    }

    private void RefuseInBlock(uint page)
    {
        if (TryFindBlock(page, out uint first))
            throw new InvalidOperationException($"Page {page} is in the huge block at page {first}, which must be split first.");
    }
}
