namespace Damon.Model.Memory;

/// <summary>
/// What is known of a folio besides its size, owner and memcg (SCHEMA "Folio model").
/// </summary>
/// <remarks>
/// PG_young and PG_referenced are left out on purpose: the kernel uses them to hand accesses that DAMON's clearing of
/// the accessed bit hides from reclaim back to it. DAMON never reads them, and its own pageout clears both just before it
/// reclaims while ignoring references, so they cannot change any outcome here.
/// </remarks>
[Flags]
public enum FolioFlags
{
    /// <summary>Nothing is set.</summary>
    None = 0,

    /// <summary>Mapped by exactly one page-table entry.</summary>
    Mapped = 1 << 2,

    /// <summary>The accessed bit of the page-table entry; meaningless when not mapped.</summary>
    Accessed = 1 << 3,

    /// <summary>PG_idle: not used since it was last marked old.</summary>
    Idle = 1 << 4,

    /// <summary>On an LRU list: DAMON sees only such folios.</summary>
    OnLru = 1 << 5,

    /// <summary>On the active rather than the inactive list of its kind.</summary>
    Active = 1 << 6,

    /// <summary>Anonymous rather than file-backed memory.</summary>
    Anon = 1 << 7,

    /// <summary>Locked in memory (mlock): never reclaimed, counted on its own list.</summary>
    Unevictable = 1 << 8,
}
