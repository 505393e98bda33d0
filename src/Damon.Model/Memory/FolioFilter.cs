namespace Damon.Model.Memory;

/// <summary>One operations-layer DAMOS filter.</summary>
/// <param name="Type">What is looked at.</param>
/// <param name="Matching">Whether the filter is for folios of the type, or for those that are not.</param>
/// <param name="Allow">Whether a folio it is for passes, or is filtered out.</param>
/// <param name="Memcg">For <see cref="FolioFilterType.Memcg"/>: which one.</param>
/// <param name="MinBytes">For <see cref="FolioFilterType.HugepageSize"/>: the smallest size.</param>
/// <param name="MaxBytes">For <see cref="FolioFilterType.HugepageSize"/>: the largest size.</param>
public readonly record struct FolioFilter(
    FolioFilterType Type, bool Matching, bool Allow, MemcgId Memcg = default, ulong MinBytes = 0, ulong MaxBytes = 0)
{
    /// <summary>The filter that pageout adds for itself: young folios are filtered out (spec section 10).</summary>
    public static readonly FolioFilter RejectYoung = new(FolioFilterType.Young, Matching: true, Allow: false);
}
