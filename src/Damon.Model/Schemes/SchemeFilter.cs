namespace Damon.Model.Schemes;

/// <summary>What a scheme's filter looks at (spec 8).</summary>
public enum SchemeFilterType
{
    /// <summary>Anonymous memory.</summary>
    Anon,

    /// <summary>Memory on an active LRU list.</summary>
    Active,

    /// <summary>Memory of a cgroup.</summary>
    Memcg,

    /// <summary>Memory accessed since it was last made old.</summary>
    Young,

    /// <summary>Folios with a size in a range.</summary>
    HugePageSize,

    /// <summary>Memory no page table maps.</summary>
    Unmapped,

    /// <summary>An address range; a core filter.</summary>
    Addr,

    /// <summary>A monitoring target; a core filter.</summary>
    Target,
}

/// <summary>One filter of a scheme: memory of a kind is allowed or rejected (spec 8).</summary>
/// <param name="Type">What it looks at.</param>
/// <param name="Matching">Whether it is for memory of the kind (true) or for all other memory (false).</param>
/// <param name="Allow">Whether such memory is allowed or rejected.</param>
/// <param name="Memcg">The cgroup of <see cref="SchemeFilterType.Memcg"/>.</param>
/// <param name="From">First address (core units), target index, or smallest folio size in bytes.</param>
/// <param name="To">End of the address range (exclusive), or largest folio size in bytes (inclusive).</param>
public sealed record SchemeFilter(
    SchemeFilterType Type, bool Matching, bool Allow, MemcgId Memcg = default, ulong From = 0, ulong To = 0)
{
    /// <summary>Whether the core evaluates it region by region; the others are evaluated folio by folio.</summary>
    public bool IsCore => Type is SchemeFilterType.Addr or SchemeFilterType.Target;
}
