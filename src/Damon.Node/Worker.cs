using System.Diagnostics;
using Damon.Node.Runs;
using Damon.Node.Shards;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node;

/// <summary>
/// A stateless worker: joins the cluster, claims shards of whatever runs there are, computes and commits their windows, gives
/// shards back when others join, and leaves. All that it knows it can lose at any time.
/// </summary>
/// <param name="store">The cluster.</param>
/// <param name="settings">The worker.</param>
public sealed class Worker(IRunStore store, WorkerSettings settings) : IAsyncDisposable
{
    // Runs beyond the newest ones are long over.
    private const int MostLookedAt = 1_000;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_tidy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_barrier = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_unanswered = TimeSpan.FromMilliseconds(100);

    private readonly SortedDictionary<RunId, RunWork> _runs = [];
    private readonly HashSet<RunId> _refused = [];
    private readonly Membership.Membership _life = new(store, settings);
    private readonly ShardLoader _loader = new(store);
    private readonly RunEnd _end = new(store);
    private readonly Crew _crew = new(settings.Threads);
    private readonly PeriodicLook _claiming = new(s_look);
    private readonly PeriodicLook _tidying = new(s_tidy);
    private readonly long _began = Stopwatch.GetTimestamp();
    private StoreIdentity? _identity;

    /// <summary>Works until it is told to stop; then finishes the window that is on, stores its shards and gives them back.</summary>
    /// <exception cref="StoreException">The store refuses this process for good (schema, access).</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                long seen = store.News;
                try
                {
                    if (await StepAsync(stop).ConfigureAwait(false)) continue;
                    await store.WaitForNewsAsync(seen, _runs.Values.Any(run => run.Shards.Count > 0) ? s_barrier : s_look, stop).ConfigureAwait(false);
                }
                catch (StoreException silence) when (silence.Fault == StoreFault.Unavailable)
                {
                    settings.Log?.Invoke($"the store does not answer: {silence.Message}");
                    await Task.Delay(s_unanswered, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop while it waited.
        }

        await DrainAsync().ConfigureAwait(false);
    }

    /// <summary>Ends its renewals and its threads.</summary>
    public ValueTask DisposeAsync()
    {
        _crew.Dispose();
        return _life.DisposeAsync();
    }

    private async Task<bool> StepAsync(CancellationToken stop)
    {
        if (!_life.IsAlive)
        {
            Forget();
            await _life.JoinAsync(stop).ConfigureAwait(false);
            settings.Log?.Invoke($"joined as {settings.Name}, incarnation {_life.Incarnation}");
        }

        bool worked = _claiming.IsDue && await ClaimAsync(stop).ConfigureAwait(false);
        foreach (RunWork run in _runs.Values.ToArray())
        {
            if (stop.IsCancellationRequested) break;
            bool wasComputed = run.IsComputed;
            worked |= await GuardAsync(run.Context.Run.Id, () => run.RoundAsync(_life, stop)).ConfigureAwait(false);
            if (run.IsComputed && !wasComputed) _tidying.Hasten();
        }

        if (_tidying.IsDue) await TidyAsync().ConfigureAwait(false);
        return worked;
    }

    /// <summary>Claims shards and loads what is not in memory; gives back what others should have.</summary>
    private async Task<bool> ClaimAsync(CancellationToken stop)
    {
        await CheckIdentityAsync().ConfigureAwait(false);
        IReadOnlyList<ShardLease> leases = await store.ClaimAsync(
            _life.Incarnation, MostToClaim, _refused, stop).ConfigureAwait(false);
        ILookup<RunId, ShardLease> byRun = leases.ToLookup(lease => lease.Shard.Run);
        foreach (RunWork run in _runs.Values) run.KeepOnly([.. byRun[run.Context.Run.Id]]);
        foreach (RunId id in _runs.Keys.Where(id => !byRun.Contains(id)).ToArray()) _runs.Remove(id);
        bool loaded = false;
        foreach (IGrouping<RunId, ShardLease> group in byRun.OrderBy(group => group.Key))
            loaded |= await GuardAsync(group.Key, () => LoadAsync(group.Key, [.. group], stop)).ConfigureAwait(false);
        return loaded;
    }

    private int MostToClaim => Stopwatch.GetElapsedTime(_began) > s_start
        ? int.MaxValue
        : Math.Max(0, settings.FirstClaim - _runs.Values.Sum(run => run.Shards.Count));

