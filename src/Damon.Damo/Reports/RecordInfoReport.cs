using System.Globalization;
using Damon.Damo.Records;

namespace Damon.Damo.Reports;

/// <summary><c>report record_info</c>, also <c>report heatmap --guide</c>: what a record covers (console spec section 14).</summary>
internal static class RecordInfoReport
{
    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options = [new("input", 1), new("input_file", 1), new("raw_number", 0)];

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        Write(new RecordSeries(input.Record(arguments.Word("input") ?? arguments.Word("input_file"))), output, arguments.Has("raw_number"));
    }

    internal static void Write(RecordSeries series, TextWriter output, bool raw)
    {
        foreach (RecordSummary record in series.Records)
        {
            output.Write($"target_id: {record.Header.Key.TargetId?.ToString(CultureInfo.InvariantCulture) ?? "None"}\n");
            output.Write($"time: {ReportPieces.Time(record.StartNs, record.EndNs, raw)}\n");
            for (int i = 0; i < record.Ranges.Count; i++)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"region\t{i,2}: {ReportPieces.Space(record.Ranges[i].Start, record.Ranges[i].End, raw)}\n"));
        }
    }
}
