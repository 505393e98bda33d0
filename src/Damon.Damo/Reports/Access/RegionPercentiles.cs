using System.Globalization;
using System.Text;

namespace Damon.Damo.Reports.Access;

/// <summary>Percentiles of a measure of memory, each byte counted once (records spec section 4).</summary>
public static class RegionPercentiles
{
    private const int BarWidth = 20;
    private static readonly int[] _percentiles = [0, 1, 25, 50, 75, 99, 100];

    /// <summary>The value below or at which a share of the bytes lies.</summary>
    /// <param name="ordered">Values and their bytes, by value; not empty.</param>
    /// <param name="percentile">The share, 0 to 100.</param>
    public static double Value(IReadOnlyList<(double Value, double Bytes)> ordered, int percentile)
    {
        double total = ordered.Sum(item => item.Bytes), below = 0;
        foreach ((double value, double bytes) in ordered)
        {
            below += bytes;
            if (below * 100 >= total * percentile) return value;
        }

        return ordered[^1].Value;
    }

    /// <summary>The table's lines, each ended; values right-aligned, bars from the least to the greatest.</summary>
    internal static string Table(IEnumerable<(double Value, double Bytes)> values, Func<double, string> print)
    {
        (double Value, double Bytes)[] ordered = [.. values.Where(item => item.Bytes > 0).OrderBy(item => item.Value)];
        if (ordered.Length == 0) return "no memory\n";
        double[] marks = [.. _percentiles.Select(percentile => Value(ordered, percentile))];
        string[] texts = [.. marks.Select(print)];
        int width = texts.Max(text => text.Length);
        double min = marks[0], range = marks[^1] - min;
        var table = new StringBuilder();
        for (int i = 0; i < marks.Length; i++)
        {
            double stars = range > 0 ? (marks[i] - min) * BarWidth / range : 0;
            table.Append(CultureInfo.InvariantCulture, $"{_percentiles[i],3}  {texts[i].PadLeft(width)}  {Bars.Bar(stars, BarWidth)}\n");
        }

        return table.ToString();
    }
}
