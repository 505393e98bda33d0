using System.Runtime.CompilerServices;
using Damon.Model.Snapshots;

namespace Damon.Model.Memory;

/// <summary>
/// Where one process's virtual pages are. A virtual page is the unit of one folio: 4 KiB as a rule, or 2 MiB in ranges that
/// are mapped huge. Four bytes a page: a frame number, or what <see cref="SwapEntry"/> has in place of one, or nothing.
/// </summary>
public sealed partial class PageTable
{
    private const uint NotResident = uint.MaxValue;

    // The lower half of a swap entry; whatever is below is a frame.
    private const uint LowestNotFrame = unchecked((uint)SwapEntry.Lowest);
    private const ulong FnvPrime = 0x100000001b3;
    private const ulong FnvPrimeTo4 = unchecked(FnvPrime * FnvPrime * FnvPrime * FnvPrime);

    [NotInSnapshot(Rebuilt.AsDefault)]
    private uint[] _pfns;
    private readonly List<(uint First, uint End)> _huge = [];

    /// <summary>Creates a table without resident pages.</summary>
    /// <param name="pageCount">The number of virtual pages.</param>
    public PageTable(uint pageCount)
    {
        _pfns = GC.AllocateUninitializedArray<uint>(checked((int)pageCount));
        Array.Fill(_pfns, NotResident);
    }

    /// <summary>Bytes that the table takes in the simulator itself.</summary>
    public ulong FootprintBytes =>
        ((ulong)_pfns.Length * sizeof(uint)) + (_blocks?.FootprintBytes ?? 0) + ((ulong)(_touched?.Length ?? 0) * sizeof(ulong));

    /// <summary>The number of virtual pages.</summary>
    public uint PageCount => (uint)_pfns.Length;

    /// <summary>The number of virtual pages that are in memory.</summary>
    public uint ResidentCount { get; private set; }

    /// <summary>Who is told of every change; null: nobody.</summary>
    public IMappingObserver? Observer { get; set; }

    /// <summary>The first frame of a virtual page's folio, or <see cref="NodeMemory.NoPfn"/> when it is not in memory.</summary>
    /// <param name="page">The virtual page.</param>
    public ulong this[uint page] => _pfns[page] >= LowestNotFrame ? NodeMemory.NoPfn : _pfns[page];

    /// <summary>Whether a virtual page is in memory.</summary>
    /// <param name="page">The virtual page.</param>
    public bool IsResident(uint page) => _pfns[page] < LowestNotFrame;

    /// <summary>What stands for a virtual page: a frame, a <see cref="SwapEntry"/> or <see cref="NodeMemory.NoPfn"/>.</summary>
    /// <param name="page">The virtual page.</param>
    public ulong EntryOf(uint page) => _pfns[page] >= LowestNotFrame ? (ulong)(int)_pfns[page] : _pfns[page];

    /// <summary>Maps a virtual page, or moves it.</summary>
    /// <param name="page">The virtual page.</param>
    /// <param name="pfn">Its folio's first frame.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frame number does not fit in 32 bits.</exception>
    /// <exception cref="InvalidOperationException">It is in a huge block; so too when it is unmapped or reclaimed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(uint page, ulong pfn)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pfn, LowestNotFrame);
        bool comes = !IsResident(page);
        Set(page, pfn);
        if (comes) ResidentCount++;
    }

    /// <summary>Maps many virtual pages: the i-th to <c>firstPfn + i * pfnStep</c>.</summary>
    /// <param name="firstPage">The first virtual page.</param>
    /// <param name="count">How many.</param>
    /// <param name="firstPfn">The first one's frame.</param>
    /// <param name="pfnStep">The frames from one to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">A frame number does not fit in 32 bits.</exception>
    public void MapMany(uint firstPage, uint count, ulong firstPfn, ulong pfnStep)
    {
        for (uint i = 0; i < count; i++) Map(firstPage + i, firstPfn + (i * pfnStep));
    }

    /// <summary>Unmaps a virtual page, also one that was reclaimed and could have come back.</summary>
    /// <param name="page">The virtual page.</param>
    /// <returns>The frame it had, or <see cref="NodeMemory.NoPfn"/> when it was not in memory.</returns>
    public ulong Unmap(uint page)
    {
        ulong pfn = this[page];
        Set(page, NodeMemory.NoPfn);
        if (pfn != NodeMemory.NoPfn) ResidentCount--;
        return pfn;
    }

    /// <summary>Notes that a virtual page was reclaimed and can come back.</summary>
    /// <param name="page">The virtual page, in memory.</param>
    /// <param name="entry">Its <see cref="SwapEntry"/>.</param>
    /// <exception cref="InvalidOperationException">It was not in memory.</exception>
    public void SwapOut(uint page, ulong entry)
    {
        if (!IsResident(page)) throw new InvalidOperationException($"Page {page} is not in memory and cannot be reclaimed.");
        Set(page, entry);
        ResidentCount--;
    }

    /// <summary>Declares a range of virtual pages to be mapped by 2 MiB folios.</summary>
    /// <param name="first">The first virtual page.</param>
    /// <param name="count">How many.</param>
    public void SetHuge(uint first, uint count)
    {
        if (count > 0 && !_huge.Exists(range => range.First <= first && range.End >= first + count)) _huge.Add((first, first + count));
    }

    /// <summary>Whether a virtual page is the unit of a 2 MiB folio.</summary>
    /// <param name="page">The virtual page.</param>
    public bool IsHuge(uint page)
    {
        foreach ((uint first, uint end) in _huge)
            if (page >= first && page < end)
                return true;
        return false;
    }

    /// <summary>The number of virtual pages in memory that are the unit of a 2 MiB folio each.</summary>
    public uint CountHuge()
    {
        uint count = 0;
        if (_huge.Count == 0) return 0;
        for (uint page = 0; page < PageCount; page++)
        {
            if (IsResident(page) && IsHuge(page)) count++;
        }

        return count;
    }

    /// <summary>
    /// Goes on with an FNV-1a-64 hash over all virtual pages: each one's frame as eight little-endian bytes, all ones when it is not
    /// in memory (SCHEMA <c>place_hash</c>).
    /// </summary>
    /// <param name="hash">The hash so far.</param>
    /// <returns>The hash with this table.</returns>
    public ulong FeedPlaceHash(ulong hash)
    {
        foreach (uint pfn in _pfns)
        {
            for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ (byte)(pfn >> shift)) * FnvPrime;
            // The upper half is all zeros, which only multiply, or all ones.
            if (pfn < LowestNotFrame) hash *= FnvPrimeTo4;
            else
                for (int i = 0; i < 4; i++) hash = (hash ^ 0xff) * FnvPrime;
        }
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(uint page, ulong entry)
    {
        if (_blocks is not null)
        {
            RefuseInBlock(page);
            if (entry >= SwapEntry.Lowest) Forget(page);
        }

        Observer?.Changed(page, EntryOf(page), entry);
        _pfns[page] = (uint)entry;
    }
}
