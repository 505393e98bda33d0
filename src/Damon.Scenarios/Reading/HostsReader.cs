using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Hocon.Reading;
using Damon.Scenarios.Staging;

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
internal sealed class HostsReader(LayeredSection root, HoconSection rootReference, EachSections each, RunSettings run, ScenarioFiles files)
{
    private const ulong MaxHosts = 100_000;
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    private static readonly string[] s_hostKeys =
        [
            "machine", "cgroups", "damo", "kdamonds", "vaddr-targets", "page-monitoring", "damo-start", "events", "feeds", "pressure", "costs", "swap", "targets",
        ];

    /// <summary>What damo's commands and masim's files do without saying so.</summary>
    public List<string> Notices { get; } = [];

    public ImmutableArray<HostPlan> Read()
    {
        var plans = ImmutableArray.CreateBuilder<HostPlan>();
        HashSet<string> names = [];
        foreach ((string name, LayeredSection section) in root.Entries("hosts", each, "host"))
        {
            ulong count = section.Count("count", 1, MaxHosts);
            HostTemplate template = ReadTemplate(section);
            for (ulong i = 0; i < count; i++)
            {
                string hostName = count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
                if (!names.Add(hostName)) section.Refuse("count", $"names that differ; there are two hosts {hostName}");
                plans.Add(HostBuilder.Build(template, hostName, run.Seed));
            }
        }

        if (plans.Count == 0) root.Refuse("hosts", "at least one host");
        return plans.ToImmutable();
    }

    private HostTemplate ReadTemplate(LayeredSection section)
    {
        foreach (string key in s_hostKeys)
        {
            section.Any(key, "as at the root");
            root.IsGiven(key);
        }

        LayeredSection own = section.Over(rootReference);
        LayeredSection Where(string key) => own.IsGiven(key) ? own : root;

        Machine machine = MachineReader.Read(Where("machine").Section("machine"), each);
        ImmutableArray<Cgroup> cgroups = ReadCgroups(Where("cgroups"), machine);
        HostNames names = new(machine.Nodes.Length, [.. cgroups.Select(cgroup => cgroup.Path)], NamesOf(cgroups));
        ImmutableArray<VaddrTarget> vaddrTargets = VaddrTargetsReader.Read(Where("vaddr-targets"), each, names);
        ImmutableArray<PageMonitoring> pages = PageMonitoringReader.Read(Where("page-monitoring"), each);
        DamoCommands commands = new(machine, names, new BeyondDamo(vaddrTargets, pages));
        DamoConfiguration damo = ReadDamo(own, commands);
        VaddrTargetsReader.Check(Where("vaddr-targets"), vaddrTargets, damo.Kdamonds);
        PageMonitoringReader.Check(Where("page-monitoring"), pages, damo.Kdamonds);
        EventsReader events = new(each, machine, run.DurationUs, commands, damo.Kdamonds, [.. cgroups.SelectMany(cgroup => cgroup.Programs)]);
        ImmutableArray<HostEvent> happenings = events.ReadEvents(Where("events"));
        return new HostTemplate(
            machine,
            cgroups,
            damo with { Kdamonds = events.Kdamonds },
            commands,
            happenings,
            events.ReadPressure(Where("pressure")),
            CostsReader.Read(Where("costs").Section("costs"), machine),
            CostsReader.Swap(Where("swap").Section("swap")),
            new FeedsReader(each, cgroups, damo.Kdamonds).Read(Where("feeds"), Where("costs").Section("costs").Section("memory").Flag("counts")),
            AimsReader.Read(Where("targets"), each, machine, cgroups, damo.Kdamonds));
    }

    private ImmutableArray<Cgroup> ReadCgroups(LayeredSection section, Machine machine)
    {
        CgroupsReader reader = new(each, machine, run.DurationUs, files);
        ImmutableArray<Cgroup> cgroups = reader.Read(section);
        AddNotices(reader.Notices);
        return cgroups;
    }

    private void AddNotices(IEnumerable<string> notices) => Notices.AddRange(notices.Where(notice => !Notices.Contains(notice)));

    private static ImmutableArray<ProcessName> NamesOf(ImmutableArray<Cgroup> cgroups) =>
        [.. cgroups.SelectMany(cgroup => cgroup.Programs).Select(program => new ProcessName(program.Name, program.Pid))];

    private DamoConfiguration ReadDamo(LayeredSection own, DamoCommands commands)
    {
        LayeredSection from = own.IsGiven("damo") || own.IsGiven("kdamonds") ? own : root;
        HoconCursor? command = from.Any("damo", "text");
        HoconCursor? document = from.Any("kdamonds", "list of damo's kdamonds");
        if (command is not null && document is not null) document.Refuse("either damo or kdamonds, not both");
        DamoConfiguration configuration = command is not null ? commands.Read(command)
            : document is not null ? commands.ReadDocument(document)
            : DamoConfiguration.Empty;
        LayeredSection startsIn = own.IsGiven("damo-start") ? own : root;
        ulong start = startsIn.DurationUs("damo-start", 0, LongestUs);
        if (start > run.DurationUs) startsIn.Refuse("damo-start", "a time before the run ends");
        configuration = configuration with
        {
            Kdamonds = [.. configuration.Kdamonds.Select(kdamond => kdamond with { StartAtUs = start })],
        };
        AddNotices(configuration.Notices);
        return configuration;
    }
}
