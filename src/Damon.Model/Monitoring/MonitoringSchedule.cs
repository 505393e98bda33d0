namespace Damon.Model.Monitoring;

/// <summary>
/// What is due when in a context's loop (section 3), counted in "sis": sampling intervals that have passed
/// since the kdamond started.
/// </summary>
public sealed class MonitoringSchedule
{
    /// <summary>Sampling intervals passed.</summary>
    public ulong Sis { get; set; }

    /// <summary>When the aggregation under way ends.</summary>
    public ulong NextAggregation { get; set; }

    /// <summary>When the monitored address ranges are looked at again.</summary>
    public ulong NextOpsUpdate { get; set; }

    /// <summary>When the intervals are tuned, if they are.</summary>
    public ulong NextIntervalsTune { get; set; }

    /// <summary>Whether an aggregation is under way and not just complete.</summary>
    public bool Aggregating => Sis < NextAggregation;

    /// <summary>Sets everything for a kdamond that starts.</summary>
    public void Start(MonitoringAttributes attributes)
    {
        Sis = 0;
        Restart(attributes);
        NextIntervalsTune = NextAggregation * attributes.IntervalsGoal.Aggrs;
    }

    /// <summary>Lets the aggregation and the time to the next update begin anew (section 6).</summary>
    public void Restart(MonitoringAttributes attributes)
    {
        NextAggregation = After(attributes, attributes.AggregationUs);
        NextOpsUpdate = After(attributes, attributes.OpsUpdateUs);
    }

    /// <summary>
    /// When a scheme is applied next; <paramref name="applyUs"/> is its apply interval in microseconds, 0
    /// for the aggregation interval.
    /// </summary>
    public ulong NextApply(MonitoringAttributes attributes, ulong applyUs) =>
        After(attributes, applyUs != 0 ? applyUs : attributes.AggregationUs);

    /// <summary>Where the context stands in its aggregation, to read counters by (section 5).</summary>
    public AggregationWindow Window(MonitoringAttributes attributes) =>
        new(attributes.MaxSamples, Sis, NextAggregation);

    private ulong After(MonitoringAttributes attributes, ulong intervalUs) => Sis + attributes.SamplesIn(intervalUs);
}
