using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>A snapshot on its way to the reader.</summary>
internal sealed record SnapshotView(RecordSummary Record, SnapshotMeasures Measures)
{
    internal AccessSnapshot Snapshot => Measures.Snapshot;
}

/// <summary>A region on its way to the reader.</summary>
internal readonly record struct RegionView(SnapshotMeasures Measures, int Index, AccessBox Box)
{
    internal RecordedRegion Region => Measures.Snapshot.Regions[Index];
}

/// <summary>The keywords of the templates and what they stand for.</summary>
internal sealed class AccessKeywords
{
    private readonly bool _raw;

    internal AccessKeywords(bool raw)
    {
        _raw = raw;
        Record = new(StringComparer.Ordinal)
        {
            ["kdamond index"] = record => Index(record.Header.Key.KdamondIndex),
            ["context index"] = record => Index(record.Header.Key.ContextIndex),
            ["scheme index"] = record => Index(record.Header.Key.SchemeIndex),
            ["target id"] = record => Index(record.Header.Key.TargetId),
            ["recorded time"] = record => Ns(record.EndNs - record.StartNs),
            ["absolute start time"] = record => Ns(record.StartNs),
            ["sample interval"] = record => ValuePrinter.Microseconds(record.Header.Intervals!.SampleUs, raw),
            ["aggregation interval"] = record => ValuePrinter.Microseconds(record.Header.Intervals!.AggrUs, raw),
            ["data source"] = record => record.Header.DataSource,
        };
        Snapshot = new(StringComparer.Ordinal)
        {
            ["start time"] = view => Ns(view.Snapshot.StartNs - view.Record.StartNs),
            ["end time"] = view => Ns(view.Snapshot.EndNs - view.Record.StartNs),
            ["duration"] = view => Ns(view.Snapshot.EndNs - view.Snapshot.StartNs),
            ["heatmap"] = view => TemperatureLine.Format(view.Measures, _ => true, raw),
            ["df-passed heatmap"] = view => TemperatureLine.Format(view.Measures, region => region.PassedBytes > 0, raw),
            ["sample interval"] = view => Us(view.Measures.Intervals.SampleUs),
            ["aggregation interval"] = view => Us(view.Measures.Intervals.AggrUs),
            ["max access hz"] = view => Hertz(1_000_000 / view.Measures.Intervals.SampleUs).Replace(" hz", "", StringComparison.Ordinal),
            ["damos filters"] = view => string.Join(", ", view.Record.Header.Filters.Select(filter => ReportPieces.Filter(filter, raw))),
            ["memory bw"] = view => Size(view.Measures.BytesPerSecond) + " per second",
            ["df-passed memory bw"] = view => Size(view.Measures.PassedBytesPerSecond) + " per second",
            ["total size"] = view => Size(view.Measures.TotalBytes),
            ["df-passed size"] = view => Size(view.Measures.PassedBytes),
            ["number of regions"] = view => Nr(view.Snapshot.Regions.Count),
            ["positive access samples ratio"] = view => Percent(view.Measures.PositiveSamplesPercent),
            ["intervals tuning status"] = view => TuningStatus(view.Measures),
            ["damos stats"] = view => string.Join('\n', ReportPieces.Sentences(view.Snapshot.Statistics ?? DamosStatistics.None, raw)),
        };
        Region = new(StringComparer.Ordinal)
        {
            ["index"] = view => view.Index.ToString(CultureInfo.InvariantCulture).PadRight(3),
            ["start address"] = view => ReportPieces.Size(view.Region.Start, raw).PadRight(12),
            ["end address"] = view => ReportPieces.Size(view.Region.End, raw).PadRight(11),
            ["size"] = view => ReportPieces.Size(view.Region.Size, raw).PadRight(11),
            ["access rate"] = view => Percent(view.Measures.Percent(view.Region)).PadRight(5),
            ["access hz"] = view => Hertz(view.Measures.Hertz(view.Region)).PadRight(6),
            ["age"] = view => Us(view.Measures.AgeUs(view.Region)).PadRight(13),
            ["idle time"] = view => Us(view.Measures.IdleUs(view.Region)),
            ["temperature"] = view => Nr(view.Measures.Temperature(view.Region)),
            ["filters passed bytes"] = view => ReportPieces.Size(view.Region.PassedBytes, raw),
            ["probe hits"] = view => string.Join(' ', Hits(view.Measures.Snapshot, view.Index)),
            ["samples"] = view => Nr(view.Region.Samples),
            ["box"] = view => view.Box.Draw(view.Region),
        };
    }

    /// <summary>Keywords of record_head and record_tail.</summary>
    internal Dictionary<string, Func<RecordSummary, string>> Record { get; }

    /// <summary>Keywords of snapshot_head and snapshot_tail.</summary>
    internal Dictionary<string, Func<SnapshotView, string>> Snapshot { get; }

    /// <summary>Keywords of region.</summary>
    internal Dictionary<string, Func<RegionView, string>> Region { get; }

    internal string Us(double us) => ValuePrinter.Microseconds(Number.Real(us), _raw);

    internal string Nr(double value) => ValuePrinter.Nr(Number.Real(value), _raw);

    private static IEnumerable<string> Hits(AccessSnapshot snapshot, int index) =>
        Enumerable.Range(index * snapshot.NrProbes, snapshot.NrProbes).Select(i => snapshot.ProbeHits[i].ToString(CultureInfo.InvariantCulture));

    private string TuningStatus(SnapshotMeasures measures)
    {
        double seen = measures.SampledBytes, most = measures.SampledBytesMax;
        return $"{Percent(most > 0 ? seen * 100 / most : 0)} ({Size(seen)} / {Size(most)}) {Us(measures.Intervals.SampleUs)} {Us(measures.Intervals.AggrUs)}";
    }

    private static string Index(long? index) => index?.ToString(CultureInfo.InvariantCulture) ?? "None";

    private string Ns(long ns) => ValuePrinter.Nanoseconds(ns, _raw);

    private string Size(double bytes) => ValuePrinter.Size(Number.Real(bytes), _raw);

    private string Percent(double percent) => ValuePrinter.Percent(Number.Real(percent), _raw);

    private string Hertz(double hz) => ValuePrinter.Hertz(Number.Real(hz), _raw);
}
