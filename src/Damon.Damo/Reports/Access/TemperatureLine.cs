using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>
/// The one-line heatmap above a snapshot (records spec section 4): about 80 columns of the mean temperature, 0 for the coldest and 9 for
/// the hottest. A column is a share of the regions' bytes, but they are laid out by address, so gaps make the line longer. The
/// border of a column is the border before plus its size, in doubles: the rest that the additions leave makes an 81st column.
/// </summary>
internal static class TemperatureLine
{
    private const int Columns = 80;
    private const int ColumnsMax = 4096;

    /// <summary>The digits, and the line that explains them.</summary>
    internal static string Format(SnapshotMeasures measures, Func<RecordedRegion, bool> isShown, bool raw)
    {
        RecordedRegion[] regions = [.. measures.Snapshot.Regions.Where(region => region.Size > 0 && isShown(region))];
        if (regions.Length == 0) return "no region";
        double size = regions.Sum(region => (double)region.Size) / Columns;
        List<double> columns = Temperatures(measures, regions, size);
        double min = columns.Min(), max = columns.Max(), unit = (max - min) / 9;
        string digits = string.Concat(columns.Select(temperature => (char)('0' + Digit(temperature, min, unit))));
        return $"{digits}\n# min/max temperatures: {Nr(min, raw)}, {Nr(max, raw)}, column size: {ValuePrinter.Size(Number.Real(size), raw)}";
    }

    private static List<double> Temperatures(SnapshotMeasures measures, RecordedRegion[] regions, double size)
    {
        var columns = new List<double>();
        double start = regions[0].Start, last = regions[^1].End;
        int first = 0;
        while (start < last && columns.Count < ColumnsMax)
        {
            double end = start + size, temperature = 0;
            while (first < regions.Length && regions[first].End <= start) first++;
            for (int i = first; i < regions.Length && regions[i].Start < end; i++)
            {
                double overlap = Math.Min(regions[i].End, end) - Math.Max(regions[i].Start, start);
                if (overlap > 0) temperature += measures.Temperature(regions[i]) * overlap / (end - start);
            }

            columns.Add(temperature);
            if (end <= start) break;
            start = end;
        }

        return columns;
    }

    private static int Digit(double temperature, double min, double unit) => unit > 0 ? Math.Min((int)((temperature - min) / unit), 9) : 0;

    private static string Nr(double value, bool raw) => ValuePrinter.Nr(Number.Real(value), raw);
}
