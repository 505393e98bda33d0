using Damon.Store.Runs;

namespace Damon.Store.Commands;

/// <summary>
/// Accepts commands of many senders at once: whatever waits for a run while a transaction is under way goes together into the
/// next one (group commit), so that one flush of the disk acknowledges many commands. The next transaction waits for nobody:
/// while the store works on it, those whom the one before acknowledged are answered and send again.
/// </summary>
/// <param name="store">Where the commands go.</param>
/// <param name="largestBatch">Most commands of one transaction, from 1.</param>
public sealed class CommandInbox(IRunStore store, int largestBatch = 1024)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, Lane> _lanes = [];

    private sealed record Waiting(CommandRequest Request, TaskCompletionSource<CommandReceipt> Receipt);

    /// <summary>The commands of a run that wait; a lane exists while a transaction of its run is under way.</summary>
    private sealed class Lane
    {
        public List<Waiting> Waiting { get; set; } = [];
    }

    /// <summary>Sends a command; the task completes when it is durable (or refused).</summary>
    /// <exception cref="StoreException">The store failed; whether the command is in the log is unknown. Sending it again with its key is safe.</exception>
    public Task<CommandReceipt> SendAsync(RunId run, CommandRequest command)
    {
        Waiting waiting = new(command, new TaskCompletionSource<CommandReceipt>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (!_lanes.TryGetValue(run, out Lane? lane))
            {
                _lanes.Add(run, lane = new Lane());
                _ = Task.Run(() => WriteAsync(run, lane));
            }

            lane.Waiting.Add(waiting);
        }

        return waiting.Receipt.Task;
    }

    private async Task WriteAsync(RunId run, Lane lane)
    {
        while (Take(run, lane) is { Count: > 0 } batch)
        {
            try
            {
                IReadOnlyList<CommandReceipt> receipts =
                    await store.SendTogetherAsync(run, [.. batch.Select(waiting => waiting.Request)]).ConfigureAwait(false);
                for (int i = 0; i < batch.Count; i++) batch[i].Receipt.SetResult(receipts[i]);
            }
#pragma warning disable CA1031 // Whatever went wrong is for those who wait.
            catch (Exception error)
#pragma warning restore CA1031
            {
                foreach (Waiting waiting in batch) waiting.Receipt.TrySetException(error);
            }
        }
    }

    /// <summary>The next batch; when nothing waits, the lane ends and the next command opens a new one.</summary>
    private List<Waiting> Take(RunId run, Lane lane)
    {
        lock (_lock)
        {
            List<Waiting> batch = lane.Waiting;
            if (batch.Count == 0)
            {
                _lanes.Remove(run);
            }
            else if (batch.Count > largestBatch)
            {
                lane.Waiting = batch[largestBatch..];
                batch = batch[..largestBatch];
            }
            else
            {
                lane.Waiting = [];
            }

            return batch;
        }
    }
}
