using Damon.Damo.Records;

namespace Damon.Damo.Reports.Access;

/// <summary>The styles of <c>report access</c> (console spec sections 1 to 9).</summary>
internal static class AccessStyle
{
    internal const string Detailed = "detailed";
    internal const string SimpleBoxes = "simple-boxes";
    internal const string Hot = "hot";
    internal const string Cold = "cold";
    internal const string RecencyPercentiles = "recency-percentiles";
    internal const string RecencySizes = "recency-sz-hist";
    internal const string TemperaturePercentiles = "temperature-percentiles";
    internal const string TemperatureSizes = "temperature-sz-hist";

    private const string FiltersLine = "# damos filters (df): <damos filters>";
    private const string TimeLine = "snapshot time: [<start time>, <end time>] (<duration>)";

    private static readonly (string Other, string Style)[] _synonyms = [("idle-time-percentiles", RecencyPercentiles), ("cold-memory-tail", RecencySizes)];

    /// <summary>All names that --style takes.</summary>
    internal static string[] Names { get; } =
    [
        Detailed, SimpleBoxes, Hot, Cold, RecencyPercentiles, RecencySizes, TemperaturePercentiles, TemperatureSizes,
        .. _synonyms.Select(synonym => synonym.Other),
    ];

    /// <summary>The style that a name stands for.</summary>
    internal static string Resolve(string name) => Array.Find(_synonyms, synonym => synonym.Other == name).Style ?? name;

    /// <summary>The templates of a style for a record.</summary>
    /// <param name="style">The style.</param>
    /// <param name="record">The record.</param>
    /// <param name="nrRecords">Records that are shown: several get a head each.</param>
    /// <param name="hasProbes">True when regions have probe hits.</param>
    /// <param name="showsStatistics">True for the tried regions of a running scheme.</param>
    internal static AccessFormat Templates(string style, RecordSummary record, int nrRecords, bool hasProbes, bool showsStatistics)
    {
        bool hasFilters = record.Header.Filters.Count > 0;
        string time = record.NrSnapshots > 1 ? TimeLine + "\n" : "";
        string head = style switch
        {
            Detailed => $"{time}heatmap: <heatmap>\nintervals: sample <sample interval> aggr <aggregation interval> (max access hz <max access hz>)"
                + (hasFilters ? $"\n{FiltersLine}\ndf-pass: <df-passed heatmap>" : ""),
            SimpleBoxes or Hot or Cold => TimeLine,
            _ => time.TrimEnd('\n') + (hasFilters ? (time.Length > 0 ? "\n" : "") + FiltersLine : ""),
        };
        string region = style switch
        {
            Detailed when hasProbes => "<index> <start address> <size>  <access hz> <age> <probe hits>" + (hasFilters ? " df-passed <filters passed bytes>" : ""),
            Detailed => "<index> addr <start address> size <size> access <access hz> age <age>" + (hasFilters ? " df-passed <filters passed bytes>" : ""),
            SimpleBoxes or Hot or Cold => "<box> size <size> access <access hz> age <age>",
            _ => "",
        };
        string tail = hasFilters
            ? "memory bw estimate: <memory bw>  df-passed: <df-passed memory bw>\ntotal size: <total size>  df-passed <df-passed size>"
            : "memory bw estimate: <memory bw>\ntotal size: <total size>";
        return new(
            nrRecords > 1
                ? "kdamond <kdamond index> / context <context index> / scheme <scheme index> / target id <target id> / "
                    + "recorded for <recorded time> from <absolute start time>"
                : "",
            head,
            region,
            showsStatistics ? tail + "\nscheme stats\n<damos stats>" : tail,
            "record DAMON intervals: sample <sample interval>, aggr <aggregation interval>");
    }

    /// <summary>The tables that a style shows in place of regions, or nothing.</summary>
    internal static string Tables(string style, RecordHeader header, SnapshotMeasures measures, bool raw)
    {
        var keywords = new AccessKeywords(raw);
        (string name, string unit, Func<RecordedRegion, double> measure, Func<double, string> print) = style is RecencyPercentiles or RecencySizes
            ? ("recency", "idle time", (Func<RecordedRegion, double>)(region => measures.IdleUs(region)), (Func<double, string>)keywords.Us)
            : ("temperature", "temperature", region => measures.Temperature(region), keywords.Nr);
        bool hasFilters = header.Filters.Count > 0;
        (double Value, double Bytes)[] all = Values(region => region.Size), passed = Values(region => region.PassedBytes);
        switch (style)
        {
            case RecencyPercentiles or TemperaturePercentiles:
                string column = style == RecencyPercentiles ? $"<{unit}>" : $"<{unit} (weights: [0, 100, 100])>";
                string total = $"# total {name} percentiles\n<percentile> {column}\n{RegionPercentiles.Table(all, print)}";
                return hasFilters ? $"# df-passed {name} percentiles\n<df-passed percentile> {column}\n{RegionPercentiles.Table(passed, print)}\n{total}" : total;
            case RecencySizes or TemperatureSizes:
                string title = style == RecencySizes ? $"<{unit} (us)>" : $"<{unit}>";
                string sizes = $"{title} <total size>\n{SizeHistogram.Table(all, print, raw)}";
                return hasFilters ? $"{title} <df-passed size>\n{SizeHistogram.Table(passed, print, raw)}\n{sizes}" : sizes;
            default:
                return "";
        }

        (double Value, double Bytes)[] Values(Func<RecordedRegion, double> bytes) =>
            [.. measures.Snapshot.Regions.Where(region => bytes(region) > 0).Select(region => (measure(region), bytes(region)))];
    }
}
