namespace Damon.Scenarios.Results.Fleets;

/// <summary>How values are spread. All of them are values that were there, so that each can be found again.</summary>
/// <param name="Count">How many there are, at least 1.</param>
/// <param name="Least">The least.</param>
/// <param name="Median">The one that half of them do not exceed.</param>
/// <param name="P99">The one that 99 of 100 do not exceed.</param>
/// <param name="Greatest">The greatest.</param>
public readonly record struct Spread(int Count, double Least, double Median, double P99, double Greatest)
{
    /// <summary>The spread of some values; null: there are none.</summary>
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] ascending = [.. values.Order()];
        if (ascending.Length == 0) return null;
        return new Spread(ascending.Length, ascending[0], Percentile(ascending, 50), Percentile(ascending, 99), ascending[^1]);
    }

    /// <summary>The value that a share of all does not exceed (nearest rank).</summary>
    /// <param name="ascending">The values, ascending, at least one.</param>
    /// <param name="percent">The share, 0..100.</param>
    public static double Percentile(ReadOnlySpan<double> ascending, int percent) =>
        ascending[Math.Max(0, (((percent * ascending.Length) + 99) / 100) - 1)];
}
