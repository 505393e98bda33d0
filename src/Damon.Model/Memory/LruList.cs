namespace Damon.Model.Memory;

/// <summary>The LRU lists of a node, in the kernel's order.</summary>
public enum LruList
{
    /// <summary>Anonymous memory, not recently used.</summary>
    InactiveAnon,

    /// <summary>Anonymous memory, recently used.</summary>
    ActiveAnon,

    /// <summary>File-backed memory, not recently used.</summary>
    InactiveFile,

    /// <summary>File-backed memory, recently used.</summary>
    ActiveFile,

    /// <summary>Locked memory of either kind.</summary>
    Unevictable,
}
