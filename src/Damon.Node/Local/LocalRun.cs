using System.Diagnostics;
using Damon.Node.Results;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Local;

/// <summary>Computes a stored run from this process: by worker threads in it, or by worker processes that it supervises.</summary>
/// <param name="store">The store.</param>
/// <param name="run">The run.</param>
public sealed class LocalRun(IRunStore store, RunId run)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(2);

    /// <summary>Told what a user should know, such as that the store does not answer; null: nobody wants to know.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Told how the run stands, a few times a second, on any thread; null: nobody wants to know.</summary>
    public Action<Run>? Progress { get; init; }

    /// <summary>The run.</summary>
    public RunId Run => run;

    /// <summary>What this process has computed of the run.</summary>
    public OwnResults Results { get; } = new();

    /// <summary>Computes with threads of this process until the run is over.</summary>
    /// <param name="threads">How many shards at a time.</param>
    /// <param name="stop">Stops it: what is computed is stored, and the run can go on later.</param>
    /// <returns>The run as it is then.</returns>
    public async Task<Run> WithThreadsAsync(int threads, CancellationToken stop)
    {
        // The process is alone with its file as a rule; whoever it took over from is known to be dead.
        await WorkerInfo.EvictDeadAsync(store, CancellationToken.None).ConfigureAwait(false);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using Worker worker = new(store, new WorkerSettings { Name = WorkerInfo.Own, Threads = threads, Only = run, Results = Results });
        Task working = worker.RunAsync(over.Token);
        try
        {
            Task<Run> following = FollowAsync(over.Token);
            if (await Task.WhenAny(working, following).ConfigureAwait(false) == working) await working.ConfigureAwait(false);
            return await following.ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the run is over, whoever computes it.</summary>
    /// <returns>The run as it is then, or when the wait was stopped.</returns>
    public async Task<Run> FollowAsync(CancellationToken stop)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            long seen = store.News;
            Run now = await LookAsync(stop).ConfigureAwait(false);
            Progress?.Invoke(now);
            if (now.State == RunState.Stopped) await SettleAsync().ConfigureAwait(false);
            if (now.State.IsOver() || stop.IsCancellationRequested) return now;
            try
            {
                await store.WaitForNewsAsync(seen, s_look, stop).ConfigureAwait(false);
                // News come with every window of every run.
                await Task.Delay(Pause(now, Stopwatch.GetElapsedTime(begin)), stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The last look follows.
            }
        }
    }

    /// <summary>A few looks a second are enough for people, but the end is to be seen at once: shortly before it there is one at each news.</summary>
    private static TimeSpan Pause(Run now, TimeSpan followed)
    {
        if (now.DoneWindow == Window.None) return s_look / 10;
        TimeSpan left = followed * ((double)(now.FinalWindow.Number - now.DoneWindow.Number) / now.DoneWindow.Number);
        return left < s_look ? TimeSpan.Zero : s_look / 2;
    }

    /// <summary>Workers store the last results of a run when they see that it was stopped; those that are gone do not.</summary>
    private async Task SettleAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < s_settle)
        {
            IReadOnlyList<ShardEntry> shards = await store.ListShardsAsync(run, CancellationToken.None).ConfigureAwait(false);
            if (shards.All(shard => shard.Incarnation is null || shard.ResultsWindow == shard.DoneWindow)) return;
            await Task.Delay(s_look / 10, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<Run> LookAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await store.FindRunAsync(run, CancellationToken.None).ConfigureAwait(false)
                    ?? throw new RunGoneException($"run {run} is gone: somebody has pruned it");
            }
            catch (StoreException silence) when (silence.Fault == StoreFault.Unavailable && !stop.IsCancellationRequested)
            {
                Note?.Invoke($"the store does not answer: {silence.Message}");
                await Task.Delay(s_look, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}

/// <summary>A run that is not in its store any more; the message is one sentence.</summary>
public sealed class RunGoneException(string message) : Exception(message);