    private async Task<bool> LoadAsync(RunId id, IReadOnlyList<ShardLease> leases, CancellationToken stop)
    {
        _runs.TryGetValue(id, out RunWork? run);
        ShardLease[] missing = [.. leases.Where(lease => run?.Holds(lease) != true)];
        if (missing.Length == 0) return false;
        if (await store.ProgressAsync(id, stop).ConfigureAwait(false) is not { } progress || progress.State.IsOver())
        {
            // Nobody needs the shards of a run that is over; a stopped one is claimed anew when it goes on.
            await store.ReleaseAsync(_life.Incarnation, leases, CancellationToken.None).ConfigureAwait(false);
            _runs.Remove(id);
            return false;
        }

        if (run is null)
        {
            RunContext context = await RunContext.ReadAsync(store, id, settings.Results, stop).ConfigureAwait(false);
            _runs[id] = run = new RunWork(store, context, _crew);
        }

        HeldShard[] loaded = new HeldShard[missing.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = settings.Threads, CancellationToken = stop };
        await Parallel.ForAsync(
            0, missing.Length, options,
            async (i, ct) => loaded[i] = await _loader.LoadAsync(run.Context, missing[i], ct).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (HeldShard shard in loaded) run.Add(shard);
        string again = loaded.Sum(shard => shard.Recomputed) is > 0 and long windows ? $", {windows} windows computed once more" : "";
        settings.Log?.Invoke($"run {id}: took {missing.Length} shards from window {missing.Min(lease => lease.DoneWindow.Number)} on{again}");
        return true;
    }

    /// <summary>Does something for a run; what shows that the run cannot go on, or not here, ends that.</summary>
    private async Task<bool> GuardAsync(RunId id, Func<Task<bool>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ShardException or StoreException { Fault: StoreFault.Corrupt })
        {
            settings.Log?.Invoke(failure.Message);
            await store.FailAsync(id, failure.Message).ConfigureAwait(false);
            _runs.Remove(id);
        }
        catch (RunUnfitException unfit)
        {
            settings.Log?.Invoke(unfit.Message);
            await LeaveRunAsync(id).ConfigureAwait(false);
        }

        return false;
    }

    private async Task LeaveRunAsync(RunId id)
    {
        _refused.Add(id);
        _runs.Remove(id);
        IReadOnlyList<ShardEntry> shards = await store.ListShardsAsync(id).ConfigureAwait(false);
        await store.ReleaseAsync(
            _life.Incarnation,
            [.. shards.Where(shard => shard.Incarnation == _life.Incarnation).Select(shard => new ShardLease(shard.Shard, shard.Epoch, shard.DoneWindow, shard.ResultsWindow))])
            .ConfigureAwait(false);
    }

    /// <summary>What need not be done at once: gives back surplus shards, and ends runs that are computed to their end.</summary>
    private async Task TidyAsync()
    {
        foreach (Run run in await store.ListRunsAsync(MostLookedAt, RunState.Running).ConfigureAwait(false))
        {
            if (run.DoneWindow == run.FinalWindow && IsOurs(run))
                await GuardAsync(run.Id, () => EndAsync(run.Id)).ConfigureAwait(false);
        }

        HashSet<ShardId> surplus = [.. (await store.SurplusAsync(_life.Incarnation).ConfigureAwait(false)).Select(lease => lease.Shard)];
        foreach (RunWork run in _runs.Values)
            await GiveBackAsync(run, [.. run.Shards.Where(shard => surplus.Contains(shard.Id))]).ConfigureAwait(false);
    }

    /// <summary>Whether the run is one that this worker computes.</summary>
    private bool IsOurs(Run run) =>
        run.Code == CodeVersion.Current && !_refused.Contains(run.Id) && (settings.Only is null || settings.Only == run.Id);

    /// <summary>Ends a run that is computed, also one whose last window others did before they were gone.</summary>
    private async Task<bool> EndAsync(RunId id)
    {
        RunContext context = _runs.TryGetValue(id, out RunWork? run)
            ? run.Context
            : await RunContext.ReadAsync(store, id, null, CancellationToken.None).ConfigureAwait(false);
        return await _end.TryAsync(context).ConfigureAwait(false);
    }

    private async Task GiveBackAsync(RunWork run, IReadOnlyCollection<HeldShard> given)
    {
        if (given.Count == 0) return;
        await run.CheckpointAsync(_life, given).ConfigureAwait(false);
        await store.ReleaseAsync(_life.Incarnation, [.. given.Select(shard => shard.Lease)]).ConfigureAwait(false);
        run.Drop([.. given.Select(shard => shard.Id)]);
        settings.Log?.Invoke($"run {run.Context.Run.Id}: gave back {given.Count} shards");
    }

    /// <summary>A database that went back, or another one, does not know what this process remembers (rule 8).</summary>
    private async Task CheckIdentityAsync()
    {
        StoreIdentity identity = await store.IdentityAsync().ConfigureAwait(false);
        if (_identity is not null && identity != _identity)
        {
            settings.Log?.Invoke("the database was restored or replaced: everything is loaded anew");
            Forget();
        }

        _identity = identity;
    }

    private void Forget()
    {
        _runs.Clear();
        _refused.Clear();
        _claiming.Hasten();
    }

    private async Task DrainAsync()
    {
        try
        {
            foreach (RunWork run in _runs.Values)
            {
                if (_life.IsAlive) await GiveBackAsync(run, [.. run.Shards]).ConfigureAwait(false);
            }
        }
        catch (StoreException silence)
        {
            settings.Log?.Invoke($"the store does not answer: {silence.Message}");
        }

        await _life.LeaveAsync().ConfigureAwait(false);
        settings.Log?.Invoke("left");
    }
}
