using System.Collections.Concurrent;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Shards;

/// <summary>Several workers at once, each with a store of its own over one database.</summary>
public sealed class ContentionTests
{
    private sealed record Committed(ShardId Shard, long Epoch, Window From, Window To);

    [Theory]
    [MemberData(nameof(TestStore.DurableKinds), MemberType = typeof(TestStore))]
    public async Task Claims_never_overlap_and_epochs_only_grow(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId run = await test.Store.SubmitAsync(Samples.Submission(coupled: false));
        ConcurrentDictionary<(ShardId Shard, long Epoch), Incarnation> claims = new();
        ConcurrentBag<Committed> commits = [];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => WorkAsync(test, worker, claims, commits))));

        foreach (ShardEntry shard in await test.Store.ListShardsAsync(run))
        {
            List<Committed> chain = [.. commits.Where(commit => commit.Shard == shard.Shard).OrderBy(commit => commit.From)];
            Window at = Window.None;
            long epoch = 0;
            foreach (Committed commit in chain)
            {
                Assert.Equal(at, commit.From);
                Assert.True(commit.Epoch >= epoch);
                (at, epoch) = (commit.To, commit.Epoch);
            }

            Assert.Equal(shard.DoneWindow, at);
            Assert.Equal(shard.Epoch, claims.Keys.Where(claim => claim.Shard == shard.Shard).Max(claim => claim.Epoch));
        }

        Assert.NotEmpty(commits);
    }

    /// <summary>Lives several short lives: claims, computes, loses its lease and goes on as if it had not noticed.</summary>
    private static async Task WorkAsync(
        TestStore test, int worker, ConcurrentDictionary<(ShardId, long), Incarnation> claims, ConcurrentBag<Committed> commits)
    {
        await using IRunStore store = await test.OpenAnotherAsync();
        Random random = new(worker);
        for (int life = 0; life < 4; life++)
        {
            NodeJoin join = Samples.Worker($"w{worker}");
            await store.JoinAsync(join);
            List<ShardLease> leases = [];
            for (int step = 0; step < 12; step++)
            {
                if (step == 8) await test.ExpireAsync(join.Incarnation);
                if (step < 8) leases = [.. await store.ClaimAsync(join.Incarnation, 1 + random.Next(4))];
                foreach (ShardLease lease in leases)
                    Assert.Equal(join.Incarnation, claims.GetOrAdd((lease.Shard, lease.Epoch), join.Incarnation));

                List<ShardCommit> some = [.. leases.Where(_ => random.Next(2) == 0).Select(lease => Samples.Commit(lease, 1 + random.Next(2)))];
                CommitAnswer answer = await store.CommitAsync(join.Incarnation, some);
                if (answer.IsCommitted)
                {
                    foreach (ShardCommit commit in some) commits.Add(new Committed(commit.Shard, commit.Epoch, commit.From, commit.To));
                    leases = [.. leases.Select(lease =>
                        some.Find(commit => commit.Shard == lease.Shard)?.After ?? lease)];
                }
                else
                {
                    leases.RemoveAll(lease => answer.Lost.Contains(lease.Shard));
                }
            }

            if (life % 2 == 0) await store.EvictAsync(join.Incarnation);
        }
    }

    [Theory]
    [MemberData(nameof(TestStore.DurableKinds), MemberType = typeof(TestStore))]
    public async Task A_window_is_opened_once_however_many_ask(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId run = await test.Store.SubmitAsync(Samples.Submission());
        NodeJoin join = Samples.Worker();
        await test.Store.JoinAsync(join);
        IReadOnlyList<ShardLease> leases = await test.Store.ClaimAsync(join.Incarnation, 16);
        Assert.False(await test.Store.OpenAsync(run, new Window(1)));
        Assert.True((await test.Store.CommitAsync(join.Incarnation, [.. leases.Select(lease => Samples.Commit(lease))])).IsCommitted);

        bool[] opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => test.Store.OpenAsync(run, new Window(1))));
        Assert.Single(opened, true);
        Assert.Equal(new Window(2), (await test.Store.ProgressAsync(run))!.OpenWindow);
    }
}
