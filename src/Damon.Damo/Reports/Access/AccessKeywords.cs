using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>The keywords of the templates and what they stand for.</summary>
internal sealed class AccessKeywords(bool raw)
{
    /// <summary>Keywords of record_head and record_tail.</summary>
    internal Dictionary<string, Func<string>> Record(RecordSummary record) => new(StringComparer.Ordinal)
    {
        ["kdamond index"] = () => Index(record.Header.Key.KdamondIndex),
        ["context index"] = () => Index(record.Header.Key.ContextIndex),
        ["scheme index"] = () => Index(record.Header.Key.SchemeIndex),
        ["target id"] = () => Index(record.Header.Key.TargetId),
        ["recorded time"] = () => Ns(record.EndNs - record.StartNs),
        ["absolute start time"] = () => Ns(record.StartNs),
        ["sample interval"] = () => ValuePrinter.Microseconds(record.Header.Intervals!.SampleUs, raw),
        ["aggregation interval"] = () => ValuePrinter.Microseconds(record.Header.Intervals!.AggrUs, raw),
        ["data source"] = () => record.Header.DataSource,
    };

    /// <summary>Keywords of snapshot_head and snapshot_tail.</summary>
    internal Dictionary<string, Func<string>> Snapshot(RecordSummary record, SnapshotMeasures measures)
    {
        AccessSnapshot snapshot = measures.Snapshot;
        DerivedIntervals intervals = measures.Intervals;
        return new(StringComparer.Ordinal)
        {
            ["start time"] = () => Ns(snapshot.StartNs - record.StartNs),
            ["end time"] = () => Ns(snapshot.EndNs - record.StartNs),
            ["duration"] = () => Ns(snapshot.EndNs - snapshot.StartNs),
            ["heatmap"] = () => TemperatureLine.Format(measures, _ => true, raw),
            ["df-passed heatmap"] = () => TemperatureLine.Format(measures, region => region.PassedBytes > 0, raw),
            ["sample interval"] = () => Us(intervals.SampleUs),
            ["aggregation interval"] = () => Us(intervals.AggrUs),
            ["max access hz"] = () => Hertz(1_000_000 / intervals.SampleUs).Replace(" hz", "", StringComparison.Ordinal),
            ["damos filters"] = () => string.Join(", ", record.Header.Filters.Select(filter => ReportPieces.Filter(filter, raw))),
            ["memory bw"] = () => Size(measures.BytesPerSecond) + " per second",
            ["df-passed memory bw"] = () => Size(measures.PassedBytesPerSecond) + " per second",
            ["total size"] = () => Size(measures.TotalBytes),
            ["df-passed size"] = () => Size(measures.PassedBytes),
            ["number of regions"] = () => Nr(snapshot.Regions.Count),
            ["positive access samples ratio"] = () => Percent(measures.PositiveSamplesPercent),
            ["intervals tuning status"] = () => TuningStatus(measures),
            ["damos stats"] = () => string.Join('\n', ReportPieces.Sentences(snapshot.Statistics ?? DamosStatistics.None, raw)),
        };
    }

    /// <summary>Keywords of region.</summary>
    internal Dictionary<string, Func<string>> Region(SnapshotMeasures measures, int index, AccessBox box)
    {
        RecordedRegion region = measures.Snapshot.Regions[index];
        return new(StringComparer.Ordinal)
        {
            ["index"] = () => index.ToString(CultureInfo.InvariantCulture).PadRight(3),
            ["start address"] = () => ReportPieces.Size(region.Start, raw).PadRight(12),
            ["end address"] = () => ReportPieces.Size(region.End, raw).PadRight(11),
            ["size"] = () => ReportPieces.Size(region.Size, raw).PadRight(11),
            ["access rate"] = () => Percent(measures.Percent(region)).PadRight(5),
            ["access hz"] = () => Hertz(measures.Hertz(region)).PadRight(6),
            ["age"] = () => Us(measures.AgeUs(region)).PadRight(13),
            ["idle time"] = () => Us(measures.IdleUs(region)),
            ["temperature"] = () => Nr(measures.Temperature(region)),
            ["filters passed bytes"] = () => ReportPieces.Size(region.PassedBytes, raw),
            ["probe hits"] = () => string.Join(' ', Hits(measures.Snapshot, index)),
            ["samples"] = () => Nr(region.Samples),
            ["box"] = () => box.Draw(region),
        };
    }

    internal string Us(double us) => ValuePrinter.Microseconds(Number.Real(us), raw);

    internal string Nr(double value) => ValuePrinter.Nr(Number.Real(value), raw);

    private static IEnumerable<string> Hits(AccessSnapshot snapshot, int index) =>
        snapshot.ProbeHits.Skip(index * snapshot.NrProbes).Take(snapshot.NrProbes).Select(hits => hits.ToString(CultureInfo.InvariantCulture));

    private string TuningStatus(SnapshotMeasures measures)
    {
        double seen = measures.SampledBytes, most = measures.SampledBytesMax;
        return $"{Percent(most > 0 ? seen * 100 / most : 0)} ({Size(seen)} / {Size(most)}) {Us(measures.Intervals.SampleUs)} {Us(measures.Intervals.AggrUs)}";
    }

    private static string Index(long? index) => index?.ToString(CultureInfo.InvariantCulture) ?? "None";

    private string Ns(long ns) => ValuePrinter.Nanoseconds(ns, raw);

    private string Size(double bytes) => ValuePrinter.Size(Number.Real(bytes), raw);

    private string Percent(double percent) => ValuePrinter.Percent(Number.Real(percent), raw);

    private string Hertz(double hz) => ValuePrinter.Hertz(Number.Real(hz), raw);
}
