using System.Text.Json;
using Damon.Damo.Document;
using Damon.Damo.Values;

namespace Damon.Damo.Records;

/// <summary>Reads one snapshot object of a JSON record, with buffers that serve for all.</summary>
internal sealed class SnapshotReader
{
    /// <summary>Keeps one snapshot, the unit that must fit into memory, under about 100 MiB.</summary>
    internal const int RegionsMax = 1 << 20;

    private readonly List<RecordedRegion> _regions = [];
    private readonly List<long> _hits = [];
    private Intervals? _intervals;
    private bool _isResolving;

    /// <summary>Reads the object that the cursor stands on.</summary>
    /// <param name="cursor">At the snapshot's opening brace.</param>
    /// <param name="header">The record's header when already known: rates in percent and ages in us are resolved by it.</param>
    internal AccessSnapshot Read(ref JsonCursor cursor, RecordHeader? header)
    {
        cursor.Expect(JsonTokenType.StartObject, "snapshots", "a list of objects");
        _regions.Clear();
        _hits.Clear();
        (_intervals, _isResolving) = (header?.Intervals, header is not null);
        long? start = null, end = null, sampleUs = null;
        ulong? total = null;
        DamosStatistics? statistics = null;
        bool hasRegions = false;
        while (cursor.ReadKey())
        {
            if (cursor.IsKey("start_time"u8)) start = cursor.ReadInt64("start_time", ValueReader.Nanoseconds);
            else if (cursor.IsKey("end_time"u8)) end = cursor.ReadInt64("end_time", ValueReader.Nanoseconds);
            else if (cursor.IsKey("sample_interval_us"u8)) sampleUs = cursor.ReadInt64OrNull("sample_interval_us", ValueReader.Microseconds);
            else if (cursor.IsKey("total_bytes"u8)) total = cursor.ReadBytes("total_bytes");
            else if (cursor.IsKey("damos_stats"u8)) statistics = ReadStatistics(ref cursor);
            else if (cursor.IsKey("regions"u8)) hasRegions = ReadRegions(ref cursor);
            else cursor.Skip();
        }

        if (start is null || end is null || !hasRegions)
            throw new DamoException("a snapshot lacks one of start_time, end_time and regions; all three are needed");
        if (sampleUs < 0) throw new DamoException($"sample_interval_us is {sampleUs}; allowed is 0 or more, or null");
        var snapshot = new AccessSnapshot(start.Value, end.Value, _regions)
        {
            ProbeHits = _hits.ToSequence(),
            Statistics = statistics,
            SampleIntervalUs = sampleUs,
        };
        return total is { } bytes ? snapshot with { TotalBytes = bytes } : snapshot;
    }

    private bool ReadRegions(ref JsonCursor cursor)
    {
        cursor.Read();
        cursor.Expect(JsonTokenType.StartArray, "regions", "a list");
        int nrProbes = -1;
        for (cursor.Read(); cursor.Token != JsonTokenType.EndArray; cursor.Read())
        {
            if (_regions.Count == RegionsMax) throw new DamoException($"a snapshot has more than {RegionsMax} regions");
            int before = _hits.Count;
            _regions.Add(ReadRegion(ref cursor));
            int count = _hits.Count - before;
            if (nrProbes >= 0 && count != nrProbes) throw new DamoException("the regions of a snapshot have different numbers of probe_hits");
            nrProbes = count;
        }

        return true;
    }

    private RecordedRegion ReadRegion(ref JsonCursor cursor)
    {
        cursor.Expect(JsonTokenType.StartObject, "regions", "a list of objects");
        ulong? start = null, end = null;
        ulong passed = 0;
        long? samples = null, age = null;
        while (cursor.ReadKey())
        {
            if (cursor.IsKey("start"u8)) start = cursor.ReadBytes("start");
            else if (cursor.IsKey("end"u8)) end = cursor.ReadBytes("end");
            else if (cursor.IsKey("nr_accesses"u8)) samples = ReadAccesses(ref cursor);
            else if (cursor.IsKey("age"u8)) age = ReadAge(ref cursor);
            else if (cursor.IsKey("sz_filter_passed"u8)) passed = cursor.ReadBytes("sz_filter_passed");
            else if (cursor.IsKey("probe_hits"u8)) ReadHits(ref cursor);
            else cursor.Skip();
        }

        if (start is null || end is null || samples is null || age is null)
            throw new DamoException("a region lacks one of start, end, nr_accesses and age; all four are needed");
        return new(start.Value, end.Value, samples.Value, age.Value, passed);
    }

