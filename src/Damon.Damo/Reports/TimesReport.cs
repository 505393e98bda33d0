using Damon.Damo.Records;
using Damon.Damo.Reports.Access;
using Damon.Damo.Values;

namespace Damon.Damo.Reports;

/// <summary><c>report times</c>: when memory of an access pattern existed, in seconds (console spec section 22).</summary>
internal static class TimesReport
{
    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options = [new("inputs", 1, 2), new("input", 1), .. RegionSelection.Options];

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        var selection = new RegionSelection(arguments);
        IRecordSource source = input.Record(arguments.Words("inputs")?[0] ?? arguments.Word("input"));
        (long Start, long End)? open = null;
        foreach (RecordedSnapshot recorded in source.Snapshots())
        {
            AccessSnapshot snapshot = recorded.Snapshot;
            Document.Intervals intervals = source.Records[recorded.RecordIndex].Header.Intervals
                ?? throw new DamoException("some records lack the intervals information, which report times needs");
            var measures = new SnapshotMeasures(intervals, snapshot);
            if (!snapshot.Regions.Any(region => selection.Matches(measures, region))) continue;
            if (open is { } last && snapshot.StartNs <= last.End && snapshot.EndNs >= last.Start)
            {
                open = (Math.Min(last.Start, snapshot.StartNs), Math.Max(last.End, snapshot.EndNs));
                continue;
            }

            WriteRange(open, output);
            open = (snapshot.StartNs, snapshot.EndNs);
        }

        WriteRange(open, output);
        output.Write("# (seconds)\n");
    }

    private static void WriteRange((long Start, long End)? range, TextWriter output)
    {
        if (range is { } times) output.Write($"{Seconds(times.Start)}-{Seconds(times.End)}\n");
    }

    private static string Seconds(long ns) => FixedPoint.Format(ns / 1e9, 6);
}
