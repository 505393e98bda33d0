using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Filters;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>
/// Young filters that take away what somebody else would have seen: asking a page makes it old (spec 8, 10), for the next scheme of
/// the same kdamond, and for the access checks of other kdamonds that watch the same memory.
/// </summary>
internal sealed class StolenYoungPages : ITrap
{
    private const string Why =
        "asking a page if it is young clears its accessed bit and marks it idle, so whoever asks next takes it for not accessed";

    public string Name => "stolen young pages";

    public IEnumerable<Finding> Find(Configuration configuration)
    {
        ConfiguredContext[] contexts = [.. configuration.Contexts.Where(context => context.IsPhysical)];
        foreach (ConfiguredContext context in contexts)
        {
            foreach (Finding finding in FromLaterSchemes(context)) yield return finding;
            foreach (Finding finding in FromOtherKdamonds(context, contexts)) yield return finding;
        }
    }

    private IEnumerable<Finding> FromLaterSchemes(ConfiguredContext context)
    {
        ConfiguredScheme[] schemes = [.. context.Schemes];
        for (int i = 0; i < schemes.Length; i++)
        {
            int later = Array.FindIndex(schemes, i + 1, other => Steals(schemes[i], other));
            if (later < 0) continue;
            yield return new Finding(
                Name,
                schemes[i].Place,
                $"scheme {i} asks pages if they are young that scheme {later} asks too, right after it, so scheme {later} takes young "
                    + "pages for old ones",
                Why,
                FilterWords.Options(schemes[i].Staged.OpsFilters),
                Corrected(schemes[i].Staged));
        }
    }

    private IEnumerable<Finding> FromOtherKdamonds(ConfiguredContext context, ConfiguredContext[] all)
    {
        if (all.FirstOrDefault(other => other.Place != context.Place && Overlap(context, other)) is not { } robbed) yield break;
        foreach (ConfiguredScheme scheme in context.Schemes.Where(HasYoungFilter))
        {
            yield return new Finding(
                Name,
                scheme.Place,
                $"its young filter makes pages old that {robbed.Place} watches too, which then misses their accesses",
                Why,
                FilterWords.Options(scheme.Staged.OpsFilters),
                "one kdamond for that memory, or kdamonds whose --numa_node or --regions do not overlap");
        }
    }

    private static bool HasYoungFilter(ConfiguredScheme scheme) =>
        scheme.Staged.OpsFilters.Any(filter => filter.Type == FilterType.Young);

    private static string Corrected(StagedScheme scheme) => CgroupPaths.Meant(scheme) is [var path]
        ? FilterWords.Options(TenantFilters.Of(path, [.. scheme.OpsFilters.Where(filter => !CgroupPaths.IsForMemcg(filter))]))
        : "one scheme for these pages, or a filter in each, 'reject none memcg PATH', so that no page is asked by both";

    /// <summary>Whether a scheme makes young pages old that it leaves in place, and that a later scheme judges by that.</summary>
    private static bool Steals(ConfiguredScheme first, ConfiguredScheme later)
    {
        if (!FitSameRegions(first, later)) return false;
        FilterChain thief = first.Filters, robbed = later.Filters;
        return thief.Memcgs.Concat(robbed.Memcgs).Append(null).Distinct().SelectMany(PageKind.Of).Any(page =>
            page.Young
            && thief.AsksYoung(page)
            && (!thief.Passes(page) || first.Staged.Action == SchemeAction.Stat)
            && robbed.Passes(page) != robbed.Passes(page with { Young = false }));
    }

    private static bool FitSameRegions(ConfiguredScheme left, ConfiguredScheme right)
    {
        StagedAccessPattern a = left.Staged.AccessPattern, b = right.Staged.AccessPattern;
        return Math.Max(left.MinSamples, right.MinSamples) <= Math.Min(left.MaxSamples, right.MaxSamples)
            && Math.Max(left.MinAge, right.MinAge) <= Math.Min(left.MaxAge, right.MaxAge)
            && Math.Max(a.MinSize, b.MinSize) <= Math.Min(a.MaxSize, b.MaxSize);
    }

    private static bool Overlap(ConfiguredContext left, ConfiguredContext right) =>
        left.Ranges.Any(a => right.Ranges.Any(b => a.Start < b.End && b.Start < a.End));
}
