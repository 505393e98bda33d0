using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Filters;

/// <summary>The page filters of a scheme as the kernel evaluates them: the first match decides (spec 8).</summary>
internal sealed class FilterChain
{
    private readonly List<StagedFilter> _filters;
    private readonly bool _passesByDefault;

    /// <summary>The chain of a scheme.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="isPhysical">Whether it works on physical addresses.</param>
    public FilterChain(StagedScheme scheme, bool isPhysical)
    {
        _filters = [.. scheme.OpsFilters];
        _passesByDefault = _filters.Count == 0 || !_filters[^1].Allow;
        Memcgs = [.. _filters.Select(filter => filter.MemcgPath).OfType<string>().Distinct()];

        // Reclaim spares young pages by a filter of its own behind the user's; the default stays theirs (spec 10).
        bool hasYoung = _filters.Any(filter => filter.Type == FilterType.Young);
        if (isPhysical && scheme.Action == SchemeAction.Pageout && !hasYoung)
            _filters.Add(new StagedFilter(FilterType.Young, Matching: true, Allow: false, null, null, null));
    }

    /// <summary>The cgroups that filters name.</summary>
    public IReadOnlyList<string> Memcgs { get; }

    /// <summary>Whether a page passes.</summary>
    public bool Passes(PageKind page)
    {
        int decides = Decides(page);
        return decides < _filters.Count ? _filters[decides].Allow : _passesByDefault;
    }

    /// <summary>Whether some page of a cgroup passes.</summary>
    public bool PassesAny(string? memcg) => PageKind.Of(memcg).Any(Passes);

    /// <summary>Whether a page is asked if it is young, which makes it old (spec 8).</summary>
    public bool AsksYoung(PageKind page) => _filters.Take(Decides(page) + 1).Any(filter => filter.Type == FilterType.Young);

    private int Decides(PageKind page)
    {
        int index = _filters.FindIndex(filter => Matches(filter, page) == filter.Matching);
        return index < 0 ? _filters.Count : index;
    }

    private static bool Matches(StagedFilter filter, PageKind page) => filter.Type switch
    {
        FilterType.Anon => page.Anon,
        FilterType.Active => page.Active,
        FilterType.Young => page.Young,
        FilterType.Unmapped => page.Unmapped,
        FilterType.Memcg => page.Memcg == filter.MemcgPath,
        FilterType.HugepageSize => filter.Range is { } sizes && sizes.Start <= page.FolioBytes && page.FolioBytes <= sizes.End,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Type, "core filters look at no page"),
    };
}
