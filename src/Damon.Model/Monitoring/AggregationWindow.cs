using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// Where a context stands between two aggregations, and what its counters mean there (section 5): a
/// counter of the unfinished aggregation is topped up with the share of the last one that is still ahead.
/// </summary>
public readonly struct AggregationWindow
{
    /// <summary>A window at a number of passed sampling intervals.</summary>
    /// <param name="maxSamples">Samples in one aggregation, at least 1.</param>
    /// <param name="sis">Sampling intervals passed since the kdamond started.</param>
    /// <param name="nextAggregation">The <paramref name="sis"/> at which the aggregation ends.</param>
    public AggregationWindow(uint maxSamples, ulong sis, ulong nextAggregation)
    {
        MaxSamples = maxSamples;
        long left = Math.Max(0, (long)(nextAggregation - sis));
        LeftWindowBp = KernelArithmetic.MultFrac((ulong)left, KernelArithmetic.WholeBp, maxSamples);
    }

    /// <summary>Samples in one aggregation, at least 1.</summary>
    public uint MaxSamples { get; }

    /// <summary>The share of the aggregation that is still ahead, in bp; above 10,000 after the intervals became shorter.</summary>
    public ulong LeftWindowBp { get; }

    /// <summary>Positive samples of one whole aggregation up to now, of a region.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NrAccesses(in Region region) => MovingSum(region.NrAccesses, region.LastNrAccesses);

    /// <summary>Hits of a probe over one whole aggregation up to now, in 8 bits.</summary>
    public byte ProbeHits(in Region region, int slot) =>
        (byte)MovingSum(region.ProbeHits.Get(slot), region.LastProbeHits.Get(slot));

    /// <summary>
    /// A counter of this aggregation, topped up from what the last one had; just the last one's when the
    /// aggregation has only begun. Wraps in 32 bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint MovingSum(uint current, uint last) =>
        LeftWindowBp == KernelArithmetic.WholeBp ? last : (uint)MovingSum(current, last, LeftWindowBp);

    /// <summary>A counter topped up with the share, in bp, of what another had; wraps in 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MovingSum(ulong current, ulong last, ulong leftWindowBp) =>
        current + KernelArithmetic.MultFrac(last, leftWindowBp, KernelArithmetic.WholeBp);
}
