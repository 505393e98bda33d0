using Damon.Actors.Hosts;
using Damon.Node.Results;
using Damon.Node.Runs;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results;
using Damon.Store;
using Damon.Store.Memory;
using Damon.Store.Runs;

namespace Damon.Node.Tests;

/// <summary>A report from memory is the one that the store would give, or there is none.</summary>
public sealed class OwnResultsTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(SmallFleet.Free)]
    [InlineData(SmallFleet.Coupled)]
    public async Task Who_computed_all_of_a_run_reports_what_the_store_has(string text)
    {
        await using MemoryStore store = new();
        RunId id = await SubmitAsync(store, text);
        OwnResults own = new();
        await ComputeAsync(store, id, own, run => run.State.IsOver());
        RunContext context = await RunContext.ReadAsync(store, id, null, default);
        RunReport report = Assert.IsType<RunReport>(own.Report(context));
        RunReport stored = (await StoredRun.ReadAsync(store, id)).Report;
        Assert.Equal(Text(stored), Text(report));
        Assert.All(report.Hosts, host => Assert.NotEmpty(host.Outcome.Samples));
        Assert.Equal(context.Run.Digest.ToString(), report.Digest);
    }

    [Fact]
    public async Task Who_computed_the_second_half_has_no_report()
    {
        await using MemoryStore store = new();
        // Long enough to be stopped on its way.
        RunId id = await SubmitAsync(store, SmallFleet.Coupled.Replace("duration = 24 s", "duration = 240 s", StringComparison.Ordinal));
        OwnResults first = new();
        OwnResults second = new();
        await ComputeAsync(store, id, first, run => run.DoneWindow >= new Window(5));
        await ComputeAsync(store, id, second, run => run.State.IsOver());
        RunContext context = await RunContext.ReadAsync(store, id, null, default);
        Assert.Null(first.Report(context));
        Assert.Null(second.Report(context));
        Assert.Equal(context.Run.Digest.ToString(), (await StoredRun.ReadAsync(store, id, second)).Report.Digest);
    }

    [Fact]
    public async Task Windows_that_come_twice_or_are_missing_leave_no_report()
    {
        await using MemoryStore store = new();
        RunContext context = await RunContext.ReadAsync(store, await SubmitAsync(store, SmallFleet.Free), null, default);
        foreach (Window next in (Window[])[new Window(2), new Window(4)])
        {
            OwnResults own = new();
            ShardReadings nothing = new([], [], []);
            for (int shard = 1; shard < context.Map.Count; shard++) own.Add(context, shard, new Window(1), context.Run.FinalWindow, nothing);
            own.Add(context, 0, new Window(1), new Window(2), nothing);
            own.Add(context, 0, next, context.Run.FinalWindow, nothing);
            Assert.Null(own.Report(context));
        }
    }

    private static async Task<RunId> SubmitAsync(MemoryStore store, string text)
    {
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read(text);
        return await Submission.SubmitAsync(store, bundle, scenario);
    }

    private static async Task ComputeAsync(MemoryStore store, RunId id, OwnResults own, Func<Run, bool> isEnough)
    {
        using CancellationTokenSource stop = new();
        await using Worker worker = new(store, new WorkerSettings { Name = "own", Threads = 2, Only = id, Results = own });
        Task working = worker.RunAsync(stop.Token);
        using CancellationTokenSource patience = new(s_patience);
        while (!isEnough((await store.FindRunAsync(id))!)) await Task.Delay(1, patience.Token);
        await stop.CancelAsync();
        await working.WaitAsync(s_patience);
    }

    private static string Text(RunReport report) => string.Join('\n', report.Hosts.Select(host =>
        $"{host.Outcome.Plan.Settings.Name} {host.Outcome.StateHash} {host.Outcome.Samples.Length} {Hash(host.Outcome.Samples)}"));

    private static ulong Hash(IEnumerable<HostSample> samples) => samples.Aggregate(default(RunningHash), (hash, sample) => hash.Add(sample)).Value;
}
