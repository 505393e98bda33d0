using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Filters;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>
/// Filters written as if all had to agree: "allow memcg X" and then another one. The first match decides, so pages of X skip the
/// second filter, and the pages of all other tenants are judged by it alone (spec 8).
/// </summary>
internal sealed class FirstMatchFilters : ITrap
{
    private const string Why =
        "the first filter that matches a page decides and the rest are not asked; a page that none matches passes if the last filter rejects, and does not if it allows";

    public string Name => "first match filters";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        configuration.Schemes.Select(Find).OfType<Finding>();

    private Finding? Find(ConfiguredScheme scheme)
    {
        FilterChain chain = scheme.Filters;
        string[] allowed = [.. scheme.Staged.OpsFilters.Where(IsAllowed).Select(filter => filter.MemcgPath!).Distinct()];
        if (allowed.Length == 0) return null;
        string[] passing = [.. chain.Memcgs.Except(allowed).Where(chain.PassesAny)];
        if (passing.Length == 0 && !chain.PassesAny(null)) return null;

        string own = PassedPages.Of(chain, allowed[0]) ?? "some pages";
        string others = PassedPages.Of(chain, null) ?? "some pages";
        return new Finding(
            Name,
            scheme.Place,
            $"the filters pass {own} of {string.Join(" and ", allowed)}, and {others} of everybody else",
            Why,
            FilterWords.Options(scheme.Staged.OpsFilters),
            FilterWords.Options(Corrected(scheme.Staged.OpsFilters, allowed)));
    }

    /// <summary>The same filters in a form in which all have to agree.</summary>
    /// <remarks>
    /// The cgroup goes first where there is one: other tenants' pages must not be asked if they are young, for that makes them old.
    /// </remarks>
    private static IEnumerable<StagedFilter> Corrected(IEnumerable<StagedFilter> filters, string[] allowed)
    {
        StagedFilter[] conditions = [.. filters.Where(filter => !IsAllowed(filter))];
        if (allowed.Length > 1) return [.. conditions.Select(Rejecting), .. allowed.Select(path => Memcg(path, isFor: true))];
        return [Memcg(allowed[0], isFor: false), .. conditions[..^1].Select(Rejecting), conditions[^1]];
    }

    private static bool IsAllowed(StagedFilter filter) =>
        filter is { Type: FilterType.Memcg, MemcgPath: not null, Matching: true, Allow: true };

    private static StagedFilter Rejecting(StagedFilter filter) =>
        filter.Allow ? filter with { Allow = false, Matching = !filter.Matching } : filter;

    private static StagedFilter Memcg(string path, bool isFor) => new(FilterType.Memcg, isFor, isFor, path, null, null);
}
