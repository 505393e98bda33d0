using System.Diagnostics;
using Damon.Node.Membership;
using Damon.Node.Results;
using Damon.Node.Shards;
using Damon.Scenarios.Fleets;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Runs;

/// <summary>
/// What a worker does for one run: computes windows of the shards that it holds as far as they are allowed, commits them in one
/// transaction, and opens the next window when it was the last to do this one.
/// </summary>
/// <param name="store">The run's store.</param>
/// <param name="context">The run.</param>
/// <param name="crew">Who computes.</param>
internal sealed class RunWork(IRunStore store, RunContext context, Crew crew)
{
    // Shards that wait for nobody go this far ahead of the slowest one here: commands take effect behind that.
    private const int FreeLead = 64;

    // One commit for about this much computing of shards that wait for nobody.
    private static readonly TimeSpan s_freeRound = TimeSpan.FromMilliseconds(300);

    // So long windows follow each other before the worker looks at what else there is to do.
    private static readonly TimeSpan s_coupledRound = TimeSpan.FromMilliseconds(500);

    private readonly SortedDictionary<int, HeldShard> _shards = [];
    private readonly PeriodicLook _opening = new(TimeSpan.FromMilliseconds(500));

    /// <summary>The run.</summary>
    public RunContext Context => context;

    /// <summary>The shards that are in memory.</summary>
    public IReadOnlyCollection<HeldShard> Shards => _shards.Values;

    /// <summary>Whether all shards that are in memory have done the final window.</summary>
    public bool IsComputed => _shards.Values.All(shard => shard.Done == context.Run.FinalWindow);

    private bool IsCoupled => context.Fleet.IsCoupled;

    private Window Least => _shards.Values.Min(shard => shard.Done);

    // Between shards that are all here, mail needs no store.
    private int[] Receivers => HasAllSentIn(Least) ? [] : [.. _shards.Keys];

    /// <summary>Whether a hold is in memory.</summary>
    public bool Holds(ShardLease lease) => _shards.TryGetValue(lease.Shard.Index, out HeldShard? shard) && shard.Lease.Epoch == lease.Epoch;

    /// <summary>Takes a shard that was loaded.</summary>
    public void Add(HeldShard shard) => _shards[shard.Id.Index] = shard;

    /// <summary>Forgets shards.</summary>
    public void Drop(IEnumerable<ShardId> lost)
    {
        foreach (ShardId shard in lost) _shards.Remove(shard.Index);
    }

    /// <summary>Forgets all shards that are not held any more.</summary>
    public void KeepOnly(IReadOnlyList<ShardLease> leases)
    {
        HashSet<int> held = [.. leases.Where(Holds).Select(lease => lease.Shard.Index)];
        Drop([.. _shards.Values.Where(shard => !held.Contains(shard.Id.Index)).Select(shard => shard.Id)]);
    }

    /// <summary>One round: computes what may be computed now and commits it.</summary>
    /// <param name="life">The worker's membership: nothing is committed without it.</param>
    /// <param name="stop">Ends the round after the window that is on.</param>
    /// <returns>Whether there may be more to do at once.</returns>
    /// <exception cref="StoreException">The store did not answer; what was computed is kept for the next round.</exception>
    public async Task<bool> RoundAsync(Membership.Membership life, CancellationToken stop)
    {
        if (_shards.Count == 0) return false;
        if (await LookAsync().ConfigureAwait(false) is not { } turn)
        {
            _shards.Clear();
            return false;
        }

        // What a round that failed has left comes first.
        bool worked = await CommitAsync(life, turn.Progress.OpenWindow).ConfigureAwait(false);
        if (turn.Progress.State != RunState.Running) worked |= await StoreResultsAsync(life, turn.Progress.OpenWindow).ConfigureAwait(false);
        if (turn.Progress.State.IsOver()) _shards.Clear();
        if (worked || turn.Progress.State != RunState.Running) return worked;
        return IsCoupled
            ? await RunTogetherAsync(turn, life, stop).ConfigureAwait(false)
            : await RunFreeAsync(turn.Progress, life, stop).ConfigureAwait(false);
    }

    private async Task<RunTurn?> LookAsync()
    {
        if (IsCoupled) return await store.TurnAsync(context.Run.Id, Least, Receivers, CancellationToken.None).ConfigureAwait(false);
        return await store.ProgressAsync(context.Run.Id, CancellationToken.None).ConfigureAwait(false) is { } progress ? new RunTurn(progress, []) : null;
    }

