using System.Text;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>How much memory has which value of a measure: ten steps of equal width from the least to the greatest.</summary>
public static class SizeHistogram
{
    private const int Steps = 10;
    private const int BarWidth = 20;

    /// <summary>Bytes in each step.</summary>
    /// <param name="values">Values and their bytes; not empty.</param>
    /// <param name="min">The least value: where the first step begins.</param>
    /// <param name="step">Width of a step: a tenth of the range and one more, so that the greatest value falls into the last.</param>
    public static double[] Count(IReadOnlyList<(double Value, double Bytes)> values, out double min, out double step)
    {
        min = values.Min(item => item.Value);
        step = Math.Truncate((values.Max(item => item.Value) - min) / Steps) + 1;
        double[] bytes = new double[Steps];
        foreach ((double value, double size) in values) bytes[Math.Min((int)((value - min) / step), Steps - 1)] += size;
        return bytes;
    }

    /// <summary>The histogram's lines, each ended.</summary>
    internal static string Table(IReadOnlyList<(double Value, double Bytes)> values, Func<double, string> print, bool raw)
    {
        if (values.Count == 0) return "no memory\n";
        double[] bytes = Count(values, out double min, out double step);
        string[] ranges = [.. Enumerable.Range(0, Steps).Select(i => $"[{print(min + step * i)}, {print(min + step * (i + 1))})")];
        string[] sizes = [.. bytes.Select(size => ValuePrinter.Size(Number.Real(size), raw))];
        int rangeWidth = ranges.Max(range => range.Length), sizeWidth = sizes.Max(size => size.Length);
        double most = bytes.Max();
        var table = new StringBuilder();
        for (int i = 0; i < Steps; i++)
        {
            double stars = most > 0 ? Math.Ceiling(bytes[i] * BarWidth / most) : 0;
            table.Append(ranges[i].PadRight(rangeWidth)).Append(' ').Append(sizes[i].PadRight(sizeWidth)).Append(' ').Append(Bars.Bar(stars, BarWidth)).Append('\n');
        }

        return table.ToString();
    }
}
