using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Filters;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>
/// A pageout scheme with a filter that allows: reclaim's own "reject young" stands behind it and is not asked (spec 10).
/// </summary>
internal sealed class PageoutOfYoungPages : ITrap
{
    private const string Why =
        "pageout appends its own 'reject young' behind the filters, and a page that an earlier filter allows does not get there";

    public string Name => "pageout of young pages";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        from scheme in configuration.Schemes
        where scheme.Context.IsPhysical && scheme.Staged.Action == SchemeAction.Pageout
        where scheme.Staged.OpsFilters.All(filter => filter.Type != FilterType.Young)
        let allowing = Allowing(scheme)
        where allowing.Count > 0
        select new Finding(
            Name,
            scheme.Place,
            "pages that were just accessed are paged out too",
            Why,
            FilterWords.Options(allowing),
            FilterWords.Options(Corrected(allowing)));

    /// <summary>The filters that let young pages go past reclaim's own; empty: none does.</summary>
    private static Sequence<StagedFilter> Allowing(ConfiguredScheme scheme)
    {
        Sequence<StagedFilter> core = scheme.Staged.CoreFilters.Where(filter => filter.Allow).ToSequence();
        if (core.Count > 0) return core;
        FilterChain chain = scheme.Filters;
        bool passesYoung = chain.Memcgs.Append(null).SelectMany(PageKind.Of).Any(page => page.Young && chain.Passes(page));
        return passesYoung ? scheme.Staged.OpsFilters : [];
    }

    private static IEnumerable<StagedFilter> Corrected(Sequence<StagedFilter> filters) => filters.Count == 1
        ? [filters[0] with { Allow = false, Matching = !filters[0].Matching }]
        : [new StagedFilter(FilterType.Young, Matching: true, Allow: false, null, null, null), .. filters];
}
