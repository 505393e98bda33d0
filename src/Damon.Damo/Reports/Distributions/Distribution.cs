using System.Globalization;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Distributions;

/// <summary>A series of values over time, shown at shares of its length: in the order of size, or of time.</summary>
public sealed class Distribution
{
    private const int BarWidth = 59;

    /// <summary>The shares in percent that are shown.</summary>
    internal static readonly int[] Percentiles = [0, 25, 50, 75, 100];

    private readonly double[] _values;

    /// <summary>Takes values.</summary>
    /// <param name="values">One or more values in the order of time.</param>
    /// <param name="isBySize">True to show them in the order of size instead.</param>
    public Distribution(IEnumerable<double> values, bool isBySize)
    {
        _values = [.. values];
        if (isBySize) Array.Sort(_values);
    }

    /// <summary>Mean of all values.</summary>
    public double Average => _values.Sum() / _values.Length;

    /// <summary>The value at a share of the series.</summary>
    /// <param name="percentile">The share, 0 to 100.</param>
    public double At(int percentile) => _values[Math.Min((int)((long)_values.Length * percentile / 100), _values.Length - 1)];

    /// <summary>A table of sizes with bars.</summary>
    internal void WriteSizes(string head, TextWriter output, bool raw)
    {
        output.Write($"{head}# avr:\t{Size(Average, raw)}\n");
        double unit = Percentiles.Max(At) / BarWidth;
        foreach (int percentile in Percentiles)
        {
            double value = At(percentile);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{percentile,3} {Size(value, raw),15} {Bars.Bar(unit > 0 ? value / unit : 0, BarWidth)}\n"));
        }
    }

    internal static string Size(double bytes, bool raw) => ValuePrinter.Size(Number.Real(bytes), raw);
}
