using Damon.Damo.Document;

namespace Damon.Damo.Records;

/// <summary>
/// What monitoring saw in one aggregation: the regions of one target, or those that one scheme was tried on.
/// Immutable; regions are sorted by address, as damo's reports need them (records spec section 3).
/// </summary>
public sealed record AccessSnapshot
{
    /// <summary>Makes a snapshot.</summary>
    /// <param name="startNs">Begin of the aggregation, ns of any epoch.</param>
    /// <param name="endNs">Its end, ns of the same epoch.</param>
    /// <param name="regions">The regions; sorted here when they are not.</param>
    /// <exception cref="DamoException">The end is before the start, or a region's end or count is impossible.</exception>
    public AccessSnapshot(long startNs, long endNs, IEnumerable<RecordedRegion> regions)
        : this(startNs, endNs, Sorted([.. regions]))
    {
    }

    private AccessSnapshot(long startNs, long endNs, RecordedRegion[] sorted)
    {
        if (endNs < startNs) throw new DamoException($"a snapshot ends at {endNs} ns, before its start at {startNs} ns");
        (StartNs, EndNs, Regions) = (startNs, endNs, new(sorted));
        foreach (ref readonly RecordedRegion region in sorted.AsSpan()) TotalBytes = unchecked(TotalBytes + region.Size);
    }

    /// <summary>Begin of the aggregation, ns.</summary>
    public long StartNs { get; init; }

    /// <summary>End of the aggregation, ns.</summary>
    public long EndNs { get; init; }

    /// <summary>The regions by address.</summary>
    public Sequence<RecordedRegion> Regions { get; }

    /// <summary>Bytes of the regions; damo keeps another sum when regions were left out.</summary>
    public ulong TotalBytes { get; init; }

    /// <summary>Probe hits of all regions, one after the other; empty, or as many for each region.</summary>
    public Sequence<long> ProbeHits { get; init; } = [];

    /// <summary>Statistics of the scheme at this moment; null when not recorded.</summary>
    public DamosStatistics? Statistics { get; init; }

    /// <summary>Sampling interval of this snapshot under interval auto-tuning, us; null when not recorded.</summary>
    public long? SampleIntervalUs { get; init; }

    /// <summary>Probes per region.</summary>
    public int NrProbes => Regions.Count == 0 ? 0 : ProbeHits.Count / Regions.Count;

    private static RecordedRegion[] Sorted(RecordedRegion[] regions)
    {
        bool isSorted = true;
        for (int i = 0; i < regions.Length; i++)
        {
            RecordedRegion region = regions[i];
            if (region.End < region.Start) throw new DamoException($"a region ends at {region.End}, before its start at {region.Start}");
            if (region.Samples < 0 || region.AgeIntervals < 0)
                throw new DamoException($"the region at {region.Start} has {region.Samples} samples and age {region.AgeIntervals}; allowed is 0 or more");
            isSorted &= i == 0 || regions[i - 1].Start <= region.Start;
        }

        if (!isSorted) Array.Sort(regions, (left, right) => left.Start.CompareTo(right.Start));
        return regions;
    }
}
