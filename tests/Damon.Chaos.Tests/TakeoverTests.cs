using System.Diagnostics;
using Damon.Node;
using Damon.Scenarios.Bundles;
using Damon.Store;
using Damon.Store.Postgres;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Xunit.Abstractions;

namespace Damon.Chaos.Tests;

/// <summary>How soon others go on with the shards of a worker that is gone: real processes, a real database, real signals.</summary>
public sealed class TakeoverTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task A_killed_workers_shards_run_elsewhere_within_its_lease_and_two_seconds() =>
        KilledAsync(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Slow")]
    public Task A_killed_workers_shards_run_elsewhere_within_the_usual_lease_and_two_seconds() => KilledAsync(WorkerSettings.DefaultTtl);

    [Fact]
    public async Task A_worker_that_is_told_to_leave_hands_over_within_a_second_and_nothing_is_computed_twice()
    {
        await using DatabaseServer server = await DatabaseServer.StartAsync();
        await using IRunStore store = await PostgresStore.OpenAsync(server.Direct);
        RunId run = await SubmitAsync(store);
        using ChaosWorker leaving = new("leaving", server.Direct, WorkerSettings.DefaultTtl);
        using ChaosWorker staying = new("staying", server.Direct, WorkerSettings.DefaultTtl);
        Dictionary<ShardId, Window> before = await BothWorkAsync(store, run, "leaving");
        Stopwatch watch = Stopwatch.StartNew();
        leaving.Signal("TERM");
        await GoOnAsync(store, run, before, "staying");
        output.WriteLine($"{before.Count} shards went on after {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.True(watch.Elapsed < Limit(TimeSpan.FromSeconds(1)), $"{watch.Elapsed}");
        Assert.True(leaving.WaitForEnd(s_patience) && !leaving.WasKilled);

        // Whoever takes a shard over loads its last checkpoint and computes what came after it once more: there must be nothing.
        Assert.DoesNotContain("once more", staying.Log, StringComparison.Ordinal);
        Assert.Contains("took", staying.Log, StringComparison.Ordinal);
    }

    private async Task KilledAsync(TimeSpan ttl)
    {
        await using DatabaseServer server = await DatabaseServer.StartAsync();
        await using IRunStore store = await PostgresStore.OpenAsync(server.Direct);
        RunId run = await SubmitAsync(store);
        using ChaosWorker dying = new("dying", server.Direct, ttl);
        using ChaosWorker living = new("living", server.Direct, ttl);
        Dictionary<ShardId, Window> before = await BothWorkAsync(store, run, "dying");
        Stopwatch watch = Stopwatch.StartNew();
        dying.Signal("KILL");
        await GoOnAsync(store, run, before, "living");
        output.WriteLine($"{before.Count} shards went on after {watch.Elapsed.TotalSeconds:0.00} s, lease {ttl.TotalSeconds} s");
        Assert.True(watch.Elapsed < Limit(ttl + TimeSpan.FromSeconds(2)), $"{watch.Elapsed}");
    }

    private static async Task<RunId> SubmitAsync(IRunStore store)
    {
        (ScenarioBundle bundle, Damon.Scenarios.Scenario scenario) = ChaosFleet.Read(1, TimeSpan.FromDays(1));
        return await Submission.SubmitAsync(store, bundle, scenario);
    }

    /// <summary>Waits until two workers share the shards and both have computed some windows.</summary>
    /// <returns>The shards of one of them, and how far they are.</returns>
    private static async Task<Dictionary<ShardId, Window>> BothWorkAsync(IRunStore store, RunId run, string name)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            IReadOnlyList<ShardEntry> shards = await store.ListShardsAsync(run);
            ILookup<string, ShardEntry> byOwner = shards.Where(shard => shard.Owner is not null).ToLookup(shard => shard.Owner!);
            if (byOwner.Count == 2 && byOwner.Sum(owner => owner.Count()) == shards.Count && byOwner.Min(owner => owner.Count()) > 1 && shards.All(shard => shard.DoneWindow.Number > 20))
                return byOwner[name].ToDictionary(shard => shard.Shard, shard => shard.DoneWindow);
            Assert.True(watch.Elapsed < s_patience, "the workers never shared the shards");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until another one has computed a window of each of the shards.</summary>
    private static async Task GoOnAsync(IRunStore store, RunId run, Dictionary<ShardId, Window> before, string heir)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Dictionary<ShardId, Window> inherited = [];
        while (true)
        {
            IReadOnlyList<ShardEntry> shards = await store.ListShardsAsync(run);
            foreach (ShardEntry shard in shards.Where(shard => shard.Owner == heir)) inherited.TryAdd(shard.Shard, shard.DoneWindow);
            if (before.Keys.All(inherited.ContainsKey) && shards.All(shard => shard.DoneWindow > inherited.GetValueOrDefault(shard.Shard))) return;
            Assert.True(watch.Elapsed < s_patience, "the shards never went on");
            await Task.Delay(20);
        }
    }

    /// <summary>What is asked for, and a second where the machine is shared with other tests.</summary>
    private static TimeSpan Limit(TimeSpan asked) => asked + TimeSpan.FromSeconds(1);
}
