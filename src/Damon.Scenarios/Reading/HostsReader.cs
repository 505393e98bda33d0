using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Scenarios.Reading.Draws;
using Damon.Scenarios.Reading.Fleets;

namespace Damon.Scenarios.Reading;

/// <summary>
/// Reads <c>hosts</c>: named templates, each for one or more hosts. What a host consists of stands at the root for all
/// templates; a template that sets one of these keys itself has its own.
/// </summary>
/// <param name="root">The scenario.</param>
/// <param name="rootReference">The reference's root.</param>
/// <param name="each">The keys of things that come in numbers.</param>
/// <param name="run">The run.</param>
/// <param name="files">The files that a scenario names.</param>
/// <param name="kinds">The kinds of tenants that come and go.</param>
internal sealed class HostsReader(
    LayeredSection root, HoconSection rootReference, EachSections each, RunSettings run, ScenarioFiles files, TenantKinds kinds)
{
    private const ulong MaxHosts = 100_000;

    /// <summary>What damo's commands and masim's files do without saying so.</summary>
    public List<string> Notices { get; } = [];

    public NamedHosts Read()
    {
        var plans = ImmutableArray.CreateBuilder<HostPlan>();
        var templates = ImmutableArray.CreateBuilder<(string Name, int First, int Count)>();
        HashSet<string> names = [];
        TemplateReader reader = new(root, rootReference, each, run, files, kinds, Notices);
        foreach ((string name, LayeredSection section) in root.Entries("hosts", each, "host"))
        {
            ulong count = section.Count("count", 1, MaxHosts);
            templates.Add((name, plans.Count, (int)count));
            HostTemplate? template = null;
            HostDraws draws = new(each, run.Seed, name);
            for (ulong i = 0; i < count; i++)
            {
                string hostName = count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
                if (!names.Add(hostName)) section.Refuse("count", $"names that differ; there are two hosts {hostName}");
                if (template is null || draws.HaveDrawn)
                {
                    draws = new HostDraws(each, run.Seed, hostName);
                    template = reader.Read(section, draws);
                }

                plans.Add(HostBuilder.Build(template, hostName, run.Seed) with { Template = name });
            }
        }

        if (plans.Count == 0) root.Refuse("hosts", "at least one host");
        return new NamedHosts(plans.ToImmutable(), templates.ToImmutable());
    }
}
