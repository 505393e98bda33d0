using Damon.Actors;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Damo.Records;
using Damon.Damo.Reports;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Recording;

/// <summary>Keeps what damo's reports need of one host while it runs; nothing is written to a file.</summary>
/// <param name="name">The host.</param>
public sealed class LiveReports(string name)
{
    private readonly PackedRecords _records = new();
    private SimulatedHost? _host;

    /// <summary>Begins to keep, when the host has just been built; others are left alone.</summary>
    public void Attach(SimulatedHost host)
    {
        if (host.Name != name) return;
        _host = host;
        ActorRef recorder = host.World.Spawn(Props.Create(() => new AccessRecorder(_records)), "access-recorder");
        foreach (ActorRef kdamond in host.Map.Kdamonds) kdamond.Ask<Observe, Done>(new Observe(recorder));
        KdamondStatuses.KeepTriedRegions(host);
    }

    /// <summary>What reports are made of, when the host has come to its end.</summary>
    /// <param name="outcome">The host's end.</param>
    public ReportInput Input(HostOutcome outcome)
    {
        const string FootprintFileName = ReportInput.DefaultRecord + FootprintFile.Suffix;
        return new ReportInput
        {
            Running = KdamondStatuses.Of(outcome, "on", outcome.Failure is null ? _host : null),
            RunningRecords = _records,
            ReadText = path => path == FootprintFileName ? FootprintFile.Write(Footprints.Of(outcome)) : ReportInput.Files.ReadText(path),
        };
    }
}