    /// <summary>Stores the state of all shards, so that whoever takes them computes nothing again.</summary>
    public async Task CheckpointAsync(Membership.Membership life, IReadOnlyCollection<HeldShard> shards)
    {
        if (await store.ProgressAsync(context.Run.Id, CancellationToken.None).ConfigureAwait(false) is not { } progress) return;
        await CommitAsync(life, progress.OpenWindow).ConfigureAwait(false);
        HeldShard[] open =
        [
            .. shards.Where(shard => Holds(shard.Lease) && shard.Pace.Debt > TimeSpan.Zero && shard.Done == shard.Committed && shard.Done < context.Run.FinalWindow),
        ];
        if (open.Length == 0 || !life.IsAlive) return;
        await crew.EachAsync(open.Length, i => open[i].Pack(withCheckpoint: true)).ConfigureAwait(false);
        await CommitAsync(life, progress.OpenWindow).ConfigureAwait(false);
    }

    /// <summary>Nobody knows when a run that stands still goes on: what was reported up to there is stored now, not with later windows.</summary>
    private async Task<bool> StoreResultsAsync(Membership.Membership life, Window open)
    {
        HeldShard[] behind = [.. _shards.Values.Where(shard => shard.Done == shard.Committed && shard.HasResults)];
        await crew.EachAsync(behind.Length, i => behind[i].Pack(withCheckpoint: false, withResults: true)).ConfigureAwait(false);
        return await CommitAsync(life, open).ConfigureAwait(false);
    }

    /// <summary>Shards that wait for nobody: as many windows as a round has time for.</summary>
    private async Task<bool> RunFreeAsync(RunProgress progress, Membership.Membership life, CancellationToken stop)
    {
        Window limit = new(Math.Min(Least.Number + FreeLead, context.Run.FinalWindow.Number));
        limit = progress.OpenWindow >= limit
            ? progress.OpenWindow
            : await store.ReachAsync(context.Run.Id, limit, CancellationToken.None).ConfigureAwait(false);
        HeldShard[] todo = [.. _shards.Values.Where(shard => shard.Done < limit).OrderBy(shard => shard.Done)];
        if (todo.Length == 0) return false;

        await context.Commands.CatchUpAsync(stop).ConfigureAwait(false);
        ILookup<int, FleetMail> nothing = WindowInput.ByMember([]);
        TimeSpan share = s_freeRound * crew.Threads / todo.Length;
        await crew.EachAsync(todo.Length, i =>
        {
            Window before = todo[i].Done;
            long begin = Stopwatch.GetTimestamp();
            while (!stop.IsCancellationRequested && todo[i].Done < limit)
            {
                todo[i].RunWindow(new WindowInput(nothing, context.Commands.At(todo[i].Done.Next)));
                if (Stopwatch.GetElapsedTime(begin) >= share) break;
            }

            if (todo[i].Done > before) Pack(todo[i]);
        }).ConfigureAwait(false);
        await CommitAsync(life, limit).ConfigureAwait(false);
        return true;
    }

    /// <summary>Shards that send each other mail: the open window, and the ones after it as long as they open at once.</summary>
    private async Task<bool> RunTogetherAsync(RunTurn turn, Membership.Membership life, CancellationToken stop)
    {
        long begin = Stopwatch.GetTimestamp();
        while (turn.Progress.State == RunState.Running)
        {
            Window open = turn.Progress.OpenWindow;
            HeldShard[] todo = [.. _shards.Values.Where(shard => shard.Done < open)];
            // Whoever commits last opens the next window; that others look whether it did is for when it is gone.
            if (todo.Length == 0) return _opening.IsDue && await OpenAsync(open).ConfigureAwait(false);
            if (stop.IsCancellationRequested || Stopwatch.GetElapsedTime(begin) > s_coupledRound) return true;

            await CatchUpAsync(turn.Progress).ConfigureAwait(false);
            await RunWindowAsync(todo, HasAllSentIn(new Window(open.Number - 1)) ? SentBy(todo) : Decode(turn.Mail), stop).ConfigureAwait(false);
            RunTurn? next = HasAllSentIn(open)
                ? await RunAheadAsync(open, life, stop).ConfigureAwait(false)
                : await CommitTurnAsync(life, open).ConfigureAwait(false);
            if (next is null) return true;
            turn = next;
        }

        return false;
    }

