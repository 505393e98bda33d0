using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Memory;

/// <summary>
/// A store that lasts as long as its process: the rules of <see cref="IRunStore"/> in their plainest form, which the durable
/// stores are tested against, and what a run that keeps nothing uses.
/// </summary>
public sealed partial class MemoryStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly NewsSignal _news = new();
    private readonly StoreIdentity _identity = new(Guid.CreateVersion7().ToString("D"), 1);
    private readonly SortedDictionary<RunId, MemoryRun> _runs = [];
    private readonly Dictionary<Incarnation, MemoryNode> _nodes = [];
    private long _lastRun;

    /// <summary>Makes an empty store.</summary>
    /// <param name="clock">The store's clock; null: the system's.</param>
    public MemoryStore(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public long News => _news.Count;

    /// <inheritdoc/>
    public Task WaitForNewsAsync(long seen, TimeSpan timeout, CancellationToken ct = default) => _news.WaitAsync(seen, timeout, ct);

    /// <inheritdoc/>
    public Task<StoreIdentity> IdentityAsync(CancellationToken ct = default) => Task.FromResult(_identity);

    /// <inheritdoc/>
    public Task<RunId> SubmitAsync(RunSubmission submission, CancellationToken ct = default)
    {
        submission.Validate();
        lock (_lock)
        {
            if (_runs.Values.FirstOrDefault(known => known.Key == submission.Key) is { } there) return Task.FromResult(there.Run.Id);
            RunId id = new(++_lastRun);
            _runs.Add(id, new MemoryRun(Accepted(id, submission), submission));
            _news.Ring();
            return Task.FromResult(id);
        }
    }

    private Run Accepted(RunId id, RunSubmission submission) => new()
    {
        Id = id,
        Name = submission.Name,
        Seed = submission.Seed,
        ConfigHash = submission.ConfigHash,
        Code = submission.Code,
        Shards = submission.Shards,
        FinalWindow = submission.FinalWindow,
        WindowNanoseconds = submission.WindowNanoseconds,
        Coupled = submission.Coupled,
        Identity = _identity,
        State = RunState.Running,
        OpenWindow = Window.None.Next,
        DoneWindow = Window.None,
        LastCommand = 0,
        Submitted = _clock.GetUtcNow(),
    };

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(RunId run, CancellationToken ct = default)
    {
        lock (_lock) return Task.FromResult(_runs.TryGetValue(run, out MemoryRun? known) ? Snapshot(known) : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListRunsAsync(int limit = int.MaxValue, RunState? state = null, CancellationToken ct = default)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<Run>>([.. _runs.Values.Reverse().Where(known => state is null || known.Run.State == state).Take(limit).Select(Snapshot)]);
    }

    private static Run Snapshot(MemoryRun known) => known.Run with { DoneWindow = known.DoneWindow };

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadScenarioAsync(RunId run, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_runs.TryGetValue(run, out MemoryRun? known) ? known.Scenario : (ReadOnlyMemory<byte>?)null);
        }
    }

    /// <inheritdoc/>
    public Task<RunProgress?> ProgressAsync(RunId run, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(
                _runs.TryGetValue(run, out MemoryRun? known)
                    ? new RunProgress(known.Run.State, known.Run.OpenWindow, known.Run.LastCommand)
                    : null);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ChangeStateAsync(RunId run, RunState state, CancellationToken ct = default)
    {
        if (state is RunState.Finished or RunState.Failed) throw new ArgumentException($"state: found {state}, which needs an outcome");
        lock (_lock)
        {
            if (!_runs.TryGetValue(run, out MemoryRun? known)) return Task.FromResult(false);
            Change(known, state, known.Run.Digest, known.Run.Result);
            return Task.FromResult(known.Run.State == state);
        }
    }

    /// <inheritdoc/>
    public Task<bool> FinishAsync(RunId run, Digest digest, string summary, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(run, out MemoryRun? known)) return Task.FromResult(false);
            if (known.DoneWindow >= known.Run.FinalWindow) Change(known, RunState.Finished, digest, summary);
            return Task.FromResult(known.Run.State == RunState.Finished && known.Run.Digest == digest);
        }
    }

    /// <inheritdoc/>
    public Task<bool> FailAsync(RunId run, string failure, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(run, out MemoryRun? known)) return Task.FromResult(false);
            Change(known, RunState.Failed, null, failure);
            return Task.FromResult(known.Run.State == RunState.Failed);
        }
    }

    private void Change(MemoryRun known, RunState state, Digest? digest, string? result)
    {
        if (!RunStates.Before(state).Contains(known.Run.State)) return;
        known.Run = known.Run with
        {
            State = state,
            Ended = state.IsOver() ? _clock.GetUtcNow() : null,
            Digest = digest,
            Result = result,
        };
        _news.Ring();
    }

    /// <inheritdoc/>
    public Task<bool> PruneAsync(RunId run, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(run, out MemoryRun? known) && !known.Run.State.IsOver()) return Task.FromResult(false);
            _runs.Remove(run);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
