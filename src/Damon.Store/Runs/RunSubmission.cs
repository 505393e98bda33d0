namespace Damon.Store.Runs;

/// <summary>What a run is made from. All of it is fixed for the run's life.</summary>
public sealed record RunSubmission
{
    /// <summary>Fewest shards of a run.</summary>
    public const int MinShards = 16;

    /// <summary>Most shards of a run.</summary>
    public const int MaxShards = 1024;

    /// <summary>The scenario's name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The scenario with all that it needs (a bundle): a worker needs nothing else to begin.</summary>
    public required ReadOnlyMemory<byte> Scenario { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Hash of the resolved configuration; a worker that resolves the bundle to another one refuses the run.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>Version of the code whose bits the run has; workers of another version claim none of it.</summary>
    public required string Code { get; init; }

    /// <summary>Number of shards, 16..1,024; they are numbered from 0.</summary>
    public required int Shards { get; init; }

    /// <summary>The last window, from 1.</summary>
    public required Window FinalWindow { get; init; }

    /// <summary>Length of a window in virtual nanoseconds, above 0.</summary>
    public required long WindowNanoseconds { get; init; }

    /// <summary>Whether hosts act on each other: then every window waits for all shards. Else shards run free.</summary>
    public required bool Coupled { get; init; }

    /// <summary>Submitting the same key again (a retry after a lost answer) gives the run that is there. By default a fresh key.</summary>
    public Guid Key { get; init; } = Guid.CreateVersion7();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Shards is < MinShards or > MaxShards)
            throw new ArgumentException($"shards: found {Shards}, allowed: {MinShards} to {MaxShards}");
        if (FinalWindow < Window.None.Next) throw new ArgumentException($"final window: found {FinalWindow}, allowed: 1 or more");
        if (WindowNanoseconds <= 0) throw new ArgumentException($"window length: found {WindowNanoseconds} ns, allowed: more than 0");
    }
}
