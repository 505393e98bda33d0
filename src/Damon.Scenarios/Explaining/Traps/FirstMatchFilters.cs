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
        "the first filter that matches a page decides and the rest are not asked; a page that none matches passes if the last filter "
            + "rejects, and does not if it allows";

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

    private static IEnumerable<StagedFilter> Corrected(IEnumerable<StagedFilter> filters, string[] allowed)
    {
        StagedFilter[] conditions = [.. filters.Where(filter => !IsAllowed(filter))];
        return allowed.Length == 1 ? TenantFilters.Of(allowed[0], conditions) : TenantFilters.OfAny(allowed, conditions);
    }

    private static bool IsAllowed(StagedFilter filter) =>
        filter is { Type: FilterType.Memcg, MemcgPath: not null, Matching: true, Allow: true };
}
