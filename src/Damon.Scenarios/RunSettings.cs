namespace Damon.Scenarios;

/// <summary>What holds for all hosts of a run.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="DurationUs">How long the hosts run, us of virtual time.</param>
/// <param name="Seed">What all random streams derive from.</param>
/// <param name="SampleIntervalUs">From one reading of the hosts to the next, us of virtual time.</param>
/// <param name="Window">How many readings means are taken over; the tables show the last such mean.</param>
/// <param name="ConvergedWithinBp">
/// A memory usage counts as converged to its target from the first reading on from which its mean over the window never
/// again leaves the target by more than this, bp of the target.
/// </param>
public sealed record RunSettings(
    string Name, ulong DurationUs, ulong Seed, ulong SampleIntervalUs, int Window, ulong ConvergedWithinBp)
{
    /// <summary>
    /// The windows of virtual time that hosts are run in, us: what goes from one host to another arrives at the begin of a
    /// window. Without such mail their length changes nothing.
    /// </summary>
    public ulong WindowLengthUs { get; init; } = 1_000_000;

    /// <summary>Whether readings hold the regions of the kdamonds as well, as at the last aggregation.</summary>
    public bool Snapshots { get; init; }
}

/// <summary>What the command line says instead of the file.</summary>
/// <param name="Seed">The seed; null: the file's.</param>
/// <param name="DurationUs">The duration, us; null: the file's.</param>
public sealed record RunOverrides(ulong? Seed = null, ulong? DurationUs = null)
{
    /// <summary>The file's own values.</summary>
    public static RunOverrides None { get; } = new();
}
