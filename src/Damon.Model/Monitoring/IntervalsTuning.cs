namespace Damon.Model.Monitoring;

/// <summary>
/// Auto-tuning of the sampling interval (section 6): it becomes longer when too few samples see an access,
/// shorter when too many do.
/// </summary>
public static class IntervalsTuning
{
    /// <summary>The adaptation that changes nothing, in bp of the present interval.</summary>
    public const ulong NoChange = KernelArithmetic.WholeBp;

    private const ulong FeedbackInput = 100_000_000;

    /// <summary>Observed positive samples by size, in bp of what the goal wants.</summary>
    public static ulong Score(IReadOnlyList<Target> targets, MonitoringAttributes attributes)
    {
        ulong events = 0UL;
        ulong mostEvents = 0UL;
        for (int i = 0; i < targets.Count; i++)
        {
            foreach (ref readonly var region in targets[i].Regions.Span)
            {
                mostEvents += region.Size * attributes.AggrSamples;
                events += region.Size * region.NrAccesses;
            }
        }

        ulong wanted = mostEvents * attributes.IntervalsGoal.AccessBp / KernelArithmetic.WholeBp;
        return KernelArithmetic.MultFrac(events, KernelArithmetic.WholeBp, Math.Max(1, wanted));
    }

    /// <summary>What a score does to the sampling interval, in bp of it: half of it at least, twice it at most.</summary>
    public static ulong Adaptation(ulong score)
    {
        ulong adaptation = FeedbackLoop.Next(FeedbackInput, score) / KernelArithmetic.WholeBp;
        return adaptation <= NoChange ? (NoChange / 2) + (adaptation / 2) : adaptation;
    }

    /// <summary>
    /// The attributes after a tuning, with both intervals changed in the same ratio; null when the goal is
    /// met and nothing is set. They are to be set even when the goal's limits make them equal to the old.
    /// </summary>
    public static MonitoringAttributes? Tune(IReadOnlyList<Target> targets, MonitoringAttributes attributes)
    {
        ulong adaptation = Adaptation(Score(targets, attributes));
        if (adaptation == NoChange) return null;

        var goal = attributes.IntervalsGoal;
        ulong sample = attributes.SampleUs * adaptation / KernelArithmetic.WholeBp;
        sample = Math.Min(Math.Max(sample, goal.MinSampleUs), goal.MaxSampleUs);
        return attributes with { SampleUs = sample, AggregationUs = sample * attributes.AggrSamples };
    }
}
