using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// Merging touching regions that look alike (section 4), which keeps their number small where there is
/// nothing to tell apart. What is compared are accesses, or the weighted sums of probe hits when the
/// context looks at attributes only.
/// </summary>
public static class RegionMerging
{
    /// <summary>
    /// Ages all regions and merges the similar ones, ever less strictly until there are at most as many as
    /// wanted or even the greatest difference counts as similar.
    /// </summary>
    /// <param name="targets">All targets of the context.</param>
    /// <param name="attributes">For the wanted number and the greatest possible difference.</param>
    /// <param name="weights">The context's probes.</param>
    /// <param name="threshold">The greatest difference that counts as similar in the first pass, in samples.</param>
    /// <param name="sizeLimit">No merged region is larger, in core address units.</param>
    public static void Merge(
        IReadOnlyList<Target> targets, MonitoringAttributes attributes, in ProbeWeights weights, uint threshold, ulong sizeLimit)
    {
        uint highest = (uint)attributes.SamplesIn(attributes.AggregationUs);
        for (bool countAge = true; ; countAge = false)
        {
            for (int i = 0; i < targets.Count; i++)
                MergeTarget(targets[i].Regions, weights, threshold, sizeLimit, countAge);

            if ((ulong)Target.CountRegions(targets) <= attributes.MaxNrRegions || threshold >= highest) return;
            threshold = threshold < highest / 2 ? Math.Max(1, 2 * threshold) : highest;
        }
    }

    /// <summary>One pass over one target's regions, in place.</summary>
    /// <param name="regions">The target's regions.</param>
    /// <param name="weights">The context's probes.</param>
    /// <param name="threshold">The greatest difference that counts as similar, in samples.</param>
    /// <param name="sizeLimit">No merged region is larger, in core address units.</param>
    /// <param name="countAge">Whether the regions get older, or young again when they changed.</param>
    public static void MergeTarget(
        RegionList regions, in ProbeWeights weights, uint threshold, ulong sizeLimit, bool countAge)
    {
        var span = regions.Span;
        if (span.IsEmpty) return;

        bool byAttributes = weights.AttributesOnly;
        int kept = 0;
        uint keptNow = 0u;
        for (int i = 0; i < span.Length; i++)
        {
            ref var region = ref span[i];
            uint now = byAttributes ? weights.WeightedSum(region.ProbeHits) : region.NrAccesses;
            if (countAge)
            {
                uint last = byAttributes ? weights.WeightedSum(region.LastProbeHits) : region.LastNrAccesses;
                region.Age = HasChanged(now, last, threshold) ? 0 : region.Age + 1;
            }

            ref var previous = ref span[kept];
            if (i > 0 && previous.End == region.Start
                && KernelArithmetic.AbsoluteDifference(now, keptNow) <= threshold
                && previous.Size + region.Size <= sizeLimit)
            {
                MergeInto(ref previous, region);
                keptNow = byAttributes ? weights.WeightedSum(previous.ProbeHits) : previous.NrAccesses;
                continue;
            }

            if (i > 0) kept++;
            if (kept != i) span[kept] = region;
            keptNow = now;
        }

        regions.Truncate(kept + 1);
    }

    /// <summary>
    /// Makes the left of two touching regions both of them: counters become averages weighted by size (the
    /// products wrap in 64 bits, the averages truncate), those of the last aggregation stay the left one's.
    /// </summary>
    public static void MergeInto(ref Region left, in Region right)
    {
        ulong leftSize = left.Size;
        ulong rightSize = right.Size;
        left.NrAccesses = Average(left.NrAccesses, leftSize, right.NrAccesses, rightSize);
        left.Age = Average(left.Age, leftSize, right.Age, rightSize);
        if ((left.ProbeHits.Packed | right.ProbeHits.Packed) != 0)
            left.ProbeHits = Average(left.ProbeHits, leftSize, right.ProbeHits, rightSize);
        left.End = right.End;
    }

    /// <summary>A counter changed when it moved by more than the threshold, or between none and some.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasChanged(uint now, uint last, uint threshold) =>
        KernelArithmetic.AbsoluteDifference(now, last) > threshold || (now == 0) != (last == 0);

    private static ProbeHits Average(ProbeHits left, ulong leftSize, ProbeHits right, ulong rightSize)
    {
        var average = default(ProbeHits);
        for (int slot = 0; slot < ProbeHits.Slots; slot++)
            average = average.With(slot, Average(left.Get(slot), leftSize, right.Get(slot), rightSize));
        return average;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Average(uint left, ulong leftSize, uint right, ulong rightSize) =>
        (uint)(((left * leftSize) + (right * rightSize)) / (leftSize + rightSize));
}
