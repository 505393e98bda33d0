using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Filters;

/// <summary>Writes filters in a form in which all have to agree, although the first match decides (spec 8).</summary>
internal static class TenantFilters
{
    /// <summary>The pages of one cgroup that meet some conditions.</summary>
    /// <remarks>
    /// The cgroup goes first: pages of others must not be asked if they are young, for that makes them old. The last
    /// condition may stay as it is, because its kind decides what becomes of pages that no filter matched.
    /// </remarks>
    public static IEnumerable<StagedFilter> Of(string path, StagedFilter[] conditions) => conditions.Length == 0
        ? [Memcg(path, isFor: true)]
        : [Memcg(path, isFor: false), .. conditions[..^1].Select(Rejecting), conditions[^1]];

    /// <summary>The pages of any of some cgroups that meet some conditions.</summary>
    public static IEnumerable<StagedFilter> OfAny(IEnumerable<string> paths, StagedFilter[] conditions) =>
        [.. conditions.Select(Rejecting), .. paths.Select(path => Memcg(path, isFor: true))];

    private static StagedFilter Rejecting(StagedFilter filter) =>
        filter.Allow ? filter with { Allow = false, Matching = !filter.Matching } : filter;

    private static StagedFilter Memcg(string path, bool isFor) => new(FilterType.Memcg, isFor, isFor, path, null, null);
}
