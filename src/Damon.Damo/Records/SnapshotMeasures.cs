using Damon.Damo.Document;

namespace Damon.Damo.Records;

/// <summary>
/// The numbers that damo derives from a snapshot, with its order of double operations (records spec section 4).
/// </summary>
public sealed class SnapshotMeasures
{
    private const double PercentWeight = 100;
    private const double AgeWeight = 100;

    /// <summary>Measures a snapshot.</summary>
    /// <param name="intervals">Intervals of its record.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <exception cref="DamoException">The intervals are not positive.</exception>
    public SnapshotMeasures(Intervals intervals, AccessSnapshot snapshot)
    {
        Snapshot = snapshot;
        Intervals = DerivedIntervals.Of(intervals, snapshot);
    }

    /// <summary>The snapshot.</summary>
    public AccessSnapshot Snapshot { get; }

    /// <summary>The intervals that count for this snapshot.</summary>
    public DerivedIntervals Intervals { get; }

    /// <summary>Access rate in percent of the samples, truncated.</summary>
    /// <param name="region">A region of the snapshot.</param>
    public double Percent(in RecordedRegion region) => Math.Truncate(region.Samples * 100.0 / Intervals.SamplesMax);

    /// <summary>Accesses per second.</summary>
    /// <param name="region">A region of the snapshot.</param>
    public double Hertz(in RecordedRegion region) => region.Samples / (Intervals.AggrUs / 1_000_000);

    /// <summary>Age in us.</summary>
    /// <param name="region">A region of the snapshot.</param>
    public double AgeUs(in RecordedRegion region) => region.AgeIntervals * Intervals.AggrUs;

    /// <summary>Time without access in us: 0 for accessed regions, else the age and the aggregation that saw nothing.</summary>
    /// <param name="region">A region of the snapshot.</param>
    public double IdleUs(in RecordedRegion region) => Percent(region) > 0 ? 0 : AgeUs(region) + Intervals.AggrUs;

    /// <summary>Temperature with damo's default weights 0, 100, 100 for size, percent and age in us; negative when never accessed.</summary>
    /// <param name="region">A region of the snapshot.</param>
    public double Temperature(in RecordedRegion region)
    {
        double percent = Percent(region);
        double temperature = PercentWeight * percent + AgeWeight * AgeUs(region);
        return percent == 0 ? -temperature : temperature;
    }

    /// <summary>Estimated bytes accessed per second.</summary>
    public double BytesPerSecond => Sum(region => (double)region.Size * region.Samples) / (Intervals.AggrUs / 1_000_000);

    /// <summary>Estimated bytes accessed per second of the memory that passed the scheme's filters.</summary>
    public double PassedBytesPerSecond => Sum(region => (double)region.PassedBytes * region.Samples) / (Intervals.AggrUs / 1_000_000);

    /// <summary>Bytes of all regions.</summary>
    public double TotalBytes => Sum(region => region.Size);

    /// <summary>Bytes that passed the scheme's filters.</summary>
    public double PassedBytes => Sum(region => region.PassedBytes);

    /// <summary>Bytes accessed, each counted by its samples: what interval auto-tuning sees.</summary>
    public double SampledBytes => Sum(region => (double)region.Size * region.Samples);

    /// <summary>The most that <see cref="SampledBytes"/> could be.</summary>
    public double SampledBytesMax => Sum(region => region.Size * Intervals.SamplesMax);

    /// <summary>Share of positive samples over the regions, in percent, whatever their size.</summary>
    public double PositiveSamplesPercent =>
        Snapshot.Regions.Count == 0 ? 0 : Sum(region => region.Samples) * 100 / (Snapshot.Regions.Count * Intervals.SamplesMax);

    private double Sum(Func<RecordedRegion, double> measure)
    {
        double sum = 0;
        foreach (RecordedRegion region in Snapshot.Regions) sum += measure(region);
        return sum;
    }
}
