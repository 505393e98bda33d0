using System.Globalization;
using Damon.Damo.Records;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Heatmaps;

/// <summary><c>report heatmap</c>: one record's accesses over time and addresses (console spec sections 12 and 13).</summary>
internal static class HeatmapReport
{
    private const int DefaultRows = 40;
    private const int DefaultColumns = 80;
    private const int PixelsMax = 1 << 22;

    /// <summary>Its options.</summary>
    internal static readonly ReportOption[] Options =
    [
        new("input", 1), new("input_file", 1), new("output", 1), new("resol", 2), new("guide", 0), new("raw_number", 0), new("draw_range", 1),
        new("kdamond_idx", 1), new("context_idx", 1), new("scheme_idx", 1), new("tid", 1), new("time_range", 2), new("address_range", 2),
    ];

    internal static void Write(ReportArguments arguments, ReportInput input, TextWriter output)
    {
        var series = new RecordSeries(input.Record(arguments.Word("input") ?? arguments.Word("input_file")));
        bool raw = arguments.Has("raw_number");
        if (arguments.Has("guide"))
        {
            RecordInfoReport.Write(series, output, raw);
            return;
        }

        string form = arguments.Choice("output", "stdout", "stdout", "raw");
        int[] resolution = arguments.Integers("resol") ?? [DefaultRows, DefaultColumns];
        if (resolution.Any(count => count < 1) || (long)resolution[0] * resolution[1] > PixelsMax)
            throw new DamoException($"--resol: found {resolution[0]} {resolution[1]}, allowed is 1 or more each and at most {PixelsMax} pixels");
        (HeatmapGrid grid, HeatmapExtent extent) = Draw(series, Choose(series, arguments), arguments, resolution);
        if (form == "raw") WriteRaw(grid, output);
        else WriteDigits(grid, extent, output, raw);
    }

    /// <summary>Fills the grid of a record.</summary>
    internal static HeatmapGrid Fill(RecordSeries series, int index, int rows, int columns, HeatmapExtent extent)
    {
        var grid = new HeatmapGrid(rows, columns, extent.StartNs, extent.EndNs, extent.Space);
        Document.Intervals? intervals = series.Records[index].Header.Intervals;
        foreach (RecordedSnapshot recorded in series.Snapshots())
        {
            if (recorded.RecordIndex != index) continue;
            AccessSnapshot snapshot = recorded.Snapshot;
            if (intervals is null)
            {
                grid.Add(snapshot, region => region.Samples, snapshot.EndNs - snapshot.StartNs);
                continue;
            }

            var measures = new SnapshotMeasures(intervals, snapshot);
            grid.Add(snapshot, region => measures.Hertz(region), measures.Intervals.AggrUs * 1000);
        }

        return grid;
    }

