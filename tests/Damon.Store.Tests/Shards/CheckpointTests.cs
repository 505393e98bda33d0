using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Shards;

public sealed class CheckpointTests
{
    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_newest_two_are_kept_however_large(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        await test.Store.SubmitAsync(Samples.Submission(coupled: false));
        NodeJoin join = Samples.Worker();
        await test.Store.JoinAsync(join);
        ShardLease lease = (await test.Store.ClaimAsync(join.Incarnation, 1))[0];
        byte[] state = new byte[3 << 20];
        for (int window = 1; window <= 3; window++)
        {
            new Random(window).NextBytes(state);
            Checkpoint checkpoint = new(new Window(window), "plain/1", new Digest((ulong)window), state);
            Assert.True((await test.Store.CommitAsync(join.Incarnation, [Samples.Commit(lease) with { Checkpoint = checkpoint }])).IsCommitted);
            lease = Samples.At(lease, window);
        }

        Checkpoint? newest = await test.Store.FindCheckpointAsync(lease.Shard);
        Assert.Equal((new Window(3), new Digest(3)), (newest!.Window, newest.Digest));
        Assert.Equal(state, newest.Bytes.ToArray());
        Assert.Equal(new Window(2), (await test.Store.FindCheckpointAsync(lease.Shard, new Window(2)))!.Window);
        Assert.Null(await test.Store.FindCheckpointAsync(lease.Shard, new Window(1)));
    }

    [Theory]
    [InlineData("sqlite", "SELECT min(sent_window) FROM mail")]
    [InlineData("postgres", "SELECT min(sent_window) FROM damon.mail_1")]
    public async Task Mail_that_no_older_checkpoint_needs_goes_by_the_range(string kind, string oldest)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        RunId run = await test.Store.SubmitAsync(Samples.Submission());
        NodeJoin join = Samples.Worker();
        await test.Store.JoinAsync(join);
        IReadOnlyList<ShardLease> leases = await test.Store.ClaimAsync(join.Incarnation, 16);
        // Checkpoints after windows 50, 100, 150: when window 192 opens, the older one is that of 100, in the second range.
        for (long window = 1; window <= 192; window++)
        {
            ShardCommit[] commits =
            [
                .. leases.Select(lease => Samples.Commit(Samples.At(lease, window - 1)) with
                {
                    Mail = lease.Shard.Index == 0 ? [new MailPacket(1, Samples.Bytes("mail"))] : [],
                    Checkpoint = window % 50 == 0 ? new Checkpoint(new Window(window), "plain/1", default, Samples.Bytes("state")) : null,
                }),
            ];
            Assert.True((await test.Store.CommitAsync(join.Incarnation, commits)).IsCommitted);
            Assert.True(await test.Store.OpenAsync(run, new Window(window)));
        }

        Assert.Equal(64, await test.QueryAsync<long>(oldest));
        Assert.Equal(93, (await test.Store.ReadMailAsync(run, new Window(100), new Window(192), [1])).Count);
    }
}