    /// <summary>Samples, or those that a percentage stands for (records spec section 4).</summary>
    private long? ReadAccesses(ref JsonCursor cursor)
    {
        if (!cursor.ReadObjectOrNull("nr_accesses")) return null;
        long? samples = null, percent = null;
        while (cursor.ReadKey())
        {
            if (cursor.IsKey("samples"u8)) samples = cursor.ReadInt64OrNull("samples", text => Counted(text, "samples"));
            else if (cursor.IsKey("percent"u8)) percent = cursor.ReadInt64OrNull("percent", ValueReader.Percent);
            else cursor.Skip();
        }

        if (samples is not null || percent is null) return samples;
        if (!_isResolving) return 0;
        return (long)(percent.Value * DerivedIntervals.Of(Known("nr_accesses in percent")).SamplesMax / 100);
    }

    /// <summary>Aggregation intervals, or those that a time stands for.</summary>
    private long? ReadAge(ref JsonCursor cursor)
    {
        if (!cursor.ReadObjectOrNull("age")) return null;
        long? us = null, intervals = null;
        while (cursor.ReadKey())
        {
            if (cursor.IsKey("usec"u8)) us = cursor.ReadInt64OrNull("usec", ValueReader.Microseconds);
            else if (cursor.IsKey("aggr_intervals"u8)) intervals = cursor.ReadInt64OrNull("aggr_intervals", text => Counted(text, "aggr_intervals"));
            else cursor.Skip();
        }

        if (intervals is not null || us is null) return intervals;
        if (!_isResolving) return 0;
        return (long)(us.Value / DerivedIntervals.Of(Known("age in usec")).AggrUs);
    }

    private Intervals Known(string what) => _intervals ?? throw new DamoException($"a region gives its {what} only, but the record lacks the intervals to count it by");

    private void ReadHits(ref JsonCursor cursor)
    {
        cursor.Read();
        if (cursor.Token == JsonTokenType.Null) return;
        cursor.Expect(JsonTokenType.StartArray, "probe_hits", "a list");
        cursor.ReadNumbers(_hits, "probe_hits", RegionsMax * 4);
    }

    private static DamosStatistics? ReadStatistics(ref JsonCursor cursor)
    {
        if (!cursor.ReadObjectOrNull("damos_stats")) return null;
        DamosStatistics statistics = DamosStatistics.None;
        while (cursor.ReadKey())
        {
            if (cursor.IsKey("nr_tried"u8)) statistics = statistics with { NrTried = cursor.ReadBytes("nr_tried") };
            else if (cursor.IsKey("sz_tried"u8)) statistics = statistics with { SizeTried = cursor.ReadBytes("sz_tried") };
            else if (cursor.IsKey("nr_applied"u8)) statistics = statistics with { NrApplied = cursor.ReadBytes("nr_applied") };
            else if (cursor.IsKey("sz_applied"u8)) statistics = statistics with { SizeApplied = cursor.ReadBytes("sz_applied") };
            else if (cursor.IsKey("sz_ops_filter_passed"u8)) statistics = statistics with { SizeOpsFilterPassed = cursor.ReadBytes("sz_ops_filter_passed") };
            else if (cursor.IsKey("qt_exceeds"u8)) statistics = statistics with { QuotaExceeds = cursor.ReadBytes("qt_exceeds") };
            else if (cursor.IsKey("nr_snapshots"u8)) statistics = statistics with { NrSnapshots = cursor.ReadBytes("nr_snapshots") };
            else if (cursor.IsKey("max_nr_snapshots"u8)) statistics = statistics with { MaxNrSnapshots = cursor.ReadBytes("max_nr_snapshots") };
            else cursor.Skip();
        }

        return statistics;
    }

    /// <summary>A count that may carry its unit: 3 samples.</summary>
    private static Number Counted(string text, string unit) =>
        ValueReader.Nr(text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length].TrimEnd() : text);
}
