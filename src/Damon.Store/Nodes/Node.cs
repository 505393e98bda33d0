using Damon.Store.Runs;

namespace Damon.Store.Nodes;

/// <summary>A worker that joins.</summary>
public sealed record NodeJoin
{
    /// <summary>This life of the worker.</summary>
    public required Incarnation Incarnation { get; init; }

    /// <summary>Its name, for people; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The version of its code: it is given shards of runs of this version only.</summary>
    public required string Code { get; init; }

    /// <summary>Most shards that it holds at once, from 1.</summary>
    public required int Capacity { get; init; }

    /// <summary>The only run that it computes; null: any.</summary>
    public RunId? Only { get; init; }

    /// <summary>How long it counts as alive after a renewal, above 0.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>Anything else for people to see (process, machine).</summary>
    public string Info { get; init; } = "";

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Capacity < 1) throw new ArgumentException($"capacity: found {Capacity}, allowed: 1 or more");
        if (Ttl <= TimeSpan.Zero) throw new ArgumentException($"time to live: found {Ttl}, allowed: more than 0");
    }
}

/// <summary>A worker as the store knows it.</summary>
/// <param name="Incarnation">This life of the worker.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">The version of its code.</param>
/// <param name="Capacity">Most shards that it holds at once.</param>
/// <param name="Info">What it told of itself.</param>
/// <param name="Joined">When it joined, by the database's clock.</param>
/// <param name="ExpiresIn">Time until it counts as dead unless it renews, by the database's clock; zero or less: it is dead.</param>
/// <param name="Held">Number of shards in its name.</param>
public sealed record Node(
    Incarnation Incarnation, string Name, string Code, int Capacity, string Info, DateTimeOffset Joined, TimeSpan ExpiresIn, int Held)
{
    /// <summary>Whether its lease runs.</summary>
    public bool IsLive => ExpiresIn > TimeSpan.Zero;
}