    /// <summary>The digits of the grid's rows, each line ended.</summary>
    internal static void WriteRows(HeatmapGrid grid, TextWriter output)
    {
        double low = grid.Least, unit = (grid.Most + 1 - low) / 9;
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = 0; column < grid.Columns; column++) output.Write((char)('0' + Math.Min((int)((grid[row, column] - low) / unit), 9)));
            output.Write('\n');
        }
    }

    /// <summary>The lines below the digits that explain the axes.</summary>
    internal static void WriteAxes(HeatmapGrid grid, HeatmapExtent extent, TextWriter output, bool raw)
    {
        output.Write($"# x-axis: space {ReportPieces.Space(extent.Space.Start, extent.Space.End, raw)}\n");
        output.Write($"# y-axis: time {ReportPieces.Time(extent.StartNs, extent.EndNs, raw)}\n");
        string size = ValuePrinter.Size(Number.Real((extent.Space.End - extent.Space.Start) / (double)grid.Columns), raw);
        string time = ValuePrinter.Nanoseconds(grid.RowNs, raw);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"# resolution: {grid.Columns}x{grid.Rows} ({size} and {time} for each character)\n"));
    }

    private static int Choose(RecordSeries series, ReportArguments arguments)
    {
        int? kdamond = One("kdamond_idx"), context = One("context_idx"), scheme = One("scheme_idx"), target = One("tid");
        int best = -1;
        for (int i = 0; i < series.Records.Count; i++)
        {
            RecordSummary record = series.Records[i];
            RecordKey key = record.Header.Key;
            bool isWanted = (kdamond is null || key.KdamondIndex == kdamond) && (context is null || key.ContextIndex == context)
                && (scheme is null || key.SchemeIndex == scheme) && (target is null || key.TargetId == target);
            if (isWanted && record.Ranges.Count > 0 && (best < 0 || record.CoveredBytes > series.Records[best].CoveredBytes)) best = i;
        }

        return best >= 0 ? best : throw new DamoException("no record with memory to show; see report record_info for what there is");

        int? One(string name) => arguments.Integers(name)?[0];
    }

    private static (HeatmapGrid Grid, HeatmapExtent Extent) Draw(RecordSeries series, int index, ReportArguments arguments, int[] resolution)
    {
        RecordSummary record = series.Records[index];
        bool isHottest = arguments.Choice("draw_range", "hottest", "hottest", "all") == "hottest";
        CoveredRange space = isHottest ? Hottest(series, index) : new(record.Ranges[0].Start, record.Ranges[^1].End);
        if (arguments.Range("address_range", ValueReader.Bytes) is { } wanted) space = new(Bytes(wanted.Min), Bytes(wanted.Max));
        long start = record.StartNs, end = record.EndNs;
        if (arguments.Range("time_range", ValueReader.Nanoseconds) is { } times) (start, end) = ((long)times.Min, (long)times.Max);
        if (space.End <= space.Start || end <= start)
        {
            throw new DamoException($"there is nothing between {start} and {end} ns, {space.Start} and {space.End} bytes; "
                + "allowed is a start below the end");
        }

        var extent = new HeatmapExtent(start, end, space, record.Header.Intervals is null ? "samples" : "hz");
        return (Fill(series, index, resolution[0], resolution[1], extent), extent);

        static ulong Bytes(double value) => value is >= 0 and < ulong.MaxValue ? (ulong)value : throw new DamoException("--address_range: allowed is 0 to 2^64-1");
    }

    /// <summary>The contiguous range with the most accesses, so that the gaps of a process's address space do not hide it.</summary>
    private static CoveredRange Hottest(RecordSeries series, int index)
    {
        IReadOnlyList<CoveredRange> ranges = series.Records[index].Ranges;
        if (ranges.Count == 1) return ranges[0];
        double[] heat = new double[ranges.Count];
        foreach (RecordedSnapshot recorded in series.Snapshots())
        {
            if (recorded.RecordIndex != index) continue;
            int at = 0;
            foreach (RecordedRegion region in recorded.Snapshot.Regions)
            {
                while (at < ranges.Count - 1 && ranges[at].End <= region.Start) at++;
                heat[at] += (double)region.Size * region.Samples;
            }
        }

        return ranges[Array.IndexOf(heat, heat.Max())];
    }

    private static void WriteRaw(HeatmapGrid grid, TextWriter output)
    {
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = 0; column < grid.Columns; column++)
            {
                string heat = JsonTree.NumberText(Number.Real(grid[row, column]));
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{row * grid.RowNs}\t{(ulong)column * grid.ColumnBytes}\t{heat}\n"));
            }
        }
    }

    private static void WriteDigits(HeatmapGrid grid, HeatmapExtent extent, TextWriter output, bool raw)
    {
        WriteRows(grid, output);
        output.Write($"# access_frequency: 0123456789 ({FixedPoint.Format(grid.Least, 3)}-{FixedPoint.Format(grid.Most, 3)} {extent.Unit})\n");
        WriteAxes(grid, extent, output, raw);
    }
}

/// <summary>What a heatmap shows.</summary>
/// <param name="StartNs">Begin of the time, ns.</param>
/// <param name="EndNs">Its end, ns.</param>
/// <param name="Space">The addresses.</param>
/// <param name="Unit">Unit of the heat: hz, or samples when the intervals are unknown.</param>
internal sealed record HeatmapExtent(long StartNs, long EndNs, CoveredRange Space, string Unit);
