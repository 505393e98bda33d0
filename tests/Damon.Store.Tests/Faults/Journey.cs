using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Tests.Faults;

/// <summary>
/// A run from its submission to its digest, by a worker that can begin again anywhere: it keeps nothing but the keys that it sends.
/// It passes all fault points.
/// </summary>
internal static class Journey
{
    public const int Windows = 3;
    public const int Shards = 16;
    private static readonly Guid RunKey = new("00000000-0000-7000-8000-000000000001");

    private static Guid CommandKey(int i) => new($"00000000-0000-7000-8000-0000000001{i:d2}");

    /// <param name="store">The store.</param>
    /// <param name="inOneTrip">Whether a commit and the barrier behind it go together.</param>
    public static async Task RunAsync(IRunStore store, bool inOneTrip)
    {
        RunId run = await store.SubmitAsync(Samples.Submission(shards: Shards, final: Windows) with { Key = RunKey });
        // Whoever was here before is known to be dead.
        foreach (Node dead in await store.ListNodesAsync()) await store.EvictAsync(dead.Incarnation);
        NodeJoin join = Samples.Worker();
        await store.JoinAsync(join);
        Assert.True(await store.RenewAsync(join.Incarnation));
        await store.SendTogetherAsync(run, [.. Enumerable.Range(0, 3).Select(i => Samples.Feed($"{i}") with { Key = CommandKey(i) })]);
        List<ShardLease> leases = [.. await store.ClaimAsync(join.Incarnation, Shards)];
        while (await WindowAsync(store, run, join.Incarnation, inOneTrip) is { } progress && progress.State == RunState.Running)
            leases = [.. await store.ClaimAsync(join.Incarnation, Shards)];
        await store.ReleaseAsync(join.Incarnation, leases);
        await store.LeaveAsync(join.Incarnation);
    }

    private static async Task<RunProgress?> WindowAsync(IRunStore store, RunId run, Incarnation me, bool inOneTrip)
    {
        RunProgress progress = (await store.ProgressAsync(run))!;
        List<Command> commands = [];
        await foreach (Command command in store.ReadCommandsAsync(run)) commands.Add(command);
        ShardCommit[] commits =
        [
            .. from lease in await store.ClaimAsync(me, Shards)
               where lease.DoneWindow < progress.OpenWindow
               let window = lease.DoneWindow.Next
               select Samples.Commit(lease) with
               {
                   Mail = [new MailPacket((lease.Shard.Index + 1) % Shards, Samples.Bytes($"mail {window}"))],
                   Results = [new ResultChunk("t", window, window, default, Samples.Bytes($"rows {window}"))],
                   Applied = [.. commands.Where(command => command.Effective == window).Select(command => command.Sequence)],
                   Checkpoint = new Checkpoint(window, "plain/1", default, Samples.Bytes($"state {window}")),
               },
        ];
        if (inOneTrip)
        {
            (CommitAnswer answer, RunTurn? turn) = await store.CommitTurnAsync(me, run, commits, progress.OpenWindow, [.. commits.Select(commit => commit.Shard.Index)]);
            Assert.True(answer.IsCommitted);
            Assert.Equal(turn!.Progress.OpenWindow > progress.OpenWindow ? commits.Length : 0, turn.Mail.Count);
        }
        else
        {
            Assert.True((await store.CommitAsync(me, commits)).IsCommitted);
            await store.OpenAsync(run, progress.OpenWindow);
        }

        if (progress.OpenWindow.Number == Windows) await store.FinishAsync(run, new Digest(42), "well");
        return await store.ProgressAsync(run);
    }

    /// <summary>That the run is finished, with everything in it once.</summary>
    public static async Task CheckAsync(IRunStore store)
    {
        IReadOnlyList<Run> runs = await store.ListRunsAsync();
        Run run = Assert.Single(runs);
        Assert.Equal((RunState.Finished, new Digest(42), 3L), (run.State, run.Digest, run.LastCommand));
        List<ShardResult> results = [];
        await foreach (ShardResult result in store.ReadResultsAsync(run.Id)) results.Add(result);
        Assert.Equal(
            from shard in Enumerable.Range(0, Shards) from window in Enumerable.Range(1, Windows) select (shard, (long)window),
            results.Select(result => (result.Shard, result.Chunk.First.Number)));
        List<AppliedCommand> applied = [];
        await foreach (AppliedCommand one in store.ReadAppliedAsync(run.Id)) applied.Add(one);
        Assert.Equal(
            from shard in Enumerable.Range(0, Shards) from sequence in Enumerable.Range(1, 3) select (shard, 3L, (long)sequence),
            applied.Select(one => (one.Shard, one.Window.Number, one.Sequence)));
        IReadOnlyList<Mail> mail = await store.ReadMailAsync(run.Id, new Window(1), new Window(Windows), [.. Enumerable.Range(0, Shards)]);
        Assert.Equal(Shards * Windows, mail.Count);
        foreach (ShardEntry shard in await store.ListShardsAsync(run.Id))
        {
            Assert.Equal((new Window(Windows), new Window(Windows)), (shard.DoneWindow, shard.CheckpointWindow!.Value));
            Assert.Equal(
                Enumerable.Range(1, Windows).Select(window => Samples.DigestOf(shard.Shard, new Window(window))),
                await store.ReadDigestsAsync(shard.Shard, Window.None));
        }
    }
}
