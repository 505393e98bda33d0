using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Shards;

public sealed class CorruptionTests
{
    private const string Content = "what a shard wrote down";

    [Theory]
    [MemberData(nameof(TestStore.DurableKinds), MemberType = typeof(TestStore))]
    public async Task Any_flipped_bit_is_refused_by_run_shard_and_window(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        (RunId run, ShardId shard) = await FillAsync(test.Store);
        (string Table, string Column, Func<Task> Read, string[] Names)[] all =
        [
            ("scenario", "bytes", () => test.Store.ReadScenarioAsync(run), [$"run {run}", "scenario"]),
            ("checkpoint", "bytes", () => test.Store.FindCheckpointAsync(shard), [$"{shard}", "window 1", "checkpoint"]),
            (kind == "postgres" ? $"mail_{run}" : "mail", "bytes", () => test.Store.ReadMailAsync(run, new Window(1), new Window(1), [5]),
                [$"run {run}, shard 5", "window 1", "mail from shard 0"]),
            ("result", "bytes", () => CountAsync(test.Store.ReadResultsAsync(run)), [$"{shard}", "windows 1 to 1", "results t"]),
            ("command", "payload", () => CountAsync(test.Store.ReadCommandsAsync(run)), [$"run {run}", "command 1", "window 3"]),
        ];
        foreach ((string table, string column, Func<Task> read, string[] names) in all)
        {
            await read();
            // The checks are the same code for both: many bits in one, some in the other.
            for (int bit = 0; bit < Content.Length * 8; bit += kind == "sqlite" ? 1 : 61)
            {
                await test.FlipAsync(table, column, bit);
                StoreException refused = await Assert.ThrowsAsync<StoreException>(read);
                Assert.Equal(StoreFault.Corrupt, refused.Fault);
                Assert.All(names, name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
                await test.FlipAsync(table, column, bit);
            }

            await read();
        }
    }

    [Theory]
    [InlineData("checkpoint", "after_window = after_window + 1")]
    [InlineData("checkpoint", "codec = 'plain/2'")]
    [InlineData("checkpoint", "digest = digest + 1")]
    [InlineData("checkpoint", "checksum = checksum + 1")]
    [InlineData("result", "last_window = last_window + 1")]
    [InlineData("result", "name = 'u'")]
    [InlineData("command", "kind = 'tune'")]
    [InlineData("command", "hosts = '[\"a\"]'")]
    public async Task A_row_that_says_something_else_is_refused(string table, string change)
    {
        await using TestStore test = await TestStore.CreateAsync("sqlite");
        (RunId run, ShardId shard) = await FillAsync(test.Store);
        await test.ExecuteAsync($"UPDATE {table} SET {change}");
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => table switch
        {
            "checkpoint" => test.Store.FindCheckpointAsync(shard),
            "result" => CountAsync(test.Store.ReadResultsAsync(run)),
            _ => CountAsync(test.Store.ReadCommandsAsync(run)),
        });
        Assert.Equal(StoreFault.Corrupt, refused.Fault);
    }

    private static async Task<(RunId Run, ShardId Shard)> FillAsync(IRunStore store)
    {
        RunId run = await store.SubmitAsync(Samples.Submission() with { Scenario = Samples.Bytes(Content) });
        NodeJoin join = Samples.Worker();
        await store.JoinAsync(join);
        ShardLease lease = (await store.ClaimAsync(join.Incarnation, 1))[0];
        await store.SendAsync(run, Samples.Feed(Content));
        CommitAnswer answer = await store.CommitAsync(join.Incarnation, [
            Samples.Commit(lease) with
            {
                Mail = [new MailPacket(5, Samples.Bytes(Content))],
                Results = [new ResultChunk("t", new Window(1), new Window(1), default, Samples.Bytes(Content))],
                Checkpoint = new Checkpoint(new Window(1), "plain/1", default, Samples.Bytes(Content)),
            },
        ]);
        Assert.True(answer.IsCommitted);
        return (run, lease.Shard);
    }

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        int count = 0;
        await foreach (T _ in items) count++;
        return count;
    }
}
