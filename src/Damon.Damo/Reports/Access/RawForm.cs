using System.Globalization;
using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>The old raw form of a record (console spec section 10): samples and aggregation intervals as they are.</summary>
internal static class RawForm
{
    private const int ValueEndColumn = 37;

    internal static void WriteHead(RecordSummary record, TextWriter output, bool raw)
    {
        output.Write($"base_time_absolute: {ValuePrinter.Nanoseconds(record.StartNs, raw)}\n");
        output.Write($"data source: {record.Header.DataSource}\n\n");
    }

    internal static void Write(RecordSummary record, AccessSnapshot snapshot, TextWriter output, bool raw)
    {
        WriteTime("monitoring_start:", snapshot.StartNs - record.StartNs);
        WriteTime("monitoring_end:", snapshot.EndNs - record.StartNs);
        WriteTime("monitoring_duration:", snapshot.EndNs - snapshot.StartNs);
        output.Write($"target_id: {record.Header.Key.TargetId?.ToString(CultureInfo.InvariantCulture) ?? "None"}\n");
        output.Write(string.Create(CultureInfo.InvariantCulture, $"nr_regions: {snapshot.Regions.Count}\n"));
        output.Write("# start_addr     end_addr        length  nr_accesses   age\n");
        foreach (RecordedRegion region in snapshot.Regions)
        {
            string size = ReportPieces.Size(region.Size, raw);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{region.Start:x12}-{region.End:x12} ({size,12}) {region.Samples,11} {region.AgeIntervals,5}\n"));
        }

        output.Write("\n");

        void WriteTime(string label, long ns) => output.Write($"{label}{ValuePrinter.Nanoseconds(ns, raw).PadLeft(ValueEndColumn - label.Length)}\n");
    }
}
