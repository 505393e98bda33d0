using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>Where a scheme names memory cgroups.</summary>
internal static class CgroupPaths
{
    /// <summary>The path as the kernel knows it: from the root, with a leading slash.</summary>
    public static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    /// <summary>The cgroups that the filters mean the action for.</summary>
    public static IReadOnlyList<string> Meant(StagedScheme scheme) =>
        [.. scheme.OpsFilters.Where(IsForMemcg).Select(filter => filter.MemcgPath!).Distinct()];

    /// <summary>"allow memcg X" or "reject none memcg X".</summary>
    public static bool IsForMemcg(StagedFilter filter) =>
        filter is { Type: FilterType.Memcg, MemcgPath: not null } && filter.Matching == filter.Allow;
}
