using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Hocon;
using Damon.Hocon.Reading;
using Damon.Scenarios.Reading.Draws;
using Damon.Scenarios.Reading.Fleets;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>
/// Reads what hosts of a template consist of: the keys at the root, or those of the template itself where it sets them.
/// </summary>
/// <param name="root">The scenario.</param>
/// <param name="rootReference">The reference's root.</param>
/// <param name="each">The keys of things that come in numbers.</param>
/// <param name="run">The run.</param>
/// <param name="files">The files that a scenario names.</param>
/// <param name="kinds">The kinds of tenants that come and go.</param>
/// <param name="notices">Gets what damo's commands and masim's files do without saying so.</param>
internal sealed class TemplateReader(
    LayeredSection root, HoconSection rootReference, EachSections each, RunSettings run, ScenarioFiles files, TenantKinds kinds,
    ICollection<string> notices)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    private readonly TenantPrograms _tenants = new(each, run, files, kinds);
    private (HoconValue Command, DamoCommands Commands, DamoConfiguration Configuration)? _last;

    private static readonly string[] s_hostKeys =
        [
            "machine", "cgroups", "damo", "kdamonds", "vaddr-targets", "page-monitoring", "damo-start", "events", "feeds", "pressure", "costs", "swap", "thp", "targets",
        ];

    /// <summary>Reads a template.</summary>
    /// <param name="section">Its keys.</param>
    /// <param name="draws">Draws values for the host that it is read for.</param>
    public HostTemplate Read(LayeredSection section, HostDraws draws)
    {
        foreach (string key in s_hostKeys)
        {
            section.With(draws).Any(key, "as at the root");
            root.IsGiven(key);
        }

        LayeredSection own = section.With(draws).Over(rootReference);
        LayeredSection all = root.With(draws);
        LayeredSection Where(string key) => own.IsGiven(key) ? own : all;

        Machine machine = MachineReader.Read(Where("machine").Section("machine"), each);
        ImmutableArray<Cgroup> lasting = ReadCgroups(Where("cgroups"), machine);
        SlotTemplate? slots = ReadSlots(section.With(draws), machine, lasting);
        ImmutableArray<Cgroup> cgroups = [.. lasting, .. slots?.Cgroups ?? []];
        HostNames names = new(machine.Nodes.Length, [.. cgroups.Select(cgroup => cgroup.Path)], NamesOf(cgroups));
        ImmutableArray<VaddrTarget> vaddrTargets = VaddrTargetsReader.Read(Where("vaddr-targets"), each, names);
        ImmutableArray<PageMonitoring> pages = PageMonitoringReader.Read(Where("page-monitoring"), each);
        DamoCommands commands = new(machine, names, new BeyondDamo(vaddrTargets, pages), files);
        DamoConfiguration damo = ReadDamo(own, all, commands);
        VaddrTargetsReader.Check(Where("vaddr-targets"), vaddrTargets, damo.Kdamonds);
        PageMonitoringReader.Check(Where("page-monitoring"), pages, damo.Kdamonds);
        EventsReader events = new(each, machine, run.DurationUs, commands, damo, [.. lasting.SelectMany(cgroup => cgroup.Programs)]);
        ImmutableArray<HostEvent> happenings = events.ReadEvents(Where("events"));
        ThpSettings? thp = ThpReader.Read(Where("thp").Section("thp"), machine);
        if (thp is null) AddNotices(ThpReader.InVain(damo.Kdamonds));
        return new HostTemplate(
            machine,
            cgroups,
            events.Damo,
            commands,
            happenings,
            events.ReadPressure(Where("pressure")),
            CostsReader.Read(Where("costs").Section("costs"), machine),
            CostsReader.Swap(Where("swap").Section("swap")),
            thp,
            new FeedsReader(each, cgroups, damo.Kdamonds).Read(Where("feeds"), Where("costs").Section("costs").Section("memory").Flag("counts")),
            AimsReader.Read(Where("targets"), each, machine, cgroups, damo.Kdamonds))
        {
            Slots = slots,
        };
    }

    /// <summary>Hosts differ in what is drawn for them, and seldom in what their commands come to.</summary>
    private DamoConfiguration Read(HoconCursor command, DamoCommands commands)
    {
        if (_last is not { } last || !ReferenceEquals(last.Command, command.Value) || !last.Commands.ReadAlike(commands))
            _last = last = (command.Value, commands, commands.Read(command));
        return last.Configuration;
    }

    private SlotTemplate? ReadSlots(LayeredSection section, Machine machine, ImmutableArray<Cgroup> cgroups)
    {
        SlotTemplate? slots = new SlotsReader(machine, _tenants, kinds).Read(section, cgroups);
        AddNotices(_tenants.Notices);
        return slots;
    }

    private ImmutableArray<Cgroup> ReadCgroups(LayeredSection section, Machine machine)
    {
        CgroupsReader reader = new(each, machine, run.DurationUs, files);
        ImmutableArray<Cgroup> cgroups = reader.Read(section);
        AddNotices(reader.Notices);
        return cgroups;
    }

    private void AddNotices(IEnumerable<string> more)
    {
        foreach (string notice in more)
        {
            if (!notices.Contains(notice)) notices.Add(notice);
        }
    }

    private static ImmutableArray<ProcessName> NamesOf(ImmutableArray<Cgroup> cgroups) =>
        [.. cgroups.SelectMany(cgroup => cgroup.Programs).Select(program => new ProcessName(program.Name, program.Pid))];

    private DamoConfiguration ReadDamo(LayeredSection own, LayeredSection all, DamoCommands commands)
    {
        LayeredSection from = own.IsGiven("damo") || own.IsGiven("kdamonds") ? own : all;
        HoconCursor? command = from.Any("damo", "text");
        HoconCursor? document = from.Any("kdamonds", "list of damo's kdamonds");
        if (command is not null && document is not null) document.Refuse("either damo or kdamonds, not both");
        DamoConfiguration configuration = command is not null ? Read(command, commands)
            : document is not null ? commands.ReadDocument(document)
            : DamoConfiguration.Empty;
        LayeredSection startsIn = own.IsGiven("damo-start") ? own : all;
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
