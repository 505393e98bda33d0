using System.Collections.Concurrent;

namespace Damon.Node.Runs;

/// <summary>
/// Threads that compute, beside those of the pool: a commit that waits for the disk goes on at once while all of these are busy. They
/// stay for all windows, and wait in between; those of a crew that nobody disposed of do not keep a process.
/// </summary>
internal sealed class Crew : IDisposable
{
    private readonly BlockingCollection<Action> _calls = [];

    /// <summary>A crew.</summary>
    /// <param name="threads">How many there are.</param>
    public Crew(int threads)
    {
        Threads = threads;
        for (int i = 0; i < threads; i++) new Thread(Serve) { IsBackground = true, Name = "damon crew" }.Start();
    }

    /// <summary>How many pieces of work are done at a time.</summary>
    public int Threads { get; }

    /// <summary>Does pieces of work; whoever is free takes the next one.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">Does one, by its number.</param>
    /// <returns>Ends when all are done; fails with the first failure.</returns>
    public Task EachAsync(int count, Action<int> work)
    {
        int taken = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(Threads, count)).Select(_ => Call()));

        Task Call()
        {
            Task call = new(Work);
            _calls.Add(() => call.RunSynchronously(TaskScheduler.Default));
            return call;
        }

        void Work()
        {
            for (int next; (next = Interlocked.Increment(ref taken)) < count;) work(next);
        }
    }

    /// <summary>The threads end when they have done what they were given.</summary>
    public void Dispose() => _calls.CompleteAdding();

    private void Serve()
    {
        foreach (Action call in _calls.GetConsumingEnumerable()) call();
    }
}
