namespace Damon.Model.VirtualMemory;

/// <summary>
/// A mapping of a process: a contiguous range of its address space, backed by folios of one size (spec 10 and 14). It says
/// which of the process's folio-granular virtual pages lie at which address.
/// </summary>
/// <param name="Start">First address, bytes; a multiple of the folio size.</param>
/// <param name="End">First address after the mapping, bytes.</param>
/// <param name="PageOffset">Where in the mapped object the range begins, in 4 KiB pages (vm_pgoff).</param>
/// <param name="FirstPage">The virtual page at <paramref name="Start"/>, in the process's numbering.</param>
/// <param name="Order">log2 of the 4 KiB pages of a folio: 0, or 9 where page-middle-directory entries map 2 MiB.</param>
public readonly record struct Vma(ulong Start, ulong End, ulong PageOffset, uint FirstPage, int Order = 0)
{
    /// <summary>log2 of the bytes of a page of order 0.</summary>
    public const int BasePageShift = 12;

    /// <summary>The order of a 2 MiB folio.</summary>
    public const int HugeOrder = 9;

    /// <summary>log2 of the bytes of a folio.</summary>
    public int FolioShift => BasePageShift + Order;

    /// <summary>The number of virtual pages in the range.</summary>
    public ulong PageCount => (End - Start + (1UL << FolioShift) - 1) >> FolioShift;

    /// <summary>Whether an address lies in the mapping.</summary>
    public bool Contains(ulong address) => address - Start < End - Start;

    /// <summary>The virtual page at an address of the mapping.</summary>
    public uint PageAt(ulong address) => FirstPage + (uint)((address - Start) >> FolioShift);

    /// <summary>
    /// The place of the folio at an address in the order by which weighted interleaving deals folios out: two separate
    /// shifts, one of the page offset and one of the distance, as the kernel has it (spec 14).
    /// </summary>
    public ulong InterleaveIndex(ulong address) => InterleaveIndex(address, Order);

    /// <summary>The same for a folio of another size, such as a transparent huge page.</summary>
    /// <param name="address">An address of the mapping.</param>
    /// <param name="order">The folio's order.</param>
    public ulong InterleaveIndex(ulong address, int order) => (PageOffset >> order) + ((address - Start) >> (BasePageShift + order));

    /// <summary>The address of a virtual page of the mapping.</summary>
    /// <param name="page">The virtual page, in the process's numbering.</param>
    public ulong AddressOf(uint page) => Start + ((ulong)(page - FirstPage) << FolioShift);
}
