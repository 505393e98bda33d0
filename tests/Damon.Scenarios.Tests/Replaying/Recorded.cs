using System.Collections.Immutable;
using Damon.Damo.Records;
using Damon.Scenarios.Recording;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Replaying;

/// <summary>A run recorded to a file of its own, and what the file has.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("damon-replay-").FullName;

    public string File => Path.Combine(_folder, "damon.data");

    /// <summary>Runs a scenario and records it.</summary>
    public static Recorded Of(Scenario scenario)
    {
        Recorded recorded = new();
        using RunRecording recording = new(recorded.File, scenario);
        ImmutableArray<HostOutcome> outcomes = new ScenarioRun(scenario) { Built = recording.Attach }.Run();
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        recording.Complete(outcomes);
        return recorded;
    }

    /// <summary>The snapshots of one of the records.</summary>
    public AccessSnapshot[] Snapshots(int record = 0) =>
        [.. RecordFile.Open(File).Snapshots().Where(snapshot => snapshot.RecordIndex == record).Select(snapshot => snapshot.Snapshot)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
