namespace Damon.Model.Schemes;

/// <summary>What a scheme does to the memory of a region that fits (spec 10).</summary>
public enum SchemeAction
{
    /// <summary>madvise(MADV_WILLNEED); virtual address spaces only.</summary>
    WillNeed,

    /// <summary>madvise(MADV_COLD): deactivate; virtual address spaces only.</summary>
    Cold,

    /// <summary>Reclaim the region's folios.</summary>
    PageOut,

    /// <summary>madvise(MADV_HUGEPAGE); virtual address spaces only.</summary>
    HugePage,

    /// <summary>madvise(MADV_NOHUGEPAGE); virtual address spaces only.</summary>
    NoHugePage,

    /// <summary>madvise(MADV_COLLAPSE); virtual address spaces only.</summary>
    Collapse,

    /// <summary>Move the region's folios to the active list.</summary>
    LruPrio,

    /// <summary>Move the region's folios to the inactive list.</summary>
    LruDeprio,

    /// <summary>Migrate the region's folios to a node, hottest regions first.</summary>
    MigrateHot,

    /// <summary>Migrate the region's folios to a node, coldest regions first.</summary>
    MigrateCold,

    /// <summary>Change nothing, only count.</summary>
    Stat,
}
