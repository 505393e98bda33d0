using System.Globalization;
using Damon.Damo.Records;
using Damon.Damo.Reports.Distributions;
using Damon.Damo.Reports.Heatmaps;

namespace Damon.Damo.Reports;

/// <summary><c>report holistic</c>: a small heatmap of each target, and the distribution of its memory (console spec section 17).</summary>
internal static class HolisticReport
{
    private const int Rows = 5;
    private const int Columns = 80;
    private const int LabelWidth = 10;
    private const int ValueWidth = 16;

    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options = [new("access_pattern", 1), new("footprints", 1), new("raw_number", 0)];

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        string? path = arguments.Word("access_pattern");
        bool raw = arguments.Has("raw_number");
        var series = new RecordSeries(input.Record(path));
        IReadOnlyList<MemoryFootprint> footprints = FootprintReport.Read(input, arguments.Word("footprints") ?? (path ?? ReportInput.DefaultRecord) + FootprintFile.Suffix);
        output.Write("# Heatmap\n");
        for (int i = 0; i < series.Records.Count; i++) WriteHeatmap(series, i, output, raw);
        output.Write("\n# Memory Footprints Distribution\n");
        output.Write("percentile".PadRight(LabelWidth) + string.Concat(
            Distribution.Percentiles.Select(percentile => percentile.ToString(CultureInfo.InvariantCulture).PadLeft(ValueWidth))) + "\n");
        WriteRow("wss", new(WorkingSets(series), isBySize: true), output, raw);
        foreach (string name in new[] { "rss", "vsz", "sys_used" })
            WriteRow(name, new(footprints.Select(Array.Find(FootprintReport.Measures, measure => measure.Name == name).Measure), isBySize: true), output, raw);
    }

    private static void WriteHeatmap(RecordSeries series, int index, TextWriter output, bool raw)
    {
        RecordSummary record = series.Records[index];
        foreach (CoveredRange space in record.Ranges)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"# target {record.Header.Key.TargetId ?? 0}, address range {space.Start}-{space.End}\n"));
            var extent = new HeatmapExtent(record.StartNs, record.EndNs, space, "hz");
            HeatmapGrid grid = HeatmapReport.Fill(series, index, Rows, Columns, extent);
            HeatmapReport.WriteRows(grid, output);
            HeatmapReport.WriteAxes(grid, extent, output, raw);
        }
    }

    /// <summary>Working sets behind the snapshots that monitoring needs to settle, or of all when the record is shorter.</summary>
    private static List<double> WorkingSets(RecordSeries series)
    {
        List<double> values = [];
        foreach (RecordedSnapshot snapshot in series.Snapshots())
        {
            bool isShort = series.Records[snapshot.RecordIndex].NrSnapshots <= RecordWriter.SnapshotsSkippedByReports;
            if (isShort || snapshot.Index >= RecordWriter.SnapshotsSkippedByReports) values.Add(SnapshotSeries.WorkingSet(snapshot.Snapshot));
        }

        return values.Count > 0 ? values : throw new DamoException("the record has no snapshot; allowed is one or more");
    }

    private static void WriteRow(string name, Distribution values, TextWriter output, bool raw) => output.Write(name.PadLeft(LabelWidth)
        + string.Concat(Distribution.Percentiles.Select(percentile => Distribution.Size(values.At(percentile), raw).PadLeft(ValueWidth))) + "\n");
}
