using Damon.Scenarios.Fidelity;

namespace Damon.Scenarios.Results;

/// <summary>How a memory usage came to its target, reading by reading and not by means.</summary>
/// <param name="NearAtUs">The first reading within 5% of the target, us; null: none.</param>
/// <param name="OvershootBytes">How far it went beyond the target at most, seen from where it began, bytes.</param>
/// <param name="ShareNear">The share of all readings within 5 percentage points of the whole: for a target of 70%, inside 65..75%.</param>
/// <param name="PeriodUs">
/// How long a swing takes from the first near reading on, us: the mean time between two upward crossings of the mean; null: it does not swing.
/// </param>
public sealed record Approach(ulong? NearAtUs, double OvershootBytes, double ShareNear, double? PeriodUs)
{
    private const double NearTarget = 0.05;
    private const double NearWhole = 0.05;

    /// <summary>Looks at a series.</summary>
    /// <param name="atUs">The times, us.</param>
    /// <param name="bytes">The usage, bytes; at least one.</param>
    /// <param name="target">The target, bytes.</param>
    /// <param name="whole">What percentage points are of, bytes.</param>
    public static Approach Of(ReadOnlySpan<ulong> atUs, ReadOnlySpan<double> bytes, double target, double whole)
    {
        int near = 0;
        while (near < bytes.Length && Math.Abs(bytes[near] - target) > NearTarget * target) near++;
        double side = bytes[0] <= target ? 1 : -1;
        double overshoot = 0;
        foreach (double value in bytes) overshoot = Math.Max(overshoot, side * (value - target));
        double[] times = new double[bytes.Length - near];
        for (int i = 0; i < times.Length; i++) times[i] = atUs[near + i];
        double period = times.Length < 2 ? double.PositiveInfinity : Statistics.PeriodOfSwings(times, bytes[near..]);
        return new Approach(
            near < bytes.Length ? atUs[near] : null,
            overshoot,
            Statistics.ShareWithin(bytes, target - (NearWhole * whole), target + (NearWhole * whole)),
            double.IsFinite(period) ? period : null);
    }
}
