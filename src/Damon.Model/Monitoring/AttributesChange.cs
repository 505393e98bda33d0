namespace Damon.Model.Monitoring;

/// <summary>
/// A change of the attributes of a running context (section 6): counters and ages are converted to what
/// they would be, had the new intervals been in force all the time.
/// </summary>
public static class AttributesChange
{
    /// <summary>
    /// Sets new attributes: the aggregation begins anew and the regions are converted. The caller then sets
    /// every scheme's next application from <see cref="MonitoringSchedule.NextApply"/>.
    /// </summary>
    /// <param name="targets">All targets of the context.</param>
    /// <param name="schedule">The context's schedule; changed.</param>
    /// <param name="probes">How many probes are installed; only their slots are converted.</param>
    /// <param name="old">The attributes in force.</param>
    /// <param name="wanted">The new ones, valid ones (<see cref="MonitoringAttributes.Validate"/>).</param>
    /// <returns>The attributes that are now in force.</returns>
    public static MonitoringAttributes Apply(
        IReadOnlyList<Target> targets, MonitoringSchedule schedule, int probes, MonitoringAttributes old, MonitoringAttributes wanted)
    {
        bool aggregating = schedule.Aggregating;
        schedule.Restart(wanted);
        Convert(targets, probes, old, wanted, aggregating);
        return wanted.WithAggrSamples();
    }

    /// <summary>
    /// Converts all regions; does nothing when one of the intervals, old or new, is 0.
    /// </summary>
    /// <param name="targets">All targets of the context.</param>
    /// <param name="probes">How many probes are installed; only their slots are converted.</param>
    /// <param name="old">The attributes under which the regions were monitored.</param>
    /// <param name="wanted">The attributes to convert to.</param>
    /// <param name="aggregating">
    /// Whether an aggregation is under way: it begins anew, so what it counted is dropped.
    /// </param>
    public static void Convert(
        IReadOnlyList<Target> targets, int probes, MonitoringAttributes old, MonitoringAttributes wanted, bool aggregating)
    {
        if (old.SampleUs == 0 || old.AggregationUs == 0 || wanted.SampleUs == 0 || wanted.AggregationUs == 0) return;

        var ratio = new SamplesRatio(old.MaxSamples, wanted.MaxSamples);
        for (int i = 0; i < targets.Count; i++)
        {
            foreach (ref var region in targets[i].Regions.Span)
            {
                region.LastNrAccesses = ratio.Convert(region.LastNrAccesses);
                region.NrAccesses = aggregating ? 0 : ratio.Convert(region.NrAccesses);
                for (int slot = 0; slot < probes; slot++) ConvertHits(ref region, slot, ratio, aggregating);
                region.Age = (uint)(region.Age * old.AggregationUs / wanted.AggregationUs);
            }
        }
    }

    private static void ConvertHits(ref Region region, int slot, SamplesRatio ratio, bool aggregating)
    {
        region.LastProbeHits = region.LastProbeHits.With(slot, ratio.Convert(region.LastProbeHits.Get(slot)));
        region.ProbeHits = region.ProbeHits.With(slot, aggregating ? 0 : ratio.Convert(region.ProbeHits.Get(slot)));
    }

    /// <summary>Converts a count out of so many samples to one out of others, by way of bp; wraps in 32 bits.</summary>
    private readonly record struct SamplesRatio(uint Old, uint New)
    {
        public uint Convert(uint count) =>
            KernelArithmetic.MultFrac(count, KernelArithmetic.WholeBp, Old) * New / KernelArithmetic.WholeBp;
    }
}
