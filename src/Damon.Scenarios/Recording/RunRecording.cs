using System.Collections.Concurrent;
using System.Collections.Immutable;
using Damon.Actors;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
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
            if (outcome.Plan.Document is not null) File.WriteAllText(file + KdamondsFile.Suffix, KdamondsFile.Write(KdamondStatuses.Of(outcome, "off")));
            File.WriteAllText(file + FootprintFile.Suffix, FootprintFile.Write(Footprints.Of(outcome)));
        }

        return notices.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RecordWriter writer in _writers.Values) writer.Dispose();
    }

    private string PathOf(string host) => scenario.Hosts.Length == 1 ? path : $"{path}.{host}";
}
