using Damon.Model.Memory;
using Damon.Model.Schemes;

namespace Damon.Actors.Schemes;

/// <summary>The filters of a scheme that nodes evaluate folio by folio (spec 8).</summary>
internal static class OperationsFilters
{
    /// <summary>A scheme's operations filters in order, with their default.</summary>
    public static FolioFilterSet Of(SchemeSettings settings) => new(
        settings.Filters.Where(filter => !filter.IsCore).Select(ToFolioFilter),
        new CoreFilters(settings.Filters).OperationsRejectByDefault);

    private static FolioFilter ToFolioFilter(SchemeFilter filter) =>
        new(ToFolioFilterType(filter.Type), filter.Matching, filter.Allow, filter.Memcg, filter.From, filter.To);

    private static FolioFilterType ToFolioFilterType(SchemeFilterType type) => type switch
    {
        SchemeFilterType.Anon => FolioFilterType.Anon,
        SchemeFilterType.Active => FolioFilterType.Active,
        SchemeFilterType.Memcg => FolioFilterType.Memcg,
        SchemeFilterType.Young => FolioFilterType.Young,
        SchemeFilterType.HugePageSize => FolioFilterType.HugepageSize,
        SchemeFilterType.Unmapped => FolioFilterType.Unmapped,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an operations filter"),
    };
}
