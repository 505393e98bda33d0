namespace Damon.Model.Memory;

/// <summary>What a look-up by frame number sees of a folio. The default value is "no folio".</summary>
/// <param name="HeadPfn">The folio's first frame.</param>
/// <param name="Memcg">The memcg it is charged to.</param>
/// <param name="Owner">Its global virtual page, or <see cref="NodeMemory.NoOwner"/>.</param>
/// <param name="Flags">Its flags as stored: touches since <paramref name="ClearedAtUs"/> are not in them.</param>
/// <param name="Huge">Whether it is a 2 MiB folio.</param>
/// <param name="ClearedAtUs">When its accessed bit was last cleared, in us; -1: before time 0.</param>
/// <param name="Exists">False for "no folio".</param>
public readonly record struct FolioView(
    ulong HeadPfn, MemcgId Memcg, uint Owner, FolioFlags Flags, bool Huge, long ClearedAtUs, bool Exists)
{
    /// <summary>Anonymous rather than file-backed.</summary>
    public bool Anon => (Flags & FolioFlags.Anon) != 0;

    /// <summary>On an active list.</summary>
    public bool Active => (Flags & FolioFlags.Active) != 0;

    /// <summary>Mapped by a page table.</summary>
    public bool Mapped => (Flags & FolioFlags.Mapped) != 0;

    /// <summary>On an LRU list.</summary>
    public bool OnLru => (Flags & FolioFlags.OnLru) != 0;

    /// <summary>Locked in memory.</summary>
    public bool Unevictable => (Flags & FolioFlags.Unevictable) != 0;
}
