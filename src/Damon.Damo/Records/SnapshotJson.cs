using System.Globalization;
using System.Text.Json;
using Damon.Damo.Document;
using Damon.Damo.Values;

namespace Damon.Damo.Records;

/// <summary>
/// Writes headers and snapshots as damo reads them (records spec section 3): samples and aggregation intervals given, percent and
/// usec null, times in ns, intervals in us (damo itself would read back its own sample_interval_us a thousand times too large).
/// </summary>
internal static class SnapshotJson
{
    internal static void Write(Utf8JsonWriter json, RecordHeader header)
    {
        WriteOrNull(json, "kdamond_idx", header.Key.KdamondIndex);
        WriteOrNull(json, "context_idx", header.Key.ContextIndex);
        WriteOrNull(json, "scheme_idx", header.Key.SchemeIndex);
        WriteOrNull(json, "target_id", header.Key.TargetId);
        json.WriteString("data_source", header.DataSource);
        if (header.Intervals is { } intervals) Write(json, intervals);
        json.WriteStartArray("scheme_filters");
        foreach (SchemeFilter filter in header.Filters) Write(json, filter);
        json.WriteEndArray();
    }

    internal static void Write(Utf8JsonWriter json, AccessSnapshot snapshot)
    {
        json.WriteStartObject();
        json.WriteNumber("start_time", snapshot.StartNs);
        json.WriteNumber("end_time", snapshot.EndNs);
        json.WriteNumber("total_bytes", snapshot.TotalBytes);
        if (snapshot.Statistics is { } statistics) Write(json, statistics);
        WriteOrNull(json, "sample_interval_us", snapshot.SampleIntervalUs);
        json.WriteStartArray("regions");
        for (int i = 0; i < snapshot.Regions.Count; i++) WriteRegion(json, snapshot, i);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, AccessSnapshot snapshot, int index)
    {
        RecordedRegion region = snapshot.Regions[index];
        json.WriteStartObject();
        json.WriteNumber("start", region.Start);
        json.WriteNumber("end", region.End);
        json.WriteStartObject("nr_accesses");
        json.WriteNumber("samples", region.Samples);
        json.WriteNull("percent");
        json.WriteEndObject();
        json.WriteStartObject("age");
        json.WriteNull("usec");
        json.WriteNumber("aggr_intervals", region.AgeIntervals);
        json.WriteEndObject();
        if (snapshot.NrProbes > 0)
        {
            json.WriteStartArray("probe_hits");
            for (int i = 0; i < snapshot.NrProbes; i++) json.WriteNumberValue(snapshot.ProbeHits[index * snapshot.NrProbes + i]);
            json.WriteEndArray();
        }

        json.WriteNumber("sz_filter_passed", region.PassedBytes);
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, DamosStatistics statistics)
    {
        json.WriteStartObject("damos_stats");
        json.WriteNumber("nr_tried", statistics.NrTried);
        json.WriteNumber("sz_tried", statistics.SizeTried);
        json.WriteNumber("nr_applied", statistics.NrApplied);
        json.WriteNumber("sz_applied", statistics.SizeApplied);
        json.WriteNumber("sz_ops_filter_passed", statistics.SizeOpsFilterPassed);
        json.WriteNumber("qt_exceeds", statistics.QuotaExceeds);
        json.WriteNumber("nr_snapshots", statistics.NrSnapshots);
        json.WriteNumber("max_nr_snapshots", statistics.MaxNrSnapshots);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Intervals intervals)
    {
        json.WriteStartObject("intervals");
        WriteNumber(json, "sample_us", intervals.SampleUs);
        WriteNumber(json, "aggr_us", intervals.AggrUs);
        WriteNumber(json, "ops_update_us", intervals.OpsUpdateUs);
        json.WriteStartObject("intervals_goal");
        WriteNumber(json, "access_bp", intervals.Goal.AccessBp);
        WriteNumber(json, "aggrs", intervals.Goal.Aggrs);
        WriteNumber(json, "min_sample_us", intervals.Goal.MinSampleUs);
        WriteNumber(json, "max_sample_us", intervals.Goal.MaxSampleUs);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SchemeFilter filter)
    {
        json.WriteStartObject();
        json.WriteString("filter_type", Keywords.FilterTypes.Word(filter.FilterType));
        json.WriteBoolean("matching", filter.Matching);
        json.WriteBoolean("allow", filter.Allow);
        json.WriteString("memcg_path", filter.MemcgPath);
        if (filter.AddressRange is { } range)
        {
            json.WriteStartObject("address_range");
            WriteNumber(json, "start", range.Start);
            WriteNumber(json, "end", range.End);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("address_range");
        }

        if (filter.TargetIndex is { } target) WriteNumber(json, "damon_target_idx", target);
        else json.WriteNull("damon_target_idx");
        if (filter.HugepageSize is { } sizes) WriteSizes(json, sizes);
        else json.WriteNull("hugepage_size");
        json.WriteEndObject();
    }

    private static void WriteSizes(Utf8JsonWriter json, AddressRange sizes)
    {
        json.WriteStartArray("hugepage_size");
        json.WriteRawValue(Digits(sizes.Start));
        json.WriteRawValue(Digits(sizes.End));
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, Number number)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Digits(number));
    }

    private static string Digits(Number number) => number.Truncate() is var whole && number == Number.Whole(whole)
        ? whole.ToString(CultureInfo.InvariantCulture)
        : number.ToString();

    private static void WriteOrNull(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
