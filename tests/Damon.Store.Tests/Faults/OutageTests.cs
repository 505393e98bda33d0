using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Postgres;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Sql;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Faults;

/// <summary>What the database and its sessions do to those who use it.</summary>
[Trait("Category", "Slow")]
public sealed class OutageTests
{
    [Fact]
    public async Task Crashes_of_the_server_lose_nothing_and_double_nothing()
    {
        using PrivateServer server = new(inMemory: false);
        await using PostgresStore store = await PostgresStore.OpenAsync(server.ConnectionString);
        RunId run = await store.SubmitAsync(Samples.Submission(final: 1_000_000));
        using CancellationTokenSource over = new();
        Task<long> working = WorkAsync(store, run, over.Token);
        CommandInbox inbox = new(store);
        List<CommandReceipt> receipts = [];
        Task[] senders = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                CommandReceipt receipt = await inbox.SendAsync(run, Samples.Feed());
                lock (receipts) receipts.Add(receipt);
            }
        }))];

        for (int crash = 0; crash < 4; crash++)
        {
            await Task.Delay(1500);
            server.Crash();
        }

        await Task.Delay(1000);
        await over.CancelAsync();
        await Task.WhenAll(senders);
        long windows = await working;
        Assert.True(windows > 0);

        List<long> log = [];
        await foreach (Command command in store.ReadCommandsAsync(run)) log.Add(command.Sequence);
        Assert.Equal(log, receipts.Select(receipt => receipt.Sequence).Order());
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log);
        List<(int, long)> results = [];
        await foreach (ShardResult result in store.ReadResultsAsync(run)) results.Add((result.Shard, result.Chunk.First.Number));
        Assert.Equal(
            from shard in Enumerable.Range(0, 16) from window in Enumerable.Range(1, (int)windows) select (shard, (long)window), results);
    }

    /// <summary>Computes window after window until it is over; how many.</summary>
    private static async Task<long> WorkAsync(IRunStore store, RunId run, CancellationToken over)
    {
        NodeJoin join = Samples.Worker();
        await store.JoinAsync(join, CancellationToken.None);
        IReadOnlyList<ShardLease> leases = await store.ClaimAsync(join.Incarnation, 16, ct: CancellationToken.None);
        for (Window window = new(1); ; window = window.Next)
        {
            ShardCommit[] commits =
            [
                .. leases.Select(lease => Samples.Commit(Samples.At(lease, window.Number - 1)) with
                {
                    Results = [new ResultChunk("t", window, window, default, Samples.Bytes("rows"))],
                }),
            ];
            Assert.True((await store.CommitAsync(join.Incarnation, commits, CancellationToken.None)).IsCommitted);
            if (over.IsCancellationRequested) return window.Number;
            await store.OpenAsync(run, window, CancellationToken.None);
            Assert.Equal(window.Next, (await store.ProgressAsync(run, CancellationToken.None))!.OpenWindow);
        }
    }

    [Fact]
    public async Task A_frozen_session_does_not_hold_its_locks_for_ever()
    {
        await using TestStore test = await TestStore.CreateAsync("postgres");
        RunId run = await test.Store.SubmitAsync(Samples.Submission());
        NodeJoin frozen = Samples.Worker();
        await test.Store.JoinAsync(frozen);
        IReadOnlyList<ShardLease> leases = await test.Store.ClaimAsync(frozen.Incarnation, 16);

        // The frozen worker has moved a done window and says nothing more.
        await using PostgresDialect dialect = new(test.Place, faults: null);
        await using Session session = await dialect.OpenAsync(transaction: true, CancellationToken.None);
        session.Queue("UPDATE shard SET done_window = 1 WHERE run = $1 AND shard = 3", run.Value);
        await session.FlushAsync();

        await test.ExpireAsync(frozen.Incarnation);
        NodeJoin next = Samples.Worker();
        await test.Store.JoinAsync(next);
        // A claim does not wait for it, and takes the others.
        Assert.Equal(15, (await test.Store.ClaimAsync(next.Incarnation, 16)).Count);
        IReadOnlyList<ShardLease> all = await ClaimAllAsync(test.Store, next.Incarnation);
        Assert.Equal((Window.None, 2L), (all[3].DoneWindow, all[3].Epoch));

        // It wakes: its session is gone, and with it what it had done; its next commit is refused.
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(session.CommitAsync);
        Assert.True(dialect.IsPassing(refused), refused.ToString());
        Assert.Equal([leases[3].Shard], (await test.Store.CommitAsync(frozen.Incarnation, [Samples.Commit(leases[3])])).Lost);
    }

    /// <summary>Claims until all shards are there: the server ends a session that says nothing after some seconds, whenever it gets to it.</summary>
    private static async Task<IReadOnlyList<ShardLease>> ClaimAllAsync(IRunStore store, Incarnation incarnation)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (true)
        {
            IReadOnlyList<ShardLease> leases = await store.ClaimAsync(incarnation, 16, ct: patience.Token);
            if (leases.Count == 16) return leases;
            await Task.Delay(TimeSpan.FromMilliseconds(250), patience.Token);
        }
    }
}
