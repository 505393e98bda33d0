using System.Collections.Immutable;
using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>The hosts of a scenario and the templates that they are of.</summary>
/// <param name="Plans">The hosts.</param>
/// <param name="Templates">By template: its name, its first host, and how many hosts it has.</param>
internal sealed record NamedHosts(ImmutableArray<HostPlan> Plans, ImmutableArray<(string Name, int First, int Count)> Templates)
{
    /// <summary>The hosts that a key names: those of a template, a single one, or all when it is not set.</summary>
    /// <returns>Their indexes, ascending; none: there are no such hosts, which is reported.</returns>
    public ImmutableArray<int> Read(LayeredSection section, string key)
    {
        if (section.TextOrNull(key) is not { } name) return [.. Enumerable.Range(0, Plans.Length)];
        foreach ((string template, int first, int count) in Templates)
        {
            if (template == name) return [.. Enumerable.Range(first, count)];
        }

        for (int i = 0; i < Plans.Length; i++)
        {
            if (Plans[i].Settings.Name == name) return [i];
        }

        string[] known = [.. Templates.Select(template => template.Name)];
        section.Refuse(key, string.Join(", ", known) + (NearestName.Find(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : ", or the name of one host"));
        return [];
    }
}
