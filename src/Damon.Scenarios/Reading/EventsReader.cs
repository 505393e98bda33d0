using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Damo.Document;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
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
/// <param name="damo">What the host starts with.</param>
/// <param name="programs">The programs, in the order of their processes.</param>
internal sealed class EventsReader(
    EachSections each, Machine machine, ulong durationUs, DamoCommands commands, DamoConfiguration damo, ImmutableArray<Program> programs)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    private readonly ulong[] _taken = new ulong[machine.Nodes.Length];
    private ImmutableArray<KdamondSettings> _kdamonds = damo.Kdamonds;
    private DamoDocument? _document = damo.Document;

    /// <summary>
    /// The host's DAMON with what events made of it: all kdamonds that it ever has, as they start, and damo's document as it is at the end.
    /// </summary>
    public DamoConfiguration Damo => damo with { Kdamonds = _kdamonds, Document = _document };

    /// <summary>Reads the events in the order of their times, as some go on from what earlier ones did.</summary>
    public ImmutableArray<HostEvent> ReadEvents(LayeredSection section) =>
        [.. section.Items("events", each, "event").Select(item => (At: At(item), Item: item)).OrderBy(one => one.At)
            .SelectMany(one => Read(one.Item, one.At))];

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

    private ulong At(LayeredSection section)
    {
        ulong at = section.DurationUs("at", 0, LongestUs);
        if (at > durationUs) section.Refuse("at", "a time before the run ends");
        return at;
    }

    private HostEvent[] Read(LayeredSection section, ulong at)
    {
        string kind = section.Choice(
            "kind", "tune", "feed", "pause", "resume", "balloon", "start-kdamonds", "stop-kdamond", "take-memory", "add-memory", "exit", "restart");
        LayeredSection own = section.Over(each[kind]);
        return kind switch
        {
            "tune" => Tune(own, at),
            "feed" => [Feed(own, at)],
            "balloon" => [Balloon(own, at)],
            "start-kdamonds" => StartKdamonds(own, at),
            "stop-kdamond" => [new StopEvent(at, GoalAddress.ReadKdamond(own, _kdamonds))],
            "take-memory" => [TakeMemory(own, at)],
            "add-memory" => [AddMemory(own, at)],
            "exit" => [new ExitEvent(at, Process(own))],
            "restart" => Restart(own, at),
            _ => [new PauseEvent(at, GoalAddress.ReadKdamond(own, _kdamonds), kind == "pause")],
        };
    }

    /// <summary>A tune commits every kdamond that it describes.</summary>
    private HostEvent[] Tune(LayeredSection own, ulong at)
    {
        if (own.Any("damo", "text") is not { } cursor)
        {
            own.Refuse("damo", "a damo command");
            return [];
        }

        DamoConfiguration configuration = commands.Read(cursor);
        if (configuration.Kdamonds.Length != _kdamonds.Length)
            cursor.Refuse($"a command with as many kdamonds as the host has, {_kdamonds.Length}");
        _document = configuration.Document;
        return [.. configuration.Kdamonds.Select((settings, i) => new CommitEvent(at, i, settings))];
    }

    /// <summary>More kdamonds are there from the begin, but asleep until their time.</summary>
    private HostEvent[] StartKdamonds(LayeredSection own, ulong at)
    {
        if (own.Any("damo", "text") is not { } cursor)
        {
            own.Refuse("damo", "a damo command");
            return [];
        }

        DamoConfiguration configuration = commands.Read(cursor);
        int first = _kdamonds.Length;
        _kdamonds = _kdamonds.AddRange(configuration.Kdamonds.Select(settings => settings with { StartAtUs = at }));
        _document = new DamoDocument([.. _document?.Kdamonds ?? [], .. configuration.Document?.Kdamonds ?? []]);
        return [.. configuration.Paused.Select((paused, i) => new PauseEvent(at, first + i, paused)).Where(pause => pause.Paused)];
    }

    private FeedEvent Feed(LayeredSection own, ulong at)
    {
        GoalAddress goal = GoalAddress.Read(own, _kdamonds);
        return new FeedEvent(at, goal.Kdamond, goal.Scheme, goal.Goal, own.Count("value", 0, ulong.MaxValue));
    }

    private BalloonEvent Balloon(LayeredSection own, ulong at)
    {
        int node = own.Node("node", machine.Nodes.Length);
        ulong size = own.Size("size", 0, 1UL << 52);
        if (size > machine.Nodes[node].Size) own.Refuse("size", "not more than the node has");
        _taken[node] = size;
        return new BalloonEvent(at, new NodeId(node), size >> machine.PageShift);
    }

    /// <summary>All memory goes and is mapped anew; what the program has by then comes at once, what it takes later in its time.</summary>
    private HostEvent[] Restart(LayeredSection own, ulong at)
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
            .. (program.Unseeded?.Events ?? []).Where(one => program.StartUs + (ulong)one.AtUs <= at)
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

    private TakeMemoryEvent TakeMemory(LayeredSection own, ulong at)
    {
        (int node, ulong size) = NodeAndSize(own);
        if (_taken[node] + size > machine.Nodes[node].Size)
            own.Refuse("size", $"at most {HoconSize.Format(machine.Nodes[node].Size - _taken[node])}, which node {node} has left");
        _taken[node] += size;
        return new TakeMemoryEvent(at, new NodeId(node), size >> machine.PageShift);
    }

    private AddMemoryEvent AddMemory(LayeredSection own, ulong at)
    {
        (int node, ulong size) = NodeAndSize(own);
        if (size > _taken[node]) own.Refuse("size", $"at most {HoconSize.Format(_taken[node])}, which was taken of node {node} before");
        _taken[node] -= Math.Min(_taken[node], size);
        return new AddMemoryEvent(at, new NodeId(node), size >> machine.PageShift);
    }

    private (int Node, ulong Size) NodeAndSize(LayeredSection own)
    {
        ulong size = own.Size("size", 1 << 12, 1UL << 52);
        if (size % (1UL << machine.PageShift) != 0) own.Refuse("size", "a multiple of page-size");
        return (own.Node("node", machine.Nodes.Length), size);
    }
}
