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
/// <param name="threads">How many shards are computed at a time.</param>
internal sealed class RunWork(IRunStore store, RunContext context, int threads)
{
    // Shards that wait for nobody go this far ahead of the slowest one here: commands take effect behind that.
    private const int FreeLead = 64;

    // One commit for about this much computing of shards that wait for nobody.
    private static readonly TimeSpan s_freeRound = TimeSpan.FromMilliseconds(300);

    private readonly SortedDictionary<int, HeldShard> _shards = [];

    /// <summary>The run.</summary>
    public RunContext Context => context;

    /// <summary>The shards that are in memory.</summary>
    public IReadOnlyCollection<HeldShard> Shards => _shards.Values;

    /// <summary>Whether all shards that are in memory have done the final window.</summary>
    public bool IsComputed => _shards.Values.All(shard => shard.Done == context.Run.FinalWindow);

    private bool IsCoupled => context.Fleet.IsCoupled;

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
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="StoreException">The store did not answer; what was computed is kept for the next round.</exception>
    public async Task<bool> RoundAsync(Membership.Membership life, CancellationToken stop)
    {
        if (_shards.Count == 0) return false;
        if (await store.ProgressAsync(context.Run.Id, CancellationToken.None).ConfigureAwait(false) is not { } progress || progress.State.IsOver())
        {
            _shards.Clear();
            return false;
        }

        // What a round that failed has left comes first.
        bool worked = await CommitAsync(life).ConfigureAwait(false);
        if (progress.State == RunState.Running) worked |= await ComputeAsync(progress, life, stop).ConfigureAwait(false);
        return worked;
    }

    /// <summary>Stores the state of all shards, so that whoever takes them computes nothing again.</summary>
    public async Task CheckpointAsync(Membership.Membership life, IReadOnlyCollection<HeldShard> shards)
    {
        await CommitAsync(life).ConfigureAwait(false);
        HeldShard[] open = [.. shards.Where(shard => Holds(shard.Lease) && shard.Pace.Debt > TimeSpan.Zero && shard.Done < context.Run.FinalWindow)];
        if (open.Length == 0 || !life.IsAlive) return;
        ShardCommit[] commits = new ShardCommit[open.Length];
        await ParallelAsync(open.Length, i => commits[i] = open[i].ToCommit(withCheckpoint: true)).ConfigureAwait(false);
        await store.CommitAsync(life.Incarnation, commits, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> ComputeAsync(RunProgress progress, Membership.Membership life, CancellationToken stop)
    {
        Window limit = await LimitAsync(progress).ConfigureAwait(false);
        HeldShard[] todo = [.. _shards.Values.Where(shard => shard.Done < limit).OrderBy(shard => shard.Done)];
        if (todo.Length == 0) return await OpenAsync(progress).ConfigureAwait(false);

        if (!IsCoupled || progress.LastCommand > context.Commands.Last) await context.Commands.CatchUpAsync(stop).ConfigureAwait(false);
        ILookup<int, FleetMail> mail = WindowInput.ByMember(IsCoupled ? await MailAsync(new Window(limit.Number - 1), todo).ConfigureAwait(false) : []);
        TimeSpan share = s_freeRound * threads / todo.Length;
        await ParallelAsync(todo.Length, i => Compute(todo[i], limit, mail, share, stop)).ConfigureAwait(false);
        await CommitAsync(life).ConfigureAwait(false);
        if (IsCoupled) await store.OpenAsync(context.Run.Id, limit, CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <summary>Computes a shard: the open window of a coupled run, or as many windows as its share of a round has time for.</summary>
    private void Compute(HeldShard shard, Window limit, ILookup<int, FleetMail> mail, TimeSpan share, CancellationToken stop)
    {
        long begin = Stopwatch.GetTimestamp();
        do
        {
            if (stop.IsCancellationRequested) return;
            shard.RunWindow(new WindowInput(mail, context.Commands.At(shard.Done.Next)));
        }
        while (!IsCoupled && shard.Done < limit && Stopwatch.GetElapsedTime(begin) < share);
    }

    /// <summary>The last window that may be computed now.</summary>
    private async Task<Window> LimitAsync(RunProgress progress)
    {
        if (IsCoupled) return progress.OpenWindow;
        Window least = _shards.Values.Min(shard => shard.Done);
        Window wanted = new(Math.Min(least.Number + FreeLead, context.Run.FinalWindow.Number));
        return progress.OpenWindow >= wanted
            ? progress.OpenWindow
            : await store.ReachAsync(context.Run.Id, wanted).ConfigureAwait(false);
    }

    /// <summary>Nothing is left to compute in the open window: opens the next one, in case that whoever should have is gone.</summary>
    private async Task<bool> OpenAsync(RunProgress progress) =>
        IsCoupled && progress.OpenWindow < context.Run.FinalWindow
        && await store.OpenAsync(context.Run.Id, progress.OpenWindow, CancellationToken.None).ConfigureAwait(false);

    /// <summary>What all shards sent to these in a window: from memory when all of them are here, else from the store.</summary>
    private async Task<IReadOnlyList<FleetMail>> MailAsync(Window window, IReadOnlyList<HeldShard> receivers)
    {
        if (window == Window.None) return [];
        if (_shards.Count == context.Map.Count && _shards.Values.All(shard => shard.Done == window && shard.Sent is not null))
            return [.. _shards.Values.SelectMany(shard => shard.Sent!)];
        IReadOnlyList<Mail> packets = await store.ReadMailAsync(
            context.Run.Id, window, window, [.. receivers.Select(shard => shard.Id.Index)], CancellationToken.None).ConfigureAwait(false);
        return [.. packets.SelectMany(packet => MailCodec.Decode(packet.Bytes.Span))];
    }

    /// <summary>Commits all that is computed and not committed, without the shards that turn out to be lost.</summary>
    /// <returns>Whether something was committed.</returns>
    private async Task<bool> CommitAsync(Membership.Membership life)
    {
        while (true)
        {
            HeldShard[] ahead = [.. _shards.Values.Where(shard => shard.Done > shard.Committed)];
            if (ahead.Length == 0) return false;
            if (!life.IsAlive)
            {
                _shards.Clear();
                return false;
            }

            ShardCommit[] commits = new ShardCommit[ahead.Length];
            await ParallelAsync(ahead.Length, i => commits[i] = ahead[i].ToCommit(ahead[i].Pace.IsDue && ahead[i].Done < context.Run.FinalWindow))
                .ConfigureAwait(false);
            CommitAnswer answer = await store.CommitAsync(life.Incarnation, commits, CancellationToken.None).ConfigureAwait(false);
            if (answer.IsCommitted)
            {
                foreach (HeldShard shard in ahead) shard.MarkCommitted();
                return true;
            }

            Drop(answer.Lost);
        }
    }

    private Task ParallelAsync(int count, Action<int> work) => Task.Run(() =>
    {
        if (count == 1) work(0);
        else Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
    });
}
