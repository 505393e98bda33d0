namespace Damon.Scenarios.Explaining.Filters;

/// <summary>A kind of page, as far as filters can tell pages apart.</summary>
/// <param name="Memcg">The path of its cgroup; null: one that no filter names.</param>
/// <param name="Young">Accessed since it was last made old.</param>
/// <param name="Anon">Anonymous, else of a file.</param>
/// <param name="Active">On an active list.</param>
/// <param name="Unmapped">In no page table.</param>
/// <param name="FolioBytes">The size of its folio, bytes.</param>
internal readonly record struct PageKind(string? Memcg, bool Young, bool Anon, bool Active, bool Unmapped, ulong FolioBytes)
{
    private static readonly bool[] _both = [true, false];
    private static readonly ulong[] _folios = [4096, 2 << 20];

    /// <summary>All kinds of pages of a cgroup.</summary>
    public static IEnumerable<PageKind> Of(string? memcg) =>
        from young in _both
        from anon in _both
        from active in _both
        from unmapped in _both
        from folio in _folios
        select new PageKind(memcg, young, anon, active, unmapped, folio);
}
