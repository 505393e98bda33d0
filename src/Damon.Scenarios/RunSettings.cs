namespace Damon.Scenarios;

/// <summary>What holds for all hosts of a run.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="DurationUs">How long the hosts run, us of virtual time.</param>
/// <param name="Seed">What all random streams derive from.</param>
/// <param name="SampleIntervalUs">From one reading of the hosts to the next, us of virtual time.</param>
/// <param name="Window">How many of the last readings the tables average over.</param>
/// <param name="Convergence">When a tenant counts as converged.</param>
public sealed record RunSettings(
    string Name, ulong DurationUs, ulong Seed, ulong SampleIntervalUs, int Window, ConvergenceRule Convergence);

/// <summary>
/// When a memory usage counts as converged to its target: from the first reading on from which its mean over the last
/// <paramref name="SpanUs"/> never again leaves the target by more than <paramref name="WithinBp"/>.
/// </summary>
/// <param name="WithinBp">How far the mean may be from the target, bp of the target.</param>
/// <param name="SpanUs">How far back the mean reaches, us of virtual time.</param>
public sealed record ConvergenceRule(ulong WithinBp, ulong SpanUs);

/// <summary>What the command line says instead of the file.</summary>
/// <param name="Seed">The seed; null: the file's.</param>
/// <param name="DurationUs">The duration, us; null: the file's.</param>
public sealed record RunOverrides(ulong? Seed = null, ulong? DurationUs = null)
{
    /// <summary>The file's own values.</summary>
    public static RunOverrides None { get; } = new();
}
