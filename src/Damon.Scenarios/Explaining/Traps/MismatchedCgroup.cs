using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A goal for one cgroup on a scheme that works on another one's memory, or on everybody's.</summary>
internal sealed class MismatchedCgroup : ITrap
{
    private const string Why =
        "a goal only measures; which pages the action is for is said by the filters alone, so the quota grows while the wrong memory "
            + "is worked on";

    public string Name => "goal and filter of different cgroups";

    public IEnumerable<Finding> Find(Configuration configuration) => configuration.Schemes.SelectMany(Find);

    private IEnumerable<Finding> Find(ConfiguredScheme scheme)
    {
        IReadOnlyList<string> meant = CgroupPaths.Meant(scheme.Staged);
        bool namesAny = scheme.Filters.Memcgs.Count > 0;
        foreach (StagedGoal goal in scheme.Staged.Quotas.Goals)
        {
            if (goal.MemcgPath is not { } written) continue;
            string path = CgroupPaths.Rooted(written);
            if (meant.Any(other => CgroupPaths.Rooted(other) == path)) continue;
            if (meant.Count > 0) yield return WrongOne(scheme, path, meant);
            else if (!namesAny) yield return None(scheme, path);
        }
    }

    private Finding WrongOne(ConfiguredScheme scheme, string path, IReadOnlyList<string> meant) => new(
        Name,
        scheme.Place,
        $"the goal is for {path}, but the filter is for {string.Join(" and ", meant)}",
        Why,
        $"memcg {meant[0]}",
        $"memcg {path}");

    private Finding None(ConfiguredScheme scheme, string path) => new(
        Name,
        scheme.Place,
        $"the goal is for {path}, but no filter names a cgroup, so the action is for everybody's memory",
        Why,
        "",
        $"--damos_filter reject none memcg {path}");
}
