namespace Damon.Store.Runs;

/// <summary>A run as it is stored, without its scenario's bytes.</summary>
public sealed record Run
{
    /// <summary>Its number.</summary>
    public required RunId Id { get; init; }

    /// <summary>The scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Hash of the resolved configuration.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>Version of the code whose bits it has.</summary>
    public required string Code { get; init; }

    /// <summary>Number of shards.</summary>
    public required int Shards { get; init; }

    /// <summary>The last window.</summary>
    public required Window FinalWindow { get; init; }

    /// <summary>Length of a window in virtual nanoseconds.</summary>
    public required long WindowNanoseconds { get; init; }

    /// <summary>Whether every window waits for all shards.</summary>
    public required bool Coupled { get; init; }

    /// <summary>The database that accepted it.</summary>
    public required StoreIdentity Identity { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required RunState State { get; init; }

    /// <summary>The last window that may be computed.</summary>
    public required Window OpenWindow { get; init; }

    /// <summary>The last window that all shards have computed.</summary>
    public required Window DoneWindow { get; init; }

    /// <summary>Sequence of the last accepted command; 0: none.</summary>
    public required long LastCommand { get; init; }

    /// <summary>When it was accepted, by the database's clock.</summary>
    public required DateTimeOffset Submitted { get; init; }

    /// <summary>When it ended, by the database's clock; null: it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The digest of a finished run.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The result summary of a finished run, or why a failed one failed.</summary>
    public string? Result { get; init; }
}

/// <summary>What a worker asks of a run between two windows; cheap to read.</summary>
/// <param name="State">Where the run is in its life.</param>
/// <param name="OpenWindow">The last window that may be computed.</param>
/// <param name="LastCommand">Sequence of the last accepted command; 0: none.</param>
public sealed record RunProgress(RunState State, Window OpenWindow, long LastCommand);
