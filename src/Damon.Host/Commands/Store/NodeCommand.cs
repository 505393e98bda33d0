using System.Globalization;
using Damon.Hocon.Units;
using Damon.Node;
using Damon.Node.Local;
using Damon.Store;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon node</c>: a worker that computes shards of whatever runs its store has, until it is told to stop.</summary>
internal static class NodeCommand
{
    private const int MostThreads = 1_024;
    private const int MostCapacity = 1 << 20;

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new(
            "node", words, StoreOption.Option, new("--name", "a name"), new("--capacity", "a number"), new("--first-claim", "a number"), new("--threads", "a number"),
            new("--ttl", "a duration"), new("--quiet"));
        if (arguments.Others.Count > 0) throw arguments.Refuse($"found '{arguments.Others[0]}', allowed: only options");
        WorkerSettings settings = new()
        {
            Name = arguments.Value("--name") ?? WorkerInfo.Own,
            Capacity = arguments.Number("--capacity", MostCapacity, 1, MostCapacity),
            FirstClaim = arguments.Number("--first-claim", MostCapacity, 1, MostCapacity),
            Threads = arguments.Number("--threads", Environment.ProcessorCount, 1, MostThreads),
            Ttl = Ttl(arguments),
            Log = arguments.Has("--quiet") ? null : line => Console.Error.WriteLine($"damon node: {line}"),
        };

        // Renewals must not wait for the threads that compute.
        ThreadPool.GetMinThreads(out int pool, out int ports);
        ThreadPool.SetMinThreads(Math.Max(pool, settings.Threads + 4), ports);
        using Interruption interruption = new();
        return WorkAsync(StoreOption.Open(arguments, mustExist: false), settings, interruption.Token).GetAwaiter().GetResult();
    }

    private static async Task<int> WorkAsync(IRunStore store, WorkerSettings settings, CancellationToken stop)
    {
        await using (store.ConfigureAwait(false))
        {
            Worker worker = new(store, settings);
            await using (worker.ConfigureAwait(false))
            {
                try
                {
                    await worker.RunAsync(stop).ConfigureAwait(false);
                    return ExitCode.Ok;
                }
                catch (StoreException error)
                {
                    Console.Error.WriteLine($"damon node: {error.Message}");
                    return ExitCode.Failed;
                }
            }
        }
    }

    private static TimeSpan Ttl(Arguments arguments)
    {
        if (arguments.Value("--ttl") is not { } text) return WorkerSettings.DefaultTtl;
        if (HoconDuration.TryParseExact(text, out long ns) && ns is >= 1_000_000_000 and <= 3_600_000_000_000) return TimeSpan.FromTicks(ns / 100);
        throw arguments.Refuse($"--ttl: found '{text}', allowed: how long others wait for a worker that falls silent, 1 s..1 h");
    }
}
