using System.Globalization;
using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Distributions;

/// <summary><c>report nr_regions</c>: the number of monitoring regions (console spec section 23).</summary>
internal static class RegionCountReport
{
    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        bool raw = arguments.Has("raw_number");
        output.Write("# <percentile> <# regions>\n");
        foreach ((RecordSummary record, Distribution values) in SnapshotSeries.Measure(arguments, input, snapshot => snapshot.Regions.Count))
        {
            output.Write($"# target_id\t{record.Header.Key.TargetId?.ToString(CultureInfo.InvariantCulture) ?? "None"}\n");
            output.Write($"# avr:\t{Nr(values.Average)}\n");
            foreach (int percentile in Distribution.Percentiles)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{percentile}\t{Nr(values.At(percentile))}\n"));
        }

        string Nr(double count) => ValuePrinter.Nr(Number.Real(count), raw);
    }
}
