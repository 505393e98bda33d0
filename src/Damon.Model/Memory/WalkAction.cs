namespace Damon.Model.Memory;

/// <summary>What a walk over a region does with each folio that passes the filters (spec section 10).</summary>
public enum WalkAction
{
    /// <summary>Only count.</summary>
    Stat,

    /// <summary>Isolate and gather for reclaim; unevictable folios are put back at once.</summary>
    Pageout,

    /// <summary>Move to the active list.</summary>
    LruPrio,

    /// <summary>Move to the inactive list.</summary>
    LruDeprio,

    /// <summary>Isolate and gather for migration.</summary>
    Gather,
}