    /// <summary>
    /// All shards are here and have done the open window. While it is committed, the next one can be computed, because its mail is
    /// here, and because commands take effect two windows behind the open one (rule 6): its are logged.
    /// </summary>
    /// <returns>What is next for a round; null: that is to be looked up.</returns>
    private async Task<RunTurn?> RunAheadAsync(Window open, Membership.Membership life, CancellationToken stop)
    {
        long begin = Stopwatch.GetTimestamp();
        while (HasAllSentIn(open) && open < context.Run.FinalWindow && !stop.IsCancellationRequested && Stopwatch.GetElapsedTime(begin) < s_coupledRound)
        {
            Task<RunTurn?> committing = CommitTurnAsync(life, open);
            try
            {
                HeldShard[] todo = [.. _shards.Values];
                await RunWindowAsync(todo, SentBy(todo), stop).ConfigureAwait(false);
            }
            finally
            {
                await ((Task)committing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (await committing.ConfigureAwait(false) is not { Progress.State: RunState.Running } now || now.Progress.OpenWindow != open.Next) return null;
            open = now.Progress.OpenWindow;
            await CatchUpAsync(now.Progress).ConfigureAwait(false);
        }

        return await CommitTurnAsync(life, open).ConfigureAwait(false);
    }

    /// <summary>Runs each member of some shards through a window, and packs the shards.</summary>
    private Task RunWindowAsync(HeldShard[] shards, IReadOnlyList<FleetMail> sent, CancellationToken stop)
    {
        ILookup<int, FleetMail> mail = WindowInput.ByMember(sent);
        foreach (HeldShard shard in shards)
        {
            shard.Begin(new WindowInput(mail, context.Commands.At(shard.Done.Next)));
            if (shard.Members.IsEmpty) Pack(shard);
        }

        (HeldShard Shard, int Member)[] turns = [.. shards.SelectMany(shard => Enumerable.Range(0, shard.Members.Length).Select(member => (shard, member)))];
        return crew.EachAsync(turns.Length, i =>
        {
            if (turns[i].Shard.RunMember(turns[i].Member, stop)) Pack(turns[i].Shard);
        });
    }

    /// <summary>Commits the open window, and tries the barrier behind it.</summary>
    /// <returns>What is next; null: nothing was committed, or the run is gone.</returns>
    private async Task<RunTurn?> CommitTurnAsync(Membership.Membership life, Window open)
    {
        while (Ahead(life, open) is { Length: > 0 } ahead)
        {
            (CommitAnswer answer, RunTurn? turn) = await store.CommitTurnAsync(
                life.Incarnation, context.Run.Id, [.. ahead.Select(shard => shard.Packed!)], open, Receivers, CancellationToken.None).ConfigureAwait(false);
            if (Take(ahead, answer)) return turn;
        }

        return null;
    }

    /// <summary>Opens the window after one, also in case that whoever should have is gone.</summary>
    private async Task<bool> OpenAsync(Window done) =>
        done < context.Run.FinalWindow && await store.OpenAsync(context.Run.Id, done, CancellationToken.None).ConfigureAwait(false);

    private async Task CatchUpAsync(RunProgress progress)
    {
        if (progress.LastCommand > context.Commands.Last) await context.Commands.CatchUpAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static IReadOnlyList<FleetMail> Decode(IReadOnlyList<Mail> packets) => [.. packets.SelectMany(packet => MailCodec.Decode(packet.Bytes.Span))];

    private bool HasAllSentIn(Window window) =>
        _shards.Count == context.Map.Count && _shards.Values.All(shard => shard.Done == window && shard.Sent is not null);

    private static IReadOnlyList<FleetMail> SentBy(IEnumerable<HeldShard> shards) => [.. shards.SelectMany(shard => shard.Sent!)];

    private void Pack(HeldShard shard) => shard.Pack(shard.Pace.IsDue && shard.Done < context.Run.FinalWindow);

    /// <summary>Commits all that is packed, without the shards that turn out to be lost.</summary>
    /// <param name="life">The worker's membership.</param>
    /// <param name="open">The open window: what was computed beyond it has to wait.</param>
    /// <returns>Whether something was committed.</returns>
    private async Task<bool> CommitAsync(Membership.Membership life, Window open)
    {
        bool committed = false;
        while (Ahead(life, open) is { Length: > 0 } ahead)
        {
            CommitAnswer answer = await store.CommitAsync(
                life.Incarnation, [.. ahead.Select(shard => shard.Packed!)], CancellationToken.None).ConfigureAwait(false);
            committed |= Take(ahead, answer);
        }

        return committed;
    }

    /// <summary>The shards that have something to commit; who is no member any more has no shards.</summary>
    private HeldShard[] Ahead(Membership.Membership life, Window open)
    {
        HeldShard[] ahead = [.. _shards.Values.Where(shard => shard.Packed is { } packed && packed.To <= open)];
        if (ahead.Length == 0 || life.IsAlive) return ahead;
        _shards.Clear();
        return [];
    }

    private bool Take(HeldShard[] ahead, CommitAnswer answer)
    {
        if (!answer.IsCommitted) Drop(answer.Lost);
        else foreach (HeldShard shard in ahead) shard.MarkCommitted();
        return answer.IsCommitted;
    }
}
