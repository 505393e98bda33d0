using Damon.Damo.Records;

namespace Damon.Damo.Reports.Distributions;

/// <summary>One number of each snapshot, in the order of time, for each record.</summary>
internal static class SnapshotSeries
{
    internal static readonly ReportOption[] Options = [new("input", 1), new("input_file", 1), new("exclude_samples", 1), new("sortby", 1), new("raw_number", 0)];

    /// <summary>Measures snapshots, leaving out the first ones, in which monitoring has not found the regions yet.</summary>
    internal static IEnumerable<(RecordSummary Record, Distribution Values)> Measure(
        ReportArguments arguments, ReportInput input, Func<AccessSnapshot, double> measure)
    {
        int excluded = arguments.Count("exclude_samples", RecordWriter.SnapshotsSkippedByReports);
        bool isBySize = arguments.Choice("sortby", "size", "size", "time") == "size";
        var series = new RecordSeries(input.Record(arguments.Word("input") ?? arguments.Word("input_file")));
        List<double>[] values = [.. series.Records.Select(_ => new List<double>())];
        foreach (RecordedSnapshot snapshot in series.Snapshots())
        {
            if (snapshot.Index >= excluded) values[snapshot.RecordIndex].Add(measure(snapshot.Snapshot));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Count == 0)
            {
                throw new DamoException($"record {i} has {series.Records[i].NrSnapshots} snapshots and the first {excluded} are skipped; "
                    + "allowed is --exclude_samples with a smaller number");
            }

            yield return (series.Records[i], new(values[i], isBySize));
        }
    }

    /// <summary>Bytes that an access was found in.</summary>
    internal static double WorkingSet(AccessSnapshot snapshot)
    {
        double bytes = 0;
        foreach (RecordedRegion region in snapshot.Regions) bytes += region.Samples >= 1 ? region.Size : 0;
        return bytes;
    }
}
