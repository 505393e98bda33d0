using Damon.Hocon.Reading;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A cgroup path that names no cgroup: without its leading slash, or not on the machine.</summary>
internal sealed class MisspelledCgroup : ITrap
{
    private const string Why =
        "the kernel looks for the whole path from the cgroup root, slash included; a goal for a cgroup that is not there reads 0 used "
            + "for ever, and a filter for it matches nothing";

    public string Name => "misspelled cgroup";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        from scheme in configuration.Schemes
        from use in Uses(scheme)
        let corrected = Corrected(use.Path, configuration.Machine)
        where corrected != use.Path
        select new Finding(Name, scheme.Place, Problem(use), Why, use.Path, corrected);

    private static string Problem((string Whose, string Path) use) => use.Path.StartsWith('/')
        ? $"{use.Whose} names {use.Path}, a cgroup that the machine does not have"
        : $"{use.Whose} names {use.Path}, a path without its leading slash";

    private static IEnumerable<(string Whose, string Path)> Uses(ConfiguredScheme scheme)
    {
        foreach (string path in scheme.Filters.Memcgs) yield return ("a filter", path);
        foreach (string path in scheme.Staged.Quotas.Goals.Select(goal => goal.MemcgPath).OfType<string>().Distinct())
            yield return ("a goal", path);
    }

    private static string Corrected(string path, KnownMachine machine)
    {
        string rooted = CgroupPaths.Rooted(path);
        string[] known = [.. machine.Cgroups.Select(cgroup => cgroup.Path)];
        if (known.Length == 0 || known.Contains(rooted)) return rooted;
        return NearestName.Find(rooted, known) ?? $"one of {string.Join(", ", known)}";
    }
}
