using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Hocon.Reading;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.VirtualMemory;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>events</c> and <c>pressure</c>: what happens to a host from outside.</summary>
/// <param name="each">The keys of single events.</param>
/// <param name="machine">The machine.</param>
/// <param name="durationUs">How long the run is, us.</param>
/// <param name="commands">Reads damo commands.</param>
/// <param name="kdamonds">The kdamonds that the host starts with.</param>
/// <param name="programs">The programs, in the order of their processes.</param>
internal sealed class EventsReader(
    EachSections each, Machine machine, ulong durationUs, DamoCommands commands, ImmutableArray<KdamondSettings> kdamonds,
    ImmutableArray<Program> programs)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    public ImmutableArray<HostEvent> ReadEvents(LayeredSection section) =>
        [.. section.Items("events", each, "event").SelectMany(Read).OrderBy(one => one.AtUs)];

    public ImmutableArray<PsiSegment> ReadPressure(LayeredSection section)
    {
        var segments = ImmutableArray.CreateBuilder<PsiSegment>();
        foreach (LayeredSection item in section.Items("pressure", each, "pressure"))
        {
            ulong from = item.DurationUs("from", 0, LongestUs);
            ulong to = item.DurationUs("to", 0, LongestUs);
            if (to <= from) item.Refuse("to", "a time after from");
            segments.Add(new PsiSegment(from, to, item.DurationUs("stall", 0, 1_000_000)));
        }

        return segments.ToImmutable();
    }

    private IEnumerable<HostEvent> Read(LayeredSection section)
    {
        ulong at = section.DurationUs("at", 0, LongestUs);
        if (at > durationUs) section.Refuse("at", "a time before the run ends");
        string kind = section.Choice("kind", "tune", "feed", "pause", "resume", "balloon", "exit", "restart");
        LayeredSection own = section.Over(each[kind]);
        return kind switch
        {
            "tune" => Tune(own, at),
            "feed" => [Feed(own, at)],
            "balloon" => [Balloon(own, at)],
            "exit" => [new ExitEvent(at, Process(own))],
            "restart" => Restart(own, at),
            _ => [new PauseEvent(at, Kdamond(own), kind == "pause")],
        };
    }

    /// <summary>A tune commits every kdamond that it describes.</summary>
    private IEnumerable<HostEvent> Tune(LayeredSection own, ulong at)
    {
        if (own.Any("damo", "text") is not { } cursor)
        {
            own.Refuse("damo", "a damo command");
            return [];
        }

        DamoConfiguration configuration = commands.Read(cursor);
        if (configuration.Kdamonds.Length != kdamonds.Length)
            cursor.Refuse($"a command with as many kdamonds as the host has, {kdamonds.Length}");
        return configuration.Kdamonds.Select((settings, i) => new CommitEvent(at, i, settings));
    }

    private FeedEvent Feed(LayeredSection own, ulong at)
    {
        int kdamond = Kdamond(own);
        int scheme = (int)own.Count("scheme", 0, int.MaxValue);
        int goal = (int)own.Count("goal", 0, int.MaxValue);
        ulong value = own.Count("value", 0, ulong.MaxValue);
        if (kdamond < kdamonds.Length)
        {
            ImmutableArray<Model.Schemes.SchemeSettings> schemes = kdamonds[kdamond].Schemes;
            if (scheme >= schemes.Length) own.Refuse("scheme", $"a scheme of kdamond {kdamond}, which has {schemes.Length}, from 0");
            else if (goal >= schemes[scheme].Quota.Goals.Length)
                own.Refuse("goal", $"a goal of scheme {scheme}, which has {schemes[scheme].Quota.Goals.Length}, from 0");
        }

        return new FeedEvent(at, kdamond, scheme, goal, value);
    }

    private BalloonEvent Balloon(LayeredSection own, ulong at)
    {
        int node = own.Node("node", machine.Nodes.Length);
        ulong size = own.Size("size", 0, 1UL << 52);
        if (size > machine.Nodes[node].Size) own.Refuse("size", "not more than the node has");
        return new BalloonEvent(at, new NodeId(node), size >> machine.PageShift);
    }

    /// <summary>All memory goes and is mapped anew; what the program has by then comes at once, what it takes later in its time.</summary>
    private IEnumerable<HostEvent> Restart(LayeredSection own, ulong at)
    {
        int process = Process(own);
        ulong address = own.Size("address", MappingsReader.LeastAddress, MappingsReader.LargestAddress);
        if (programs.IsEmpty) return [];
        Program program = programs[process];
        if (program.Mappings.Validate(program.Workload, machine.PageShift, address) is { } error)
        {
            own.Refuse("address", $"an address that fits ({error})");
            return [];
        }

        return
        [
            new VmasEvent(at, process, VmaLayout.Empty),
            new VmasEvent(at, process, program.Mappings.Layout(program.Workload, machine.PageShift, address)),
            .. program.Workload.Plan(machine.PageShift).Events.Where(one => (ulong)one.AtUs <= at)
                .Select(one => HostBuilder.ToHostEvent(one, program, process) with { AtUs = at }),
        ];
    }

    private int Process(LayeredSection own)
    {
        string name = own.Text("process");
        for (int i = 0; i < programs.Length; i++)
        {
            if (programs[i].Name == name) return i;
        }

        own.Refuse("process", programs.IsEmpty ? "none, as the host has no workloads" : $"one of {string.Join(", ", programs.Select(one => one.Name))}");
        return 0;
    }

    private int Kdamond(LayeredSection own)
    {
        ulong kdamond = own.Count("kdamond", 0, int.MaxValue);
        if (kdamond >= (ulong)kdamonds.Length) own.Refuse("kdamond", $"a kdamond of the host, which has {kdamonds.Length}, from 0");
        return (int)kdamond;
    }
}
