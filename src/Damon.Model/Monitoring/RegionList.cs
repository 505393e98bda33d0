using System.Runtime.CompilerServices;
using Damon.Model.Snapshots;

namespace Damon.Model.Monitoring;

/// <summary>
/// The regions of a target in address order, side by side in an array. A pass that cuts many regions
/// rewrites the list into a second buffer (<see cref="Emit"/>, then <see cref="EndPass"/>) instead of
/// inserting in the middle; both buffers are kept, so a list in steady state allocates nothing.
/// </summary>
public sealed class RegionList
{
    private const int SmallestCapacity = 16;

    private Region[] _regions = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private Region[] _emitted = [];
    private int _count;
    private int _emittedCount;

    /// <summary>How many regions the list holds.</summary>
    public int Count => _count;

    /// <summary>The regions, to be read and changed in place; valid until the list grows or a pass ends.</summary>
    public Span<Region> Span => new(_regions, 0, _count);

    /// <summary>The regions emitted so far in the pass under way.</summary>
    public Span<Region> Emitted => new(_emitted, 0, _emittedCount);

    /// <summary>A region by its place; the reference is valid until the list grows or a pass ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no region at <paramref name="index"/>.</exception>
    public ref Region this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            return ref _regions[index];
        }
    }

    /// <summary>Appends a region after the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Region region) => Append(ref _regions, ref _count, region);

    /// <summary>Puts a region before the one at <paramref name="index"/>, or at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The list is shorter than <paramref name="index"/>.</exception>
    public void Insert(int index, in Region region)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)_count, nameof(index));
        var inserted = region;
        Append(ref _regions, ref _count, inserted);
        _regions.AsSpan(index, _count - 1 - index).CopyTo(_regions.AsSpan(index + 1));
        _regions[index] = inserted;
    }

    /// <summary>Takes out the regions from <paramref name="index"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The list has not so many regions there.</exception>
    public void RemoveRange(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)_count, nameof(index));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_count - index), nameof(count));
        Span[(index + count)..].CopyTo(Span[index..]);
        _count -= count;
    }

    /// <summary>Keeps only the first <paramref name="count"/> regions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The list has fewer regions.</exception>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_count, nameof(count));
        _count = count;
    }

    /// <summary>Takes out all regions.</summary>
    public void Clear() => _count = 0;

    /// <summary>Appends a region to the list in the making, leaving the present one as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(in Region region) => Append(ref _emitted, ref _emittedCount, region);

    /// <summary>Makes what was emitted the list's content and forgets what was there before.</summary>
    public void EndPass()
    {
        (_regions, _emitted) = (_emitted, _regions);
        (_count, _emittedCount) = (_emittedCount, 0);
    }

    /// <summary>
    /// Begins the next aggregation (section 3, step 8): what was counted becomes what was counted last,
    /// and the counters start from 0.
    /// </summary>
    public void ResetAggregated()
    {
        foreach (ref var region in Span)
        {
            (region.LastNrAccesses, region.NrAccesses) = (region.NrAccesses, 0);
            (region.LastProbeHits, region.ProbeHits) = (region.ProbeHits, default);
        }
    }

    /// <summary>All regions' sizes together, in core address units.</summary>
    public ulong TotalSize()
    {
        ulong total = 0UL;
        foreach (ref readonly var region in Span) total += region.Size;
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(ref Region[] regions, ref int count, in Region region)
    {
        if (count == regions.Length) Grow(ref regions);
        regions[count++] = region;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Grow(ref Region[] regions) =>
        Array.Resize(ref regions, Math.Max(SmallestCapacity, regions.Length * 2));
}
