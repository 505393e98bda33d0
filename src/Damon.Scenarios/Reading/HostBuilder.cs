using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Reading.Fleets;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>Everything that hosts of one template have in common.</summary>
internal sealed record HostTemplate(
    Machine Machine,
    ImmutableArray<Cgroup> Cgroups,
    DamoConfiguration Damo,
    DamoCommands Commands,
    ImmutableArray<HostEvent> Events,
    ImmutableArray<PsiSegment> Pressure,
    CostSettings Costs,
    SwapSettings? Swap,
    ThpSettings? Thp,
    ImmutableArray<FeedSettings> Feeds,
    ImmutableArray<Aim> Aims)
{
    /// <summary>The slots for tenants that come and go, whose cgroups are the last ones; null: there are none.</summary>
    public SlotTemplate? Slots { get; init; }
}

/// <summary>Makes hosts of a template: each with its name, its memory first touched at time 0, and random streams of its own.</summary>
internal static class HostBuilder
{
    public static HostPlan Build(HostTemplate template, string name, ulong seed)
    {
        Machine machine = template.Machine;
        int shift = machine.PageShift;
        var processes = ImmutableArray.CreateBuilder<ProcessSettings>();
        var events = ImmutableArray.CreateBuilder<HostEvent>();
        var followed = ImmutableArray.CreateBuilder<FollowedProcess>();
        bool hasMappings = NeedsMappings(template);
        for (int i = 0; i < template.Cgroups.Length; i++)
        {
            foreach (Program program in template.Cgroups[i].Programs)
            {
                WorkloadPlan plan = program.PlanOf(shift, Seeds.Derive(seed, name, program.Name, "workload"));
                events.AddRange(Life(program, plan, processes.Count));
                if (program.Pid is not null) followed.Add(FollowedProcess.Of(program.Name, processes.Count, plan));
                VmaLayout vmas = hasMappings ? program.Mappings.Layout(program.Workload, shift) : VmaLayout.Empty;
                processes.Add(new ProcessSettings
                {
                    Name = program.Name,
                    Memcg = HostNames.IdOf(i),
                    NrPages = hasMappings ? Mappings.PageCount(vmas) : plan.Pattern.PageCount,
                    Rules = program.RulesOf(plan),
                    AllocationNodes = program.AllocationNodes,
                    StartsLater = program.StartUs > 0,
                    Vmas = vmas,
                    FollowsMoves = program.Pid is not null,
                    CanHaveHugePages = template.Thp is not null && CanHaveHugePages(program.Workload, plan),
                });
            }
        }

        HostTenants? tenants = template.Slots?.Build(processes, template, hasMappings);
        HostSettings settings = new()
        {
            Name = name,
            Seed = seed,
            PageShift = shift,
            Allocation = machine.Allocation,
            Nodes = [.. machine.Nodes.Select(node => new NodeSettings(node.Start >> shift, node.Size >> shift))],
            Memcgs = [.. template.Cgroups.Select((cgroup, i) => new MemcgSettings(HostNames.IdOf(i), cgroup.Path))],
            Processes = processes.ToImmutable(),
            Kdamonds = template.Damo.Kdamonds,
            Events = [.. NotLent(machine).Concat(events).Concat(InitialPauses(template.Damo.Paused)).Concat(template.Events).OrderBy(one => one.AtUs)],
            Psi = template.Pressure,
            Costs = template.Costs,
            Swap = template.Swap,
            Thp = template.Thp,
            Feeds = template.Feeds,
        };
        return new HostPlan(settings, [.. machine.Nodes.Select(node => node.Tier)], template.Aims)
        {
            Document = template.Damo.Document,
            Commands = template.Commands,
            Pooled = Pooled(machine),
            Tenants = tenants,
            Followed = followed.ToImmutable(),
            Changes = [.. template.Events.Select(one => one.AtUs).Where(at => at > 0).Distinct()],
        };
    }

    /// <summary>Whether anything looks at virtual addresses; the others do without mappings.</summary>
    private static bool NeedsMappings(HostTemplate template) =>
        template.Thp is not null || template.Damo.Kdamonds.Any(kdamond => kdamond.IsVirtual) || template.Events.Any(one => one is VmasEvent);

    /// <summary>Whether transparent huge pages can hold a program's memory: anonymous, mapped, and not locked.</summary>
    internal static bool CanHaveHugePages(Workload workload, WorkloadPlan plan) => !workload.Huge && plan.Events.All(one =>
        one.Kind == MemoryEventKind.Free
        || (one.Flags & (FolioFlags.Anon | FolioFlags.Mapped | FolioFlags.Unevictable)) == (FolioFlags.Anon | FolioFlags.Mapped));

    /// <summary>A program's start, its memory's coming and going, which begins then, and its end.</summary>
    private static IEnumerable<HostEvent> Life(Program program, WorkloadPlan plan, int process)
    {
        if (program.StartUs > 0) yield return new StartEvent(program.StartUs, process);
        foreach (MemoryEvent one in plan.Events)
        {
            HostEvent @event = ToHostEvent(one, program, process);
            if (program.StopUs is { } stop && @event.AtUs >= stop) break;
            yield return @event;
        }

        if (program.StopUs is { } end) yield return new ExitEvent(end, process);
    }

    internal static HostEvent ToHostEvent(MemoryEvent one, Program program, int process)
    {
        ulong at = program.StartUs + (ulong)one.AtUs;
        if (one.Kind == MemoryEventKind.Free) return new FreeEvent(at, process, one.FirstPage, one.Count);
        FolioKind kind = new(
            Anon: one.Flags.HasFlag(FolioFlags.Anon),
            Active: one.Flags.HasFlag(FolioFlags.Active),
            Unevictable: one.Flags.HasFlag(FolioFlags.Unevictable),
            Mapped: one.Flags.HasFlag(FolioFlags.Mapped),
            Huge: program.Workload.Huge);
        return new AllocateEvent(at, process, one.FirstPage, one.Count, program.Node, program.Fallback, kind) { Stride = Math.Max(one.Stride, 1) };
    }

    private static ImmutableArray<PooledNode> Pooled(Machine machine) =>
        [.. machine.Nodes.Select((node, i) => node.PooledAtStart is { } bytes ? new PooledNode(i, bytes) : null).OfType<PooledNode>()];

    /// <summary>What pooled nodes have not borrowed at the start, before anybody takes memory.</summary>
    private static IEnumerable<HostEvent> NotLent(Machine machine) =>
        Pooled(machine).Where(node => node.AtStartBytes < machine.Nodes[node.Node].Size)
            .Select(node => new TakeMemoryEvent(0, new NodeId(node.Node), (machine.Nodes[node.Node].Size - node.AtStartBytes) >> machine.PageShift));

    private static IEnumerable<HostEvent> InitialPauses(ImmutableArray<bool> paused)
    {
        for (int i = 0; i < paused.Length; i++)
        {
            if (paused[i]) yield return new PauseEvent(0, i, true);
        }
    }
}
