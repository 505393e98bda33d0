namespace Damon.Node.Runs;

/// <summary>
/// Threads that compute, beside those of the pool: a commit that waits for the disk goes on at once while all of these are busy.
/// </summary>
/// <param name="threads">How many at a time.</param>
internal sealed class Crew(int threads)
{
    /// <summary>How many pieces of work are done at a time.</summary>
    public int Threads => threads;

    /// <summary>Does pieces of work; whoever is free takes the next one.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Does one, by its number.</param>
    /// <returns>Ends when all are done; fails with the first failure.</returns>
    public Task EachAsync(int count, Action<int> work)
    {
        int taken = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(threads, count)).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        void Work()
        {
            for (int next; (next = Interlocked.Increment(ref taken)) < count;) work(next);
        }
    }
}
