using Damon.Actors.Hosts;
using Damon.Node.Results;
using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Running;
using Damon.Store;
using Damon.Store.Memory;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Tests;

/// <summary>Results are stored some windows behind what is computed, and none is lost or doubled for that.</summary>
public sealed class ResultsTests : IDisposable
{
    // Long enough to be left on its way.
    private static readonly string s_long = SmallFleet.Coupled.Replace("duration = 24 s", "duration = 120 s", StringComparison.Ordinal);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Crew _crew = new(1);

    public void Dispose() => _crew.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_worker_had_not_stored_when_it_died_is_stored_by_who_takes_over(bool withCheckpoint)
    {
        await using MemoryStore store = new();
        RunId id;
        await using (Damon.Node.Membership.Membership life = await JoinAsync(store))
        {
            RunWork work = await BeginAsync(store, life);
            id = work.Context.Run.Id;
            await ReachAsync(store, work, life, 3);
            if (withCheckpoint) await work.CheckpointAsync(life, work.Shards);
            await ReachAsync(store, work, life, 9);
            // Not a word to anybody: only the lease is gone.
            await store.EvictAsync(life.Incarnation);
        }

        Assert.Contains(await store.ListShardsAsync(id), shard => shard.ResultsWindow < shard.DoneWindow);
        await EndAsync(store, id);
        FleetOutcome wanted = new FleetRun(new Fleet(SmallFleet.Read(s_long).Scenario)).Run(1);
        StoredRun found = await StoredRun.ReadAsync(store, id);
        Assert.Equal(wanted.Digest, found.Report.Digest);
        Assert.Equal(wanted.Hosts.Select(Text), found.Report.Hosts.Select(host => Text(host.Outcome)));
        Assert.Equal(wanted.Courses.Select(course => course.Readings.Length), found.Report.Courses.Select(course => course.Readings.Length));
    }

    [Theory]
    [InlineData(RunState.Paused)]
    [InlineData(RunState.Stopped)]
    public async Task Where_a_run_stands_still_all_that_was_reported_is_stored(RunState state)
    {
        await using MemoryStore store = new();
        await using Damon.Node.Membership.Membership life = await JoinAsync(store);
        RunWork work = await BeginAsync(store, life);
        RunId id = work.Context.Run.Id;
        await ReachAsync(store, work, life, 9);
        Assert.Contains(await store.ListShardsAsync(id), shard => shard.ResultsWindow < shard.DoneWindow);
        await store.ChangeStateAsync(id, state);
        await work.RoundAsync(life, default);
        Assert.All(await store.ListShardsAsync(id), shard => Assert.Equal(shard.DoneWindow, shard.ResultsWindow));
        Assert.False(await work.RoundAsync(life, default));
    }

    [Fact]
    public async Task A_checkpoint_that_is_ahead_of_the_results_is_refused()
    {
        await using MemoryStore store = new();
        await using Damon.Node.Membership.Membership life = await JoinAsync(store);
        RunWork work = await BeginAsync(store, life);
        await ReachAsync(store, work, life, 3);
        await work.CheckpointAsync(life, work.Shards);
        await ReachAsync(store, work, life, 9);
        ShardLease held = (await store.ClaimAsync(life.Incarnation, 0)).First(lease => lease.DoneWindow > new Window(3));
        ShardException refused = await Assert.ThrowsAsync<ShardException>(() =>
            new ShardLoader(store).LoadAsync(work.Context, held with { ResultsWindow = new Window(1) }, default));
        Assert.Contains("its results are not stored", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Damon.Node.Membership.Membership> JoinAsync(MemoryStore store)
    {
        Damon.Node.Membership.Membership life = new(store, new WorkerSettings { Name = "w", Threads = 1 });
        await life.JoinAsync(default);
        return life;
    }

    /// <summary>Submits a run and takes all its shards.</summary>
    private async Task<RunWork> BeginAsync(MemoryStore store, Damon.Node.Membership.Membership life)
    {
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read(s_long);
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        RunContext context = await RunContext.ReadAsync(store, id, null, default);
        RunWork work = new(store, context, _crew);
        foreach (ShardLease lease in await store.ClaimAsync(life.Incarnation, int.MaxValue))
            work.Add(await new ShardLoader(store).LoadAsync(context, lease, default));
        return work;
    }

    /// <summary>Computes until all shards have committed a window, or a few more.</summary>
    private static async Task ReachAsync(MemoryStore store, RunWork work, Damon.Node.Membership.Membership life, long window)
    {
        using CancellationTokenSource stop = new();
        Task<bool> round = work.RoundAsync(life, stop.Token);
        while ((await store.FindRunAsync(work.Context.Run.Id))!.DoneWindow < new Window(window))
        {
            if (round.IsCompleted) round = work.RoundAsync(life, stop.Token);
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await round;
        while (work.Shards.Any(shard => shard.Packed is not null)) await work.RoundAsync(life, stop.Token);
    }

    private static async Task EndAsync(MemoryStore store, RunId id)
    {
        using CancellationTokenSource stop = new(s_patience);
        await using Worker worker = new(store, new WorkerSettings { Name = "next", Threads = 2 });
        Task working = worker.RunAsync(stop.Token);
        while (!(await store.FindRunAsync(id))!.State.IsOver()) await Task.Delay(5, stop.Token);
        await stop.CancelAsync();
        await working.WaitAsync(s_patience);
    }

    private static string Text(HostOutcome host) =>
        $"{host.Plan.Settings.Name} {host.StateHash} {host.Samples.Length} {host.Samples.Aggregate(default(RunningHash), (hash, sample) => hash.Add(sample)).Value}";
}
