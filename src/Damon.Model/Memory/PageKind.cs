namespace Damon.Model.Memory;

/// <summary>What a full count of pages tells apart.</summary>
/// <param name="Memcg">The memory cgroup that the folio is charged to.</param>
/// <param name="Anon">Anonymous memory, else of a file.</param>
/// <param name="Active">On an active LRU list.</param>
/// <param name="Huge">In a folio of 2 MiB.</param>
public readonly record struct PageKind(MemcgId Memcg, bool Anon, bool Active, bool Huge) : IComparable<PageKind>
{
    /// <inheritdoc/>
    public int CompareTo(PageKind other) => (Memcg.Value, Order).CompareTo((other.Memcg.Value, other.Order));

    private int Order => (Anon ? 4 : 0) | (Active ? 2 : 0) | (Huge ? 1 : 0);

    /// <summary>Whether <paramref name="left"/> comes first in a list of kinds.</summary>
    public static bool operator <(PageKind left, PageKind right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes behind in a list of kinds.</summary>
    public static bool operator >(PageKind left, PageKind right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come behind in a list of kinds.</summary>
    public static bool operator <=(PageKind left, PageKind right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come first in a list of kinds.</summary>
    public static bool operator >=(PageKind left, PageKind right) => left.CompareTo(right) >= 0;
}

/// <summary>How much of a kind there is.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Bytes">Bytes.</param>
public readonly record struct PagesOfKind(PageKind Kind, ulong Bytes);
