namespace Damon.Model.Memory;

/// <summary>The kinds of DAMOS filters that the physical address space's operations look at (spec section 8).</summary>
public enum FolioFilterType
{
    /// <summary>Anonymous memory.</summary>
    Anon,

    /// <summary>Memory on an active list.</summary>
    Active,

    /// <summary>Memory charged to one memcg.</summary>
    Memcg,

    /// <summary>Memory accessed since it was last marked old; looking makes a young folio old.</summary>
    Young,

    /// <summary>Folios of a size in a range.</summary>
    HugepageSize,

    /// <summary>Memory that no page table maps.</summary>
    Unmapped,
}
