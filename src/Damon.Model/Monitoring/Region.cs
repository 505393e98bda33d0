using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// A range of addresses that is sampled as one, with what was seen of it (section 2). A region without
/// counters is <c>new Region(start, end)</c>.
/// </summary>
/// <param name="start">First address.</param>
/// <param name="end">First address after the region.</param>
public struct Region(ulong start, ulong end)
{
    /// <summary>First address of the region, in core address units.</summary>
    public ulong Start = start;

    /// <summary>First address after the region, in core address units.</summary>
    public ulong End = end;

    /// <summary>The address that stands for the region in the current sampling; 0 when none was drawn yet.</summary>
    public ulong SamplingAddress;

    /// <summary>Samples of the current aggregation that saw an access.</summary>
    public uint NrAccesses;

    /// <summary><see cref="NrAccesses"/> of the aggregation before.</summary>
    public uint LastNrAccesses;

    /// <summary>Aggregations for which the access frequency stayed about the same.</summary>
    public uint Age;

    /// <summary>Hits of each probe in the current aggregation.</summary>
    public ProbeHits ProbeHits;

    /// <summary><see cref="ProbeHits"/> of the aggregation before.</summary>
    public ProbeHits LastProbeHits;

    /// <summary>Length in core address units.</summary>
    public readonly ulong Size => End - Start;

    /// <summary>
    /// Cuts the region: this one keeps the first <paramref name="size"/> units, the returned right part
    /// has the rest and the same counters, but no sampling address (section 4).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Region SplitAt(ulong size)
    {
        var right = this;
        right.Start = Start + size;
        right.SamplingAddress = 0;
        End = right.Start;
        return right;
    }
}
