namespace Damon.Model.Memory;

/// <summary>
/// What a page table has in place of a frame for a page that was reclaimed and can come back: a number just below
/// <see cref="NodeMemory.NoPfn"/> that tells what the folio was like.
/// </summary>
public static class SwapEntry
{
    /// <summary>The lowest entry; all frame numbers are below.</summary>
    public const ulong Lowest = NodeMemory.NoPfn - Kinds;

    private const ulong Kinds = 4;
    private const ulong AnonBit = 1;
    private const ulong MappedBit = 2;

    /// <summary>The entry of a folio that is reclaimed.</summary>
    /// <param name="flags">What the folio was like; whether it is anonymous and mapped is kept.</param>
    public static ulong For(FolioFlags flags) =>
        Lowest
        + ((flags & FolioFlags.Anon) != 0 ? AnonBit : 0)
        + ((flags & FolioFlags.Mapped) != 0 ? MappedBit : 0);

    /// <summary>Whether a page table's entry says that the page was reclaimed and can come back.</summary>
    /// <param name="entry">A frame number, <see cref="NodeMemory.NoPfn"/> or a swap entry.</param>
    public static bool IsOne(ulong entry) => entry - Lowest < Kinds;

    /// <summary>Whether the memory went to swap, rather than being dropped to be read from its file again.</summary>
    /// <param name="entry">A swap entry.</param>
    public static bool IsAnon(ulong entry) => (entry - Lowest & AnonBit) != 0;

    /// <summary>What the folio will be like when it comes back: on the inactive list.</summary>
    /// <param name="entry">A swap entry.</param>
    public static FolioFlags Flags(ulong entry) =>
        (IsAnon(entry) ? FolioFlags.Anon : 0) | ((entry - Lowest & MappedBit) != 0 ? FolioFlags.Mapped : 0);
}
