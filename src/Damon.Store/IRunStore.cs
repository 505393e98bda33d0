using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store;

/// <summary>
/// The durable store of runs and the whole of a cluster's shared state: whatever processes know of each other, they know from
/// here. Every method is one transaction; when its task completes, its effect is durable. All deadlines use the database's clock.
/// Methods are safe for concurrent use. A method may throw <see cref="StoreException"/>; after
/// <see cref="StoreFault.Unavailable"/> it is unknown whether it took effect, and calling it again with the same arguments is right
/// for each of them.
/// </summary>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>Which database answers now.</summary>
    Task<StoreIdentity> IdentityAsync(CancellationToken ct = default);

    /// <summary>Counts hints that something changed; pass what was seen before looking to <see cref="WaitForNewsAsync"/>.</summary>
    long News { get; }

    /// <summary>
    /// Waits until <see cref="News"/> differs from <paramref name="seen"/> or the timeout is over. Always only a hint: news may
    /// be lost or come for nothing, so callers look at the store either way.
    /// </summary>
    Task WaitForNewsAsync(long seen, TimeSpan timeout, CancellationToken ct = default);

    // ---- Runs

    /// <summary>Accepts a run: its shards exist, it is running, window 1 is open.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    Task<RunId> SubmitAsync(RunSubmission submission, CancellationToken ct = default);

    /// <summary>A run; null: there is none.</summary>
    Task<Run?> FindRunAsync(RunId run, CancellationToken ct = default);

    /// <summary>The newest runs, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="state">Only those in this state; null: in any.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<IReadOnlyList<Run>> ListRunsAsync(int limit = int.MaxValue, RunState? state = null, CancellationToken ct = default);

    /// <summary>The scenario's bytes; null: there is no such run.</summary>
    Task<ReadOnlyMemory<byte>?> ReadScenarioAsync(RunId run, CancellationToken ct = default);

    /// <summary>What a worker asks of a run between two windows; null: there is no such run.</summary>
    Task<RunProgress?> ProgressAsync(RunId run, CancellationToken ct = default);

    /// <summary>Pauses, sets running again, or stops a run.</summary>
    /// <returns>Whether the run is in that state now; false when <see cref="RunStates.Before"/> does not allow it.</returns>
    /// <exception cref="ArgumentException">The state is one that needs an outcome.</exception>
    Task<bool> ChangeStateAsync(RunId run, RunState state, CancellationToken ct = default);

    /// <summary>Ends a run of which every shard has done the final window. The first outcome stays.</summary>
    /// <returns>Whether the run is finished with this digest now.</returns>
    Task<bool> FinishAsync(RunId run, Digest digest, string summary, CancellationToken ct = default);

    /// <summary>Ends a run that cannot go on. The first outcome stays.</summary>
    /// <returns>Whether the run is failed now, with this text or an earlier one.</returns>
    Task<bool> FailAsync(RunId run, string failure, CancellationToken ct = default);

    /// <summary>Deletes all rows of a run that is over.</summary>
    /// <returns>Whether there is no such run now; false when it is running or paused.</returns>
    Task<bool> PruneAsync(RunId run, CancellationToken ct = default);

    // ---- Nodes

    /// <summary>A worker joins with a fresh incarnation.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    Task JoinAsync(NodeJoin join, CancellationToken ct = default);

    /// <summary>Renews all that a worker holds for its time to live from now. Never tried twice: an unknown answer counts as failed.</summary>
    /// <returns>False when the incarnation is gone or expired: it must stop its work and join anew.</returns>
    Task<bool> RenewAsync(Incarnation incarnation, CancellationToken ct = default);

    /// <summary>A worker leaves; its shards are nobody's at once.</summary>
    Task LeaveAsync(Incarnation incarnation, CancellationToken ct = default);

    /// <summary>Removes a worker whose process is known to be dead; its shards are nobody's at once and its late writes are refused.</summary>
    Task EvictAsync(Incarnation incarnation, CancellationToken ct = default);

    /// <summary>All workers that joined and neither left nor were evicted, in the order they joined.</summary>
    Task<IReadOnlyList<Node>> ListNodesAsync(CancellationToken ct = default);

    // ---- Shards

    /// <summary>
    /// Claims shards without a live owner, in order of run and shard, until the worker holds its <see cref="Quota"/> of each running
    /// run of its code's version, or has <paramref name="most"/> more than before. Finished shards count for nothing.
    /// </summary>
    /// <param name="incarnation">The worker; one that is gone or expired gets nothing and holds nothing.</param>
    /// <param name="most">Most shards to take now.</param>
    /// <param name="refused">
    /// Runs that this worker will not compute (another configuration hash, say). Until its next claim, the others share them without it.
    /// </param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>All that the worker holds now, old and new, in order: an answer that was lost is in the next one.</returns>
    Task<IReadOnlyList<ShardLease>> ClaimAsync(
        Incarnation incarnation, int most, IReadOnlyCollection<RunId>? refused = null, CancellationToken ct = default);

    /// <summary>Unfinished shards of running runs that the worker holds beyond its quota, the last ones of each run: it should release them.</summary>
    Task<IReadOnlyList<ShardLease>> SurplusAsync(Incarnation incarnation, CancellationToken ct = default);

    /// <summary>Gives shards back. Those that are not the worker's at that epoch are left alone.</summary>
    Task ReleaseAsync(Incarnation incarnation, IReadOnlyList<ShardLease> leases, CancellationToken ct = default);

    /// <summary>The shards of a run in order; null: of all runs.</summary>
    Task<IReadOnlyList<ShardEntry>> ListShardsAsync(RunId? run = null, CancellationToken ct = default);

    // ---- Loading

    /// <summary>The newest kept checkpoint (two are kept) of a shard at or before a window; null: there is none.</summary>
    Task<Checkpoint?> FindCheckpointAsync(ShardId shard, Window? atOrBefore = null, CancellationToken ct = default);

    /// <summary>
    /// Mail that shards of a run were sent in a range of windows, sorted by window, destination, source. A shard at checkpoint c
    /// needs that of windows c up to its done window. Mail older than every shard's older kept checkpoint may be gone.
    /// </summary>
    Task<IReadOnlyList<Mail>> ReadMailAsync(
        RunId run, Window first, Window last, IReadOnlyCollection<int> destinations, CancellationToken ct = default);

    /// <summary>Logged digests of a shard's windows after one, ascending.</summary>
    Task<IReadOnlyList<WindowDigest>> ReadDigestsAsync(ShardId shard, Window after, CancellationToken ct = default);

    // ---- Commit and barrier

    /// <summary>
    /// Commits windows of shards in one transaction. Each shard is fenced: it must be the worker's at the named epoch, at window
    /// From and with results up to ResultsFrom, or nothing is committed. A commit that took effect before is answered as committed again.
    /// Keeps the newest two checkpoints of each shard.
    /// </summary>
    /// <exception cref="ArgumentException">A commit's parts do not fit each other, a shard is there twice, or its results were committed before.</exception>
    Task<CommitAnswer> CommitAsync(Incarnation incarnation, IReadOnlyList<ShardCommit> commits, CancellationToken ct = default);

    /// <summary>
    /// Barrier of a coupled run: opens the window after <paramref name="done"/> if <paramref name="done"/> is the open window,
    /// all shards have done it, and it is not the final one. Now and then it drops mail that nobody needs any more.
    /// </summary>
    /// <returns>Whether this call opened it.</returns>
    Task<bool> OpenAsync(RunId run, Window done, CancellationToken ct = default);

    /// <summary>What a worker asks between two windows of a coupled run: how it stands, and what was sent to the worker's shards.</summary>
    /// <param name="run">The run.</param>
    /// <param name="done">The window that the shards have done: only behind it they need mail.</param>
    /// <param name="receivers">The shards.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Null: there is no such run.</returns>
    async Task<RunTurn?> TurnAsync(RunId run, Window done, IReadOnlyCollection<int> receivers, CancellationToken ct = default)
    {
        if (await ProgressAsync(run, ct).ConfigureAwait(false) is not { } progress) return null;
        Window sent = new(progress.OpenWindow.Number - 1);
        return new RunTurn(
            progress, sent < done || sent == Window.None ? [] : await ReadMailAsync(run, sent, sent, receivers, ct).ConfigureAwait(false));
    }

    /// <summary>
    /// What ends a window of a coupled run: <see cref="CommitAsync"/>, and if that took effect <see cref="OpenAsync"/> and
    /// <see cref="TurnAsync"/>, in one trip to the database where it has one. The barrier is tried after the commit is there for
    /// others to see, so one of the workers that end a window together opens the next one. That it did may be lost with the machine,
    /// though never when anything durable came after it; whoever finds the window closed opens it again.
    /// </summary>
    /// <returns>The answer to the commit, and the run behind the barrier; null: nothing was committed, or there is no such run.</returns>
    /// <exception cref="ArgumentException">As for <see cref="CommitAsync"/>.</exception>
    async Task<(CommitAnswer Answer, RunTurn? Turn)> CommitTurnAsync(
        Incarnation incarnation, RunId run, IReadOnlyList<ShardCommit> commits, Window done, IReadOnlyCollection<int> receivers, CancellationToken ct = default)
    {
        CommitAnswer answer = await CommitAsync(incarnation, commits, ct).ConfigureAwait(false);
        if (!answer.IsCommitted) return (answer, null);
        await OpenAsync(run, done, ct).ConfigureAwait(false);
        return (answer, await TurnAsync(run, done, receivers, ct).ConfigureAwait(false));
    }

    /// <summary>
    /// A free run has no barrier: moves its open window up to <paramref name="wanted"/>, or the final window, at once. Commands
    /// accepted afterwards take effect later than that, so ask in leaps, read the commands, then compute.
    /// </summary>
    /// <returns>The open window now; 0: there is no such run. A coupled run's does not move.</returns>
    Task<Window> ReachAsync(RunId run, Window wanted, CancellationToken ct = default);

    // ---- Commands

    /// <summary>
    /// Accepts commands for a run in one transaction, in their order. A command's effective window is the open window + 2 or its
    /// earliest one, whichever is later: once window w is open, all commands for windows up to w + 1 can be read.
    /// </summary>
    /// <returns>One receipt a command, in their order.</returns>
    Task<IReadOnlyList<CommandReceipt>> SendTogetherAsync(
        RunId run, IReadOnlyList<CommandRequest> commands, CancellationToken ct = default);

    /// <summary>Accepts one command. <see cref="CommandInbox"/> is the way to accept many at once.</summary>
    async Task<CommandReceipt> SendAsync(RunId run, CommandRequest command, CancellationToken ct = default) =>
        (await SendTogetherAsync(run, [command], ct).ConfigureAwait(false))[0];

    /// <summary>Commands of a run with a sequence above one and an effective window above one, by sequence.</summary>
    IAsyncEnumerable<Command> ReadCommandsAsync(
        RunId run, long afterSequence = 0, Window effectiveAfter = default, CancellationToken ct = default);

    /// <summary>Which shards applied which commands, by window, shard and sequence.</summary>
    IAsyncEnumerable<AppliedCommand> ReadAppliedAsync(RunId run, CancellationToken ct = default);

    // ---- Results

    /// <summary>Result chunks of a run by table (ordinal), shard and first window.</summary>
    IAsyncEnumerable<ShardResult> ReadResultsAsync(RunId run, ResultSelection? selection = null, CancellationToken ct = default);
}
