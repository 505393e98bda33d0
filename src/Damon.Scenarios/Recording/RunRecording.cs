using System.Collections.Concurrent;
using System.Collections.Immutable;
using Damon.Actors;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Recording;

/// <summary>
/// Records a run as <c>damo record</c> does: FILE, FILE.kdamonds and FILE.mem_footprint, which the real damo's reports read. With
/// several hosts each has files of its own, FILE.HOST.
/// </summary>
/// <param name="path">FILE.</param>
/// <param name="scenario">What is run.</param>
public sealed class RunRecording(string path, Scenario scenario) : IDisposable
{
    private readonly ConcurrentDictionary<string, RecordWriter> _writers = [];

    /// <summary>Begins to record a host that has just been built.</summary>
    public void Attach(SimulatedHost host)
    {
        RecordWriter writer = _writers.GetOrAdd(host.Name, name => new RecordWriter(PathOf(name)));
        ActorRef recorder = host.World.Spawn(Props.Create(() => new AccessRecorder(writer)), "access-recorder");
        foreach (ActorRef kdamond in host.Map.Kdamonds) kdamond.Ask<Observe, Done>(new Observe(recorder));
    }

    /// <summary>Ends the files and writes those beside them.</summary>
    /// <returns>Notices for the person who wants damo's reports of them.</returns>
    public ImmutableArray<string> Complete(ImmutableArray<HostOutcome> outcomes)
    {
        var notices = ImmutableArray.CreateBuilder<string>();
        foreach (HostOutcome outcome in outcomes)
        {
            if (!_writers.TryGetValue(outcome.Plan.Settings.Name, out RecordWriter? writer)) continue;
            string file = PathOf(outcome.Plan.Settings.Name);
            notices.AddRange(writer.Complete());
            if (outcome.Plan.Document is { } document)
            {
                File.WriteAllText(
                    file + KdamondsFile.Suffix, KdamondsFile.Write(document.Kdamonds.Select((kdamond, i) => Status(kdamond, i, outcome))));
            }

            File.WriteAllText(file + FootprintFile.Suffix, FootprintFile.Write(outcome.Samples.Select(sample => Footprint(sample, outcome.Plan))));
        }

        return notices.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RecordWriter writer in _writers.Values) writer.Dispose();
    }

    private string PathOf(string host) => scenario.Hosts.Length == 1 ? path : $"{path}.{host}";

    private static KdamondStatus Status(Damo.Document.Kdamond kdamond, int index, HostOutcome outcome)
    {
        if (outcome.Samples.IsEmpty || index >= outcome.Samples[^1].Kdamonds.Length) return new KdamondStatus(kdamond, "off");
        SchemeStatus[] schemes = [.. outcome.Samples[^1].Kdamonds[index].Schemes.Select(scheme => new SchemeStatus(Statistics(scheme), []))];
        return new KdamondStatus(kdamond, "off", Contexts: [new ContextStatus(schemes)]);
    }

    private static DamosStatistics Statistics(SchemeSample scheme) => new(
        scheme.Stats.NrTried,
        scheme.Stats.SzTried,
        scheme.Stats.NrApplied,
        scheme.Stats.SzApplied,
        scheme.Stats.SzOpsFilterPassed,
        scheme.Stats.QtExceeds,
        scheme.Stats.NrSnapshots);

    /// <summary>Each cgroup as one process: what it has at most, and what is resident.</summary>
    private static MemoryFootprint Footprint(HostSample sample, HostPlan plan)
    {
        const ulong KiB = 1024;
        IEnumerable<ProcessFootprint> processes = sample.Memcgs.Select((memcg, i) => new ProcessFootprint(
            i + 1,
            PagesOf(plan.Settings.Processes.Where(process => process.Memcg == plan.Settings.Memcgs[i].Id)
                .Aggregate(0UL, (sum, process) => sum + ((ulong)process.NrPages << plan.Settings.PageShift))),
            PagesOf(memcg.ResidentBytesByNode.Aggregate(0UL, (sum, bytes) => sum + bytes))));
        ulong used = sample.Nodes.Aggregate(0UL, (sum, node) => sum + node.UsedBytes);
        ulong free = sample.Nodes.Aggregate(0UL, (sum, node) => sum + node.FreeBytes);
        return new MemoryFootprint(
            sample.AtUs / 1e6, [.. processes], new SystemFootprint((long)((used + free) / KiB), (long)(free / KiB), (long)(free / KiB)));
    }

    private static long PagesOf(ulong bytes) => (long)(bytes / (ulong)ProcessFootprint.PageBytes);
}
