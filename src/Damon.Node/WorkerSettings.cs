using Damon.Node.Results;
using Damon.Store.Runs;

namespace Damon.Node;

/// <summary>What a worker is told when it starts.</summary>
public sealed record WorkerSettings
{
    /// <summary>How long a lease lasts unless something else is said.</summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromSeconds(10);

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Most shards that it holds at once, 1..2^20.</summary>
    public int Capacity { get; init; } = 1 << 20;

    /// <summary>
    /// Most shards that it takes in its first two seconds, from 1: it leaves the rest to others that start beside it, rather than to
    /// give back with their state what they should have had from the begin.
    /// </summary>
    public int FirstClaim { get; init; } = int.MaxValue;

    /// <summary>How many shards it computes at a time, from 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How long others wait for it when it falls silent, 1 s..1 h.</summary>
    public TimeSpan Ttl { get; init; } = DefaultTtl;

    /// <summary>Told what the worker does, a line each; null: nobody wants to know.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Gets what the worker computes of <see cref="Only"/>; null: it goes to the store alone.</summary>
    public OwnResults? Results { get; init; }

    /// <summary>The only run that it computes; null: all that there are.</summary>
    public RunId? Only { get; init; }
}
