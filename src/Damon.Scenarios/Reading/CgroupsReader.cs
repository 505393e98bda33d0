using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Workloads;
using Damon.Model.Workloads.Masim;

namespace Damon.Scenarios.Reading;

/// <summary>A memory cgroup and the programs in it.</summary>
/// <param name="Path">Its path, with a leading slash.</param>
/// <param name="Programs">The programs, in the order in which they first touch their memory.</param>
internal sealed record Cgroup(string Path, ImmutableArray<Program> Programs);

/// <summary>A program of a tenant.</summary>
/// <param name="Name">Its name, unique in the host.</param>
/// <param name="Workload">What it does; random ones still have seed 0.</param>
/// <param name="Unseeded">Its plan, with that seed; null: it has none, which is reported.</param>
/// <param name="Node">Where its memory is taken.</param>
/// <param name="Fallback">Where else when the node is full; null: nowhere.</param>
/// <param name="AccessesPerTouch">Loads or stores that a touch of 4 KiB stands for.</param>
/// <param name="StartUs">When it starts, us.</param>
/// <param name="StopUs">When it exits, us; null: never.</param>
/// <param name="Mappings">Where its memory is mapped.</param>
/// <param name="Pid">Its process id; null: none, damo cannot name it.</param>
internal sealed record Program(
    string Name,
    Workload Workload,
    WorkloadPlan? Unseeded,
    NodeId Node,
    NodeId? Fallback,
    uint AccessesPerTouch,
    ulong StartUs,
    ulong? StopUs,
    Mappings Mappings,
    ulong? Pid)
{
    /// <summary>The nodes that it takes memory of, the first with room.</summary>
    public ImmutableArray<NodeId> AllocationNodes => Fallback is { } other ? [Node, other] : [Node];

    /// <summary>The plan of its workload with a stream of random numbers; those without one share theirs.</summary>
    /// <param name="pageShift">log2 of the size of the machine's frames.</param>
    /// <param name="seed">The stream's seed.</param>
    public WorkloadPlan PlanOf(int pageShift, ulong seed)
    {
        Workload seeded = Workload switch
        {
            Uniform uniform => uniform with { Seed = seed },
            Zipf zipf => zipf with { Seed = seed },
            MasimProgram masim => masim with { Seed = seed },
            _ => Workload,
        };
        return ReferenceEquals(seeded, Workload) && Unseeded is { } plan ? plan : seeded.Plan(pageShift);
    }

    /// <summary>How it uses its pages by a plan of its workload.</summary>
    public ImmutableArray<AccessRule> RulesOf(WorkloadPlan plan) => plan.Pattern.Rules.All(rule => rule.AccessesPerTouch == AccessesPerTouch)
        ? plan.Pattern.Rules
        : [.. plan.Pattern.Rules.Select(rule => rule with { AccessesPerTouch = AccessesPerTouch })];
}

/// <summary>Reads <c>cgroups</c>.</summary>
/// <param name="each">The keys of single cgroups and workloads.</param>
/// <param name="machine">The machine that they are on.</param>
/// <param name="durationUs">How long the run is, us.</param>
/// <param name="files">The files that workloads name.</param>
internal sealed class CgroupsReader(EachSections each, Machine machine, ulong durationUs, ScenarioFiles files)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;
    private const ulong LargestPid = 1 << 22;

    /// <summary>What is read otherwise than its author may think.</summary>
    public List<string> Notices { get; } = [];

    public ImmutableArray<Cgroup> Read(LayeredSection section)
    {
        var cgroups = ImmutableArray.CreateBuilder<Cgroup>();
        ulong total = 0;
        HashSet<ulong> pids = [];
        foreach ((string path, LayeredSection cgroup) in section.Entries("cgroups", each, "cgroup"))
        {
            if (!path.StartsWith('/')) cgroup.Refuse("workloads", $"a cgroup path with a leading slash, such as \"/{path}\"");
            var programs = ImmutableArray.CreateBuilder<Program>();
            foreach (LayeredSection workload in Workloads(cgroup))
            {
                programs.Add(Read(workload, path, programs.Count));
                total += programs[^1].Workload.Size.Value;
                if (programs[^1].Pid is { } pid && !pids.Add(pid)) workload.Refuse("pid", "a process id that no workload before it has");
                if (total > machine.Bytes) RefuseSize(workload, programs[^1].Workload.Size.Value, total, machine.Bytes);
            }

            cgroups.Add(new Cgroup(path, programs.ToImmutable()));
        }

        return cgroups.ToImmutable();
    }

    private IReadOnlyList<LayeredSection> Workloads(LayeredSection cgroup)
    {
        IReadOnlyList<LayeredSection> all = cgroup.Items("workloads", each, "workload");
        if (cgroup.One("workload", each, "workload") is not { } only) return all;
        if (all.Count > 0) cgroup.Refuse("workload", "either workload or workloads, and not both");
        return [only];
    }

    /// <summary>Reads one program.</summary>
    /// <param name="section">Its keys.</param>
    /// <param name="path">Path of its cgroup.</param>
    /// <param name="index">How many programs of the cgroup come before it.</param>
    public Program Read(LayeredSection section, string path, int index)
    {
        string name = section.TextOrNull("name") ?? string.Create(CultureInfo.InvariantCulture, $"{path}#{index}");
        int node = section.Node("node", machine.Nodes.Length);
        int? fallback = section.NodeOrNone("fallback", machine.Nodes.Length);
        ulong start = section.DurationUs("start", 0, LongestUs);
        if (start > durationUs) section.Refuse("start", "a time before the run ends");
        (Workload workload, WorkloadPlan? plan) = new WorkloadReader(each, machine, files, durationUs, Notices).Read(section, start, machine.Nodes[node].Memory);
        ulong? stop = section.DurationUsOrNull("stop", 0, LongestUs);
        if (stop <= start) section.Refuse("stop", "a time after start");
        if (stop > durationUs) section.Refuse("stop", "a time before the run ends");
        return new Program(
            name,
            workload,
            plan,
            new NodeId(node),
            fallback is { } other && other != node ? new NodeId(other) : null,
            (uint)section.Count("accesses-per-touch", 1, 1_000_000_000),
            start,
            workload.ExitUs is { } exit && (ulong)exit < Math.Min(stop ?? ulong.MaxValue, durationUs) ? (ulong)exit : stop,
            new MappingsReader(each, machine.PageShift).Read(section, workload),
            section.CountOrNull("pid", 1, LargestPid));
    }

    private static void RefuseSize(LayeredSection workload, ulong size, ulong total, ulong machine)
    {
        ulong left = machine > total - size ? machine - (total - size) : 0;
        workload.Refuse(
            "size", $"at most {HoconSize.Format(left)}, which is left of the machine's {HoconSize.Format(machine)} after the workloads before it");
    }
}
