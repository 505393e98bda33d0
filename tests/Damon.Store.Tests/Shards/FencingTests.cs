using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Shards;

public sealed class FencingTests
{
    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_late_owner_writes_until_somebody_else_claims(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        IRunStore store = test.Store;
        RunId run = await store.SubmitAsync(Samples.Submission());
        (Incarnation late, IReadOnlyList<ShardLease> before) = await JoinAndClaimAsync(store);
        Assert.All(before, lease => Assert.Equal(1, lease.Epoch));

        await test.ExpireAsync(late);
        Assert.False(await store.RenewAsync(late));
        Assert.True((await store.CommitAsync(late, [Samples.Commit(before[3])])).IsCommitted);

        (Incarnation next, IReadOnlyList<ShardLease> after) = await JoinAndClaimAsync(store);
        Assert.Equal(16, after.Count);
        Assert.All(after, lease => Assert.Equal(2, lease.Epoch));
        Assert.Equal(new Window(1), after[3].DoneWindow);
        CommitAnswer answer = await store.CommitAsync(late, [Samples.Commit(before[5]), Samples.Commit(before[4])]);
        Assert.Equal([new ShardId(run, 4), new ShardId(run, 5)], answer.Lost);
        Assert.True((await store.CommitAsync(next, [Samples.Commit(after[4])])).IsCommitted);
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task One_lost_shard_holds_back_the_whole_commit(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        IRunStore store = test.Store;
        RunId run = await store.SubmitAsync(Samples.Submission());
        (Incarnation me, IReadOnlyList<ShardLease> leases) = await JoinAndClaimAsync(store);
        await store.ReleaseAsync(me, [leases[7]]);

        ShardCommit[] commits =
        [
            .. leases.Take(8).Select(lease => Samples.Commit(lease) with
            {
                Mail = [new MailPacket(0, Samples.Bytes("mail"))],
                Results = [new ResultChunk("t", new Window(1), new Window(1), default, Samples.Bytes("rows"))],
                Checkpoint = new Checkpoint(new Window(1), "plain/1", default, Samples.Bytes("state")),
            }),
        ];
        Assert.Equal([leases[7].Shard], (await store.CommitAsync(me, commits)).Lost);
        Assert.All(await store.ListShardsAsync(run), shard => Assert.Equal((Window.None, null), (shard.DoneWindow, shard.CheckpointWindow)));
        Assert.Empty(await store.ReadMailAsync(run, new Window(1), new Window(1), [0]));
        Assert.Empty(await store.ReadDigestsAsync(leases[0].Shard, Window.None));
        Assert.Null(await store.FindCheckpointAsync(leases[0].Shard));

        Assert.True((await store.CommitAsync(me, commits[..7])).IsCommitted);
        // The answer may have been lost: the same again is committed, once.
        Assert.True((await store.CommitAsync(me, commits[..7])).IsCommitted);
        Assert.Equal(7, (await store.ReadMailAsync(run, new Window(1), new Window(1), [0])).Count);
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Results_that_come_behind_their_windows_are_there_once_though_their_commit_is_made_again(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        IRunStore store = test.Store;
        RunId run = await store.SubmitAsync(Samples.Submission());
        (Incarnation me, _) = await JoinAndClaimAsync(store);
        async Task<ShardLease> HeldAsync() => (await store.ClaimAsync(me, 0))[3];
        Assert.True((await store.CommitAsync(me, [Samples.Commit(await HeldAsync()) with { ResultsTo = Window.None }])).IsCommitted);
        ShardLease behind = await HeldAsync();
        Assert.Equal((new Window(1), Window.None), (behind.DoneWindow, behind.ResultsWindow));

        ShardCommit results = Samples.Commit(behind, windows: 0) with
        {
            Results = [new ResultChunk("t", new Window(1), new Window(1), default, Samples.Bytes("rows"))],
        };
        Assert.True((await store.CommitAsync(me, [results])).IsCommitted);
        Assert.True((await store.CommitAsync(me, [results])).IsCommitted);
        int chunks = 0;
        await foreach (ShardResult _ in store.ReadResultsAsync(run)) chunks++;
        Assert.Equal(1, chunks);

        // Who believes that less is stored than is has another shard in mind.
        ShardCommit stale = results with { To = new Window(2), Digests = [Samples.DigestOf(behind.Shard, new Window(2))], Results = [] };
        Assert.Equal([behind.Shard], (await store.CommitAsync(me, [stale])).Lost);
        Assert.Equal(new Window(1), (await HeldAsync()).ResultsWindow);
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_evicted_worker_writes_nothing_more(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        await test.Store.SubmitAsync(Samples.Submission());
        (Incarnation me, IReadOnlyList<ShardLease> leases) = await JoinAndClaimAsync(test.Store);
        await test.Store.EvictAsync(me);
        Assert.Equal([leases[0].Shard], (await test.Store.CommitAsync(me, [Samples.Commit(leases[0])])).Lost);
        Assert.Empty(await test.Store.ListNodesAsync());
        Assert.Empty(await test.Store.ClaimAsync(me, 16));
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_hold_that_ended_does_not_come_back_with_the_next_one(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        await test.Store.SubmitAsync(Samples.Submission());
        (Incarnation me, IReadOnlyList<ShardLease> before) = await JoinAndClaimAsync(test.Store);
        await test.Store.ReleaseAsync(me, before);
        IReadOnlyList<ShardLease> after = await test.Store.ClaimAsync(me, 16);
        Assert.Equal([before[2].Shard], (await test.Store.CommitAsync(me, [Samples.Commit(before[2])])).Lost);
        await test.Store.ReleaseAsync(me, before);
        Assert.Equal(after, await test.Store.ClaimAsync(me, 0));
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Shards_move_to_those_that_join_and_stay_with_their_code(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        IRunStore store = test.Store;
        await store.SubmitAsync(Samples.Submission());
        (Incarnation first, IReadOnlyList<ShardLease> leases) = await JoinAndClaimAsync(store);
        Assert.Empty(await store.SurplusAsync(first));
        Assert.Empty((await JoinAndClaimAsync(store, "v2")).Leases);
        (Incarnation second, IReadOnlyList<ShardLease> none) = await JoinAndClaimAsync(store);
        Assert.Empty(none);

        Assert.Equal(leases.Skip(8), await store.SurplusAsync(first));
        await store.ReleaseAsync(first, [.. leases.Skip(8)]);
        Assert.Equal(8, (await store.ClaimAsync(second, 100)).Count);
        Assert.Equal(8, (await store.ClaimAsync(first, 100)).Count);
        Assert.Empty(await store.SurplusAsync(first));
    }

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Those_who_compute_a_run_share_all_of_it(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        IRunStore store = test.Store;
        RunId first = await store.SubmitAsync(Samples.Submission());
        RunId second = await store.SubmitAsync(Samples.Submission());
        NodeJoin[] workers =
        [
            Samples.Worker("only the first run") with { Only = first },
            Samples.Worker("any"),
            Samples.Worker("any, but refuses the second run"),
        ];
        foreach (NodeJoin worker in workers) await store.JoinAsync(worker);
        int[] held = new int[3];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 3; i++)
                held[i] = (await store.ClaimAsync(workers[i].Incarnation, 1024, i == 2 ? [second] : [])).Count(lease => lease.Shard.Run == second);
        }

        Assert.Equal([0, 16, 0], held);
        Assert.Equal([6, 6, 4], from worker in workers select (from shard in store.ListShardsAsync(first).Result where shard.Owner == worker.Name select shard).Count());
        for (int i = 0; i < 3; i++) Assert.Empty(await store.SurplusAsync(workers[i].Incarnation));
    }

    private static async Task<(Incarnation Worker, IReadOnlyList<ShardLease> Leases)> JoinAndClaimAsync(IRunStore store, string code = "v1")
    {
        NodeJoin join = Samples.Worker(code: code);
        await store.JoinAsync(join);
        return (join.Incarnation, await store.ClaimAsync(join.Incarnation, 1024));
    }
}
