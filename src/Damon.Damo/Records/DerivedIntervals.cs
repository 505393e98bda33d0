using Damon.Damo.Document;

namespace Damon.Damo.Records;

/// <summary>The intervals that a snapshot's numbers are derived with (records spec section 4).</summary>
/// <param name="SampleUs">Sampling interval, us; more than 0.</param>
/// <param name="AggrUs">Aggregation interval, us; more than 0.</param>
public readonly record struct DerivedIntervals(double SampleUs, double AggrUs)
{
    /// <summary>Samples of one aggregation: the most that a region can have.</summary>
    public double SamplesMax => AggrUs / SampleUs;

    /// <summary>The record's own intervals.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <exception cref="DamoException">One of them is not positive.</exception>
    public static DerivedIntervals Of(Intervals intervals)
    {
        double sampleUs = intervals.SampleUs.ToDouble(), aggrUs = intervals.AggrUs.ToDouble();
        if (double.IsFinite(sampleUs) && sampleUs > 0 && double.IsFinite(aggrUs) && aggrUs > 0) return new(sampleUs, aggrUs);
        throw new DamoException($"the record's intervals are {intervals.SampleUs} us and {intervals.AggrUs} us; allowed is more than 0");
    }

    /// <summary>
    /// The snapshot's intervals. When auto-tuning is on they are its own: by its sampling interval, else by its length
    /// where that is a tenth or more away from the record's aggregation interval.
    /// </summary>
    /// <param name="intervals">The record's intervals.</param>
    /// <param name="snapshot">The snapshot.</param>
    public static DerivedIntervals Of(Intervals intervals, AccessSnapshot snapshot)
    {
        DerivedIntervals own = Of(intervals);
        if (intervals.Goal.Aggrs == Values.Number.Zero) return own;
        if (snapshot.SampleIntervalUs is > 0 and { } sampleUs) return new(sampleUs, sampleUs * own.SamplesMax);
        double lengthUs = (snapshot.EndNs - (double)snapshot.StartNs) / 1000;
        bool isOther = Math.Abs(lengthUs - own.AggrUs) >= own.AggrUs * 0.1;
        return isOther && lengthUs > 0 ? new(lengthUs / own.SamplesMax, lengthUs) : own;
    }
}
