namespace Damon.Model.Memory;

/// <summary>What a node says of a folio that a walk over a page table met.</summary>
[Flags]
public enum FolioVerdict : byte
{
    /// <summary>It is filtered out, and not on an LRU list.</summary>
    None = 0,

    /// <summary>It passes the filters.</summary>
    Passes = 1,

    /// <summary>It is on an LRU list, so that it can be isolated.</summary>
    OnLru = 2,
}
