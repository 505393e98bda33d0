using System.Collections.Immutable;
using Damon.Node.Commands;
using Damon.Node.Results;
using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Memory;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Tests;

public sealed class WorkerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public async Task Any_number_of_workers_comes_to_the_bits_of_one_process(int workers, int threads)
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read();
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        Run run = await RunAsync(store, id, workers, threads);
        Assert.Equal(RunState.Finished, run.State);
        Assert.Equal(SmallFleet.Digest(scenario), run.Digest.ToString());
    }

    [Fact]
    public async Task A_command_applies_at_the_time_that_was_acknowledged()
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read();
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        OrderReceipt receipt = await new CommandDesk(store).SendAsync(id, new Order("feed 0.0.0 2500") { Hosts = ["web-1"], AtNs = 7_500_000_000 });
        Assert.Equal(8_000_000_000, receipt.AppliesAtNs);
        Run run = await RunAsync(store, id, 2, 1);
        MemberCommand same = new CommandReader(new Fleet(scenario)).Read("web-1", "feed 0.0.0 2500") with { Window = 8 };
        Assert.Equal(SmallFleet.Digest(scenario, same), run.Digest.ToString());
        Assert.NotEqual(SmallFleet.Digest(scenario), run.Digest.ToString());
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_leaves_nothing_to_compute_again()
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read();
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        using (CancellationTokenSource stop = new())
        {
            await using Worker first = new(store, new WorkerSettings { Name = "first", Threads = 1 });
            Task working = first.RunAsync(stop.Token);
            await UntilAsync(async () => (await store.FindRunAsync(id))!.DoneWindow >= new Window(3));
            await stop.CancelAsync();
            await working.WaitAsync(s_patience);
        }

        Assert.Empty(await store.ListNodesAsync());
        Assert.All(await store.ListShardsAsync(id), shard =>
        {
            Assert.Null(shard.Owner);
            Assert.True(shard.CheckpointWindow == shard.DoneWindow || shard.DoneWindow == new Window(20));
        });
        Run run = await RunAsync(store, id, 1, 1);
        Assert.Equal(SmallFleet.Digest(scenario), run.Digest.ToString());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public async Task Hosts_that_send_mail_come_to_the_bits_of_one_process_though_a_worker_stops_and_a_host_is_emptied(int workers, int threads)
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read(SmallFleet.Coupled);
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        await new CommandDesk(store).SendAsync(id, new Order("drain 9s") { Hosts = ["web-0"], AtNs = 8_000_000_000 });
        using (CancellationTokenSource stop = new())
        {
            await using Worker first = new(store, new WorkerSettings { Name = "first", Threads = 1 });
            Task working = first.RunAsync(stop.Token);
            await UntilAsync(async () => (await store.FindRunAsync(id))!.DoneWindow >= new Window(11));
            await stop.CancelAsync();
            await working.WaitAsync(s_patience);
        }

        Run run = await RunAsync(store, id, workers, threads);
        Fleet fleet = new(scenario);
        FleetOutcome alone = new FleetRun(fleet).Run(2, [new CommandReader(fleet).Read("web-0", "drain 9s") with { Window = 8 }]);
        Assert.Equal(alone.Digest, run.Digest.ToString());
        Assert.Contains(alone.Courses[2].Readings, reading => reading.Note?.Contains("leaves web-0 for", StringComparison.Ordinal) == true);
        ImmutableArray<FleetCourse> kept = (await StoredRun.ReadAsync(store, id)).Report.Courses;
        Assert.Equal(alone.Courses.Select(Text), kept.Select(Text));
    }

    [Fact]
    public async Task A_run_whose_workers_were_gone_before_they_ended_it_is_ended_by_the_next_one()
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read();
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        WorkerSettings settings = new() { Name = "gone", Threads = 1 };
        await using (Damon.Node.Membership.Membership life = new(store, settings))
        {
            await life.JoinAsync(default);
            RunContext context = await RunContext.ReadAsync(store, id, null, default);
            using Crew crew = new(1);
            RunWork work = new(store, context, crew);
            foreach (ShardLease lease in await store.ClaimAsync(life.Incarnation, int.MaxValue))
                work.Add(await new ShardLoader(store).LoadAsync(context, lease, default));
            while (!work.IsComputed) await work.RoundAsync(life, default);
            await life.LeaveAsync();
        }

        Run computed = (await store.FindRunAsync(id))!;
        Assert.Equal((RunState.Running, computed.FinalWindow), (computed.State, computed.DoneWindow));
        Run run = await RunAsync(store, id, 1, 1);
        Assert.Equal(SmallFleet.Digest(scenario), run.Digest.ToString());
    }

    [Fact]
    public async Task A_worker_lets_go_of_a_run_that_is_over_and_loads_nothing_of_it_again()
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read(SmallFleet.Coupled);
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        string[] took = await TakenAsync(store, int.MaxValue, async () => (await store.FindRunAsync(id))!.State == RunState.Finished
            && (await store.ListShardsAsync(id)).All(shard => shard.Owner is null));
        Assert.Single(took);
    }

    [Fact]
    public async Task A_worker_leaves_shards_to_those_that_start_beside_it_and_takes_them_when_nobody_came()
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read(SmallFleet.Coupled);
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        string[] took = await TakenAsync(store, 5, async () => (await store.FindRunAsync(id))!.State.IsOver());
        int all = (await store.FindRunAsync(id))!.Shards;
        Assert.Equal(2, took.Length);
        Assert.Contains("took 5 shards", took[0], StringComparison.Ordinal);
        Assert.Contains($"took {all - 5} shards", took[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_host_could_never_do_is_refused()
    {
        await using MemoryStore store = new();
        (ScenarioBundle bundle, Scenario scenario) = SmallFleet.Read();
        RunId id = await Submission.SubmitAsync(store, bundle, scenario);
        CommandDesk desk = new(store);
        CommandException unknown = await Assert.ThrowsAsync<CommandException>(() => desk.SendAsync(id, new Order("feed 0.0.0 1") { Hosts = ["web-7"] }));
        Assert.Contains("web-7", unknown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CommandException>(() => desk.SendAsync(id, new Order("feed 0.3.0 1")));
        Assert.Equal(0, (await store.FindRunAsync(id))!.LastCommand);
    }

    /// <summary>Has one worker work for a while.</summary>
    /// <returns>What it told of shards that it took.</returns>
    private static async Task<string[]> TakenAsync(IRunStore store, int firstClaim, Func<Task<bool>> enough)
    {
        List<string> log = [];
        using CancellationTokenSource over = new();
        await using Worker worker = new(store, new WorkerSettings { Name = "w", Threads = 1, FirstClaim = firstClaim, Log = line => { lock (log) log.Add(line); } });
        Task working = worker.RunAsync(over.Token);
        await UntilAsync(enough);
        await over.CancelAsync();
        await working.WaitAsync(s_patience);
        return [.. log.Where(line => line.Contains("took", StringComparison.Ordinal))];
    }

    private static string Text(FleetCourse course) =>
        course.Name + string.Concat(course.Readings.Select(reading => $"\n{reading.AtUs}: {string.Join(' ', reading.Values)} {reading.Note}"));

    private static async Task<Run> RunAsync(IRunStore store, RunId id, int workers, int threads)
    {
        using CancellationTokenSource over = new();
        Worker[] all = [.. Enumerable.Range(0, workers).Select(i => new Worker(store, new WorkerSettings { Name = $"w{i}", Threads = threads }))];
        Task[] working = [.. all.Select(worker => worker.RunAsync(over.Token))];
        await UntilAsync(async () => (await store.FindRunAsync(id))!.State.IsOver());
        await over.CancelAsync();
        await Task.WhenAll(working).WaitAsync(s_patience);
        foreach (Worker worker in all) await worker.DisposeAsync();
        return (await store.FindRunAsync(id))!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = new(s_patience);
        while (!await condition()) await Task.Delay(20, patience.Token);
    }
}
