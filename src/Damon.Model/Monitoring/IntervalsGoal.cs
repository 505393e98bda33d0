namespace Damon.Model.Monitoring;

/// <summary>
/// What the auto-tuning of the sampling interval aims at (section 6).
/// </summary>
/// <param name="AccessBp">Wanted share of positive samples by size, in bp of the most that is possible.</param>
/// <param name="Aggrs">Aggregations between two tunings; 0 switches the tuning off.</param>
/// <param name="MinSampleUs">Least sampling interval to choose, in microseconds.</param>
/// <param name="MaxSampleUs">Greatest sampling interval to choose, in microseconds.</param>
public sealed record IntervalsGoal(ulong AccessBp, ulong Aggrs, ulong MinSampleUs, ulong MaxSampleUs)
{
    /// <summary>No auto-tuning.</summary>
    public static IntervalsGoal Off { get; } = new(0, 0, 0, 0);

    /// <summary>Whether intervals are tuned at all.</summary>
    public bool IsOn => Aggrs > 0;
}
