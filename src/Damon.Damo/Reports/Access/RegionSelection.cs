using Damon.Damo.Records;
using Damon.Damo.Values;

namespace Damon.Damo.Reports.Access;

/// <summary>Which regions are shown, and in which order.</summary>
internal sealed class RegionSelection
{
    private static readonly string[] _orders = ["address", "access_rate", "age", "size", "temperature"];

    private readonly (double Min, double Max)? _size;
    private readonly (double Min, double Max)? _rate;
    private readonly (double Min, double Max)? _age;
    private readonly (double Min, double Max)? _address;
    private readonly string _order;
    private readonly bool _isDescending;

    internal RegionSelection(ReportArguments arguments, string style = AccessStyle.Detailed)
    {
        _size = arguments.Range("sz_region", ValueReader.Bytes);
        _rate = arguments.Range("access_rate", ValueReader.Percent);
        _age = arguments.Range("age", ValueReader.Microseconds);
        _address = arguments.Range("address", ValueReader.Bytes);
        bool isByTemperature = style is AccessStyle.Hot or AccessStyle.Cold;
        _order = arguments.Choice("sort_regions_by", isByTemperature ? "temperature" : "address", _orders);
        _isDescending = arguments.Has("sort_regions_dsc") || (style == AccessStyle.Hot && !arguments.Has("sort_regions_by"));
    }

    /// <summary>The options that select.</summary>
    internal static ReportOption[] Options { get; } =
        [new("sz_region", 2), new("access_rate", 2), new("age", 2), new("address", 2), new("sort_regions_by", 1), new("sort_regions_dsc", 0)];

    private bool IsEverything => _size is null && _rate is null && _age is null && _address is null;

    /// <summary>True when a region matches the wanted pattern.</summary>
    internal bool Matches(SnapshotMeasures measures, in RecordedRegion region) =>
        IsWithin(_size, region.Size)
        && IsWithin(_rate, measures.Percent(region))
        && IsWithin(_age, measures.AgeUs(region))
        && (_address is not { } range || (region.Start < range.Max && region.End > range.Min));

    /// <summary>The snapshot with only the matching regions.</summary>
    /// <exception cref="DamoException">Rates and ages are asked for, but the intervals are not known.</exception>
    internal AccessSnapshot Select(Document.Intervals? intervals, AccessSnapshot snapshot)
    {
        if (IsEverything) return snapshot;
        if (intervals is null) throw new DamoException("some records lack the intervals information, without which regions cannot be selected");
        var measures = new SnapshotMeasures(intervals, snapshot);
        int[] kept = [.. Enumerable.Range(0, snapshot.Regions.Count).Where(i => Matches(measures, snapshot.Regions[i]))];
        return new(snapshot.StartNs, snapshot.EndNs, kept.Select(i => snapshot.Regions[i]))
        {
            ProbeHits = Document.Sequence.ToSequence(kept.SelectMany(i => snapshot.ProbeHits.Skip(i * snapshot.NrProbes).Take(snapshot.NrProbes))),
            Statistics = snapshot.Statistics,
            SampleIntervalUs = snapshot.SampleIntervalUs,
        };
    }

    /// <summary>Indices of the regions in the order of showing.</summary>
    internal IEnumerable<int> Order(SnapshotMeasures measures)
    {
        IEnumerable<int> indices = Enumerable.Range(0, measures.Snapshot.Regions.Count);
        if (_order == "address" && !_isDescending) return indices;
        return _isDescending ? indices.OrderByDescending(Key) : indices.OrderBy(Key);

        double Key(int index)
        {
            RecordedRegion region = measures.Snapshot.Regions[index];
            return _order switch
            {
                "access_rate" => measures.Percent(region),
                "age" => measures.AgeUs(region),
                "size" => region.Size,
                "temperature" => measures.Temperature(region),
                _ => region.Start,
            };
        }
    }

    private static bool IsWithin((double Min, double Max)? range, double value) => range is not { } bounds || (value >= bounds.Min && value <= bounds.Max);
}
