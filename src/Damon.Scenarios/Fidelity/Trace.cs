using System.Collections.Immutable;

namespace Damon.Scenarios.Fidelity;

/// <summary>Named courses over time: what was read of a real kernel, or of a simulated host.</summary>
/// <param name="Seconds">The times of the readings, seconds since DAMON was turned on; ascending.</param>
/// <param name="Columns">By name: one number for each reading.</param>
public sealed record Trace(ImmutableArray<double> Seconds, ImmutableDictionary<string, ImmutableArray<double>> Columns)
{
    /// <summary>A column by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ReadOnlySpan<double> this[string column] => Columns[column].AsSpan();

    /// <summary>The readings from a time on.</summary>
    public Trace From(double second)
    {
        int first = 0;
        while (first < Seconds.Length && Seconds[first] < second) first++;
        return new Trace(
            Seconds[first..], Columns.ToImmutableDictionary(column => column.Key, column => column.Value[first..], Columns.KeyComparer));
    }

    /// <summary>
    /// The readings nearest to so many times before the end, so many seconds apart; as the published test took them.
    /// </summary>
    public Trace LastReadings(int count, double secondsApart)
    {
        int[] picked = [.. Enumerable.Range(0, count).Select(i => NearestTo(Seconds[^1] - ((count - 1 - i) * secondsApart)))];
        return new Trace(
            [.. picked.Select(i => Seconds[i])],
            Columns.ToImmutableDictionary(
                column => column.Key, column => picked.Select(i => column.Value[i]).ToImmutableArray(), Columns.KeyComparer));
    }

    private int NearestTo(double second)
    {
        int nearest = 0;
        for (int i = 1; i < Seconds.Length; i++)
        {
            if (Math.Abs(Seconds[i] - second) < Math.Abs(Seconds[nearest] - second)) nearest = i;
        }

        return nearest;
    }
}
