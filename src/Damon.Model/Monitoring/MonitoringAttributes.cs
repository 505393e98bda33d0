namespace Damon.Model.Monitoring;

/// <summary>How often a context samples and aggregates, and how finely (section 2). Intervals are in microseconds.</summary>
public sealed record MonitoringAttributes
{
    /// <summary>The least <see cref="MinNrRegions"/> that is accepted.</summary>
    public const ulong LeastMinNrRegions = 3;

    /// <summary>Time between two samples, in microseconds.</summary>
    public ulong SampleUs { get; init; } = 5_000;

    /// <summary>Time for which samples are counted before regions are merged and split, in microseconds.</summary>
    public ulong AggregationUs { get; init; } = 100_000;

    /// <summary>Time between two looks at which addresses there are to monitor, in microseconds.</summary>
    public ulong OpsUpdateUs { get; init; } = 60_000_000;

    /// <summary>Regions are kept small enough that there are at least so many, where alignment permits.</summary>
    public ulong MinNrRegions { get; init; } = 10;

    /// <summary>No region is split while there are so many.</summary>
    public ulong MaxNrRegions { get; init; } = 1_000;

    /// <summary>The auto-tuning of the intervals, or <see cref="Monitoring.IntervalsGoal.Off"/>.</summary>
    public IntervalsGoal IntervalsGoal { get; init; } = IntervalsGoal.Off;

    /// <summary>
    /// Samples in one aggregation as the user asked for; every tuning of the intervals keeps it. 0: not
    /// asked for yet (see <see cref="WithAggrSamples"/>).
    /// </summary>
    public ulong AggrSamples { get; init; }

    /// <summary>Samples in one aggregation, at least 1, in 32 bits: the most that a region's nr_accesses can be (section 0).</summary>
    public uint MaxSamples => Math.Max(1, (uint)SamplesIn(AggregationUs));

    /// <summary>How many whole sampling intervals a time in microseconds holds; a sampling interval of 0 counts as 1.</summary>
    public ulong SamplesIn(ulong intervalUs) => intervalUs / Math.Max(1, SampleUs);

    /// <summary>These attributes with <see cref="AggrSamples"/> taken from the intervals, unless it is already known.</summary>
    public MonitoringAttributes WithAggrSamples() =>
        AggrSamples != 0 ? this : this with { AggrSamples = SamplesIn(AggregationUs) };

    /// <summary>What makes the attributes unacceptable (section 2), in one sentence, or null when they are fine.</summary>
    public string? Validate()
    {
        if (IntervalsGoal.IsOn && ValidateGoal() is { } error) return error;
        if (MinNrRegions < LeastMinNrRegions)
            return $"the minimum number of regions is {MinNrRegions}; it must be at least {LeastMinNrRegions}";
        if (MinNrRegions > MaxNrRegions)
            return $"the minimum number of regions, {MinNrRegions}, is above the maximum, {MaxNrRegions}";
        if (SampleUs > AggregationUs)
            return $"the sampling interval, {SampleUs} us, is longer than the aggregation interval, {AggregationUs} us";
        return null;
    }

    private string? ValidateGoal()
    {
        var (_, _, min, max) = IntervalsGoal;
        if (min > max)
            return $"the intervals goal's minimum sampling interval, {min} us, is above its maximum, {max} us";
        if (SampleUs < min || SampleUs > max)
            return $"the sampling interval, {SampleUs} us, is outside the intervals goal's range of {min} to {max} us";
        return null;
    }
}
