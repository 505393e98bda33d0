namespace Damon.Store;

/// <summary>A counter of hints that wakes those who wait for it to move.</summary>
internal sealed class NewsSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = Fresh();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Ring()
    {
        TaskCompletionSource rung;
        lock (_lock)
        {
            Interlocked.Increment(ref _count);
            rung = _next;
            _next = Fresh();
        }

        rung.SetResult();
    }

    public async Task WaitAsync(long seen, TimeSpan timeout, CancellationToken ct)
    {
        Task next;
        lock (_lock)
        {
            if (_count != seen) return;
            next = _next.Task;
        }

        try
        {
            await next.WaitAsync(timeout, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing happened: that is an answer too.
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
