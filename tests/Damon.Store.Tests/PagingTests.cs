using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests;

/// <summary>Long answers come in pages; nobody notices.</summary>
public sealed class PagingTests
{
    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Everything_is_read_once_and_in_order(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId run = await test.Store.SubmitAsync(Samples.Submission(coupled: false));
        await test.Store.SendTogetherAsync(run, [.. Enumerable.Range(0, 2048).Select(i => Samples.Feed($"{i}"))]);
        NodeJoin join = Samples.Worker();
        await test.Store.JoinAsync(join);
        IReadOnlyList<ShardLease> leases = await test.Store.ClaimAsync(join.Incarnation, 16);
        const int windows = 20;
        for (int window = 1; window <= windows; window++)
        {
            ShardCommit[] commits =
            [
                .. leases.Select(lease => Samples.Commit(Samples.At(lease, window - 1)) with
                {
                    Applied = [window],
                    Results = lease.Shard.Index >= 4
                        ? []
                        : [.. ((string[])["B", "a"]).Select(name => new ResultChunk(name, new Window(window), new Window(window), default, Samples.Bytes("x")))],
                }),
            ];
            Assert.True((await test.Store.CommitAsync(join.Incarnation, commits)).IsCommitted);
        }

        Assert.Equal(
            Enumerable.Range(1, 2048).Select(i => (long)i), await ListAsync(test.Store.ReadCommandsAsync(run), command => command.Sequence));
        Assert.Equal(
            from window in Enumerable.Range(1, windows) from shard in Enumerable.Range(0, 16) select ((long)window, shard, (long)window),
            await ListAsync(test.Store.ReadAppliedAsync(run), applied => (applied.Window.Number, applied.Shard, applied.Sequence)));
        Assert.Equal(
            from name in (string[])["B", "a"] from shard in Enumerable.Range(0, 4) from window in Enumerable.Range(1, windows) select (name, shard, (long)window),
            await ListAsync(test.Store.ReadResultsAsync(run), result => (result.Chunk.Table, result.Shard, result.Chunk.First.Number)));
        Assert.Equal(windows, (await ListAsync(test.Store.ReadResultsAsync(run, new ResultSelection("a", 2)), result => result)).Count);
    }

    private static async Task<List<TTo>> ListAsync<TFrom, TTo>(IAsyncEnumerable<TFrom> items, Func<TFrom, TTo> select)
    {
        List<TTo> all = [];
        await foreach (TFrom item in items) all.Add(select(item));
        return all;
    }
}
