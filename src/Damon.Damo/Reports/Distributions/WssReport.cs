using System.Globalization;
using Damon.Damo.Records;

namespace Damon.Damo.Reports.Distributions;

/// <summary><c>report wss</c>: the working set size (console spec section 15).</summary>
internal static class WssReport
{
    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        foreach ((RecordSummary record, Distribution values) in SnapshotSeries.Measure(arguments, input, SnapshotSeries.WorkingSet))
        {
            string target = record.Header.Key.TargetId?.ToString(CultureInfo.InvariantCulture) ?? "None";
            values.WriteSizes($"# target_id\t{target}\n# <percentile> <wss>\n", output, arguments.Has("raw_number"));
        }
    }
}
