using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Memory;

// Commits, the barrier, commands, and what was committed.
public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public Task<CommitAnswer> CommitAsync(Incarnation incarnation, IReadOnlyList<ShardCommit> commits, CancellationToken ct = default)
    {
        ShardCommit.Validate(commits);
        lock (_lock)
        {
            bool holds(ShardLease lease) => Find(lease.Shard) is { } shard && shard.Incarnation == incarnation && shard.Lease == lease;
            if (!commits.All(commit => holds(commit.Before)))
            {
                if (commits.All(commit => holds(commit.After))) return Task.FromResult(new CommitAnswer([]));
                return Task.FromResult(new CommitAnswer([
                    .. from commit in commits where !holds(commit.Before) orderby commit.Shard select commit.Shard,
                ]));
            }

            if (commits.FirstOrDefault(HasResults) is { } again)
                throw new ArgumentException($"commit of {again.Shard}: results of a table and first window that are there already");
            foreach (ShardCommit commit in commits) Apply(_runs[commit.Shard.Run], commit);
            return Task.FromResult(new CommitAnswer([]));
        }
    }

    private bool HasResults(ShardCommit commit) =>
        commit.Results.Any(chunk => Find(commit.Shard)!.Results.Any(kept => kept.Table == chunk.Table && kept.First == chunk.First));

    private static void Apply(MemoryRun run, ShardCommit commit)
    {
        MemoryShard shard = run.Shards[commit.Shard.Index];
        (shard.Done, shard.ResultsTo) = (commit.To, commit.ResultsTo);
        shard.Digests.AddRange(commit.Digests);
        foreach (MailPacket packet in commit.Mail)
            run.Mail.Add((commit.To, packet.Destination, commit.Shard.Index), packet.Bytes.ToArray());
        foreach (ResultChunk chunk in commit.Results) shard.Results.Add(chunk with { Bytes = chunk.Bytes.ToArray() });
        run.Applied.AddRange(commit.Applied.Select(sequence => new AppliedCommand(commit.Shard.Index, commit.To, sequence)));
        if (commit.Checkpoint is { } checkpoint && shard.Checkpoints.All(kept => kept.Window != checkpoint.Window))
        {
            shard.Checkpoints.Add(checkpoint with { Bytes = checkpoint.Bytes.ToArray() });
            if (shard.Checkpoints.Count > 2) shard.Checkpoints.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public Task<bool> OpenAsync(RunId run, Window done, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(run, out MemoryRun? known) || !known.Run.Coupled) return Task.FromResult(false);
            if (known.Run.OpenWindow != done || done >= known.Run.FinalWindow || known.DoneWindow < done) return Task.FromResult(false);
            known.Run = known.Run with { OpenWindow = done.Next };
            Window needed = known.Shards.Min(shard => shard.Checkpoints.Count == 2 ? shard.Checkpoints[0].Window : Window.None);
            foreach (var key in known.Mail.Keys.TakeWhile(key => key.Window < needed).ToList()) known.Mail.Remove(key);
            _news.Ring();
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<Window> ReachAsync(RunId run, Window wanted, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(run, out MemoryRun? known)) return Task.FromResult(Window.None);
            Window limit = wanted < known.Run.FinalWindow ? wanted : known.Run.FinalWindow;
            if (!known.Run.Coupled && limit > known.Run.OpenWindow) known.Run = known.Run with { OpenWindow = limit };
            return Task.FromResult(known.Run.OpenWindow);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommandReceipt>> SendTogetherAsync(
        RunId run, IReadOnlyList<CommandRequest> commands, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _runs.TryGetValue(run, out MemoryRun? known);
            return Task.FromResult<IReadOnlyList<CommandReceipt>>([.. commands.Select(command => Accept(known, command))]);
        }
    }

    private CommandReceipt Accept(MemoryRun? known, CommandRequest request)
    {
        if (known is null) return CommandReceipt.Refused(CommandRefusal.NoSuchRun);
        if (known.Receipts.TryGetValue(request.Key, out CommandReceipt? before)) return before;
        Run run = known.Run;
        CommandReceipt receipt = Acceptance.Of(new RunProgress(run.State, run.OpenWindow, run.LastCommand), run.FinalWindow, request);
        if (!receipt.IsAccepted) return receipt;
        known.Run = run with { LastCommand = receipt.Sequence };
        known.Receipts.Add(request.Key, receipt);
        known.Commands.Add(new Command(
            receipt.Sequence, [.. request.Hosts], request.Kind, request.Payload.ToArray(), receipt.Effective, _clock.GetUtcNow()));
        return receipt;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Command> ReadCommandsAsync(
        RunId run, long afterSequence = 0, Window effectiveAfter = default, CancellationToken ct = default) =>
        Read(run, known => known.Commands.Where(command => command.Sequence > afterSequence && command.Effective > effectiveAfter));

    /// <inheritdoc/>
    public IAsyncEnumerable<AppliedCommand> ReadAppliedAsync(RunId run, CancellationToken ct = default) =>
        Read(run, known => known.Applied.OrderBy(applied => (applied.Window, applied.Shard, applied.Sequence)));

    /// <inheritdoc/>
    public IAsyncEnumerable<ShardResult> ReadResultsAsync(RunId run, ResultSelection? selection = null, CancellationToken ct = default) =>
        Read(run, known =>
            (from shard in known.Shards
             where selection?.Shard is null || selection.Shard == shard.Id.Index
             from chunk in shard.Results
             where selection?.Table is null || selection.Table == chunk.Table
             select new ShardResult(shard.Id.Index, chunk))
            .OrderBy(result => result.Chunk.Table, StringComparer.Ordinal).ThenBy(result => result.Shard).ThenBy(result => result.Chunk.First));

    /// <inheritdoc/>
    public Task<Checkpoint?> FindCheckpointAsync(ShardId shard, Window? atOrBefore = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(Find(shard)?.Checkpoints.LastOrDefault(kept => atOrBefore is null || kept.Window <= atOrBefore));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Mail>> ReadMailAsync(
        RunId run, Window first, Window last, IReadOnlyCollection<int> destinations, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(run, out MemoryRun? known)) return Task.FromResult<IReadOnlyList<Mail>>([]);
            HashSet<int> wanted = [.. destinations];
            return Task.FromResult<IReadOnlyList<Mail>>([
                .. from packet in known.Mail
                   let key = packet.Key
                   where key.Window >= first && key.Window <= last && wanted.Contains(key.Destination)
                   select new Mail(key.Window, key.Destination, key.Source, packet.Value),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WindowDigest>> ReadDigestsAsync(ShardId shard, Window after, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<WindowDigest>>(
                [.. Find(shard)?.Digests.Where(digest => digest.Window > after) ?? []]);
        }
    }

    /// <summary>What a run holds now, in memory already, as a stream.</summary>
    private async IAsyncEnumerable<T> Read<T>(RunId run, Func<MemoryRun, IEnumerable<T>> select)
    {
        List<T> found;
        lock (_lock) found = _runs.TryGetValue(run, out MemoryRun? known) ? [.. select(known)] : [];
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (T one in found) yield return one;
    }
}
