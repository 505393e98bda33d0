using Damon.Model.Monitoring;

namespace Damon.Model.VirtualMemory;

/// <summary>
/// What is monitored of a process: three ranges that leave out the two biggest gaps between its mappings, as a rule
/// those between heap, mapped files and stack (spec 10 and 14).
/// </summary>
/// <param name="First">Below the lower gap, bytes.</param>
/// <param name="Second">Between the gaps, bytes.</param>
/// <param name="Third">Above the higher gap, bytes.</param>
public readonly record struct ThreeRegions(AddressRange First, AddressRange Second, AddressRange Third)
{
    /// <summary>The kernel's DAMON_MIN_REGION_SZ, bytes: all six bounds are rounded up to a multiple of it.</summary>
    public const ulong Grain = 4096;

    /// <summary>
    /// Looks for the ranges. Of equal gaps the one at the lower address wins.
    /// </summary>
    /// <returns>Null when there are fewer than two gaps.</returns>
    public static ThreeRegions? Of(VmaLayout layout)
    {
        AddressRange biggest = default;
        AddressRange second = default;
        for (int i = 1; i < layout.Vmas.Length; i++)
        {
            AddressRange gap = new(layout.Vmas[i - 1].End, layout.Vmas[i].Start);
            if (Size(gap) > Size(biggest)) (biggest, second) = (gap, biggest);
            else if (Size(gap) > Size(second)) second = gap;
        }

        if (Size(second) == 0) return null;
        (AddressRange low, AddressRange high) = biggest.Start < second.Start ? (biggest, second) : (second, biggest);
        return new ThreeRegions(
            Aligned(layout.Vmas[0].Start, low.Start), Aligned(low.End, high.Start), Aligned(high.End, layout.Vmas[^1].End));
    }

    /// <summary>Makes a target's regions cover the ranges, keeping what is known of those that stay (spec 4).</summary>
    /// <returns>False when a range vanished in the rounding, so that the regions stay as they are.</returns>
    public bool Fit(RegionList regions, ulong minRegionSize) =>
        RegionRanges.Set(regions, [First, Second, Third], minRegionSize) is null;

    private static ulong Size(AddressRange range) => range.End - range.Start;

    private static AddressRange Aligned(ulong start, ulong end) =>
        new(KernelArithmetic.AlignUp(start, Grain), KernelArithmetic.AlignUp(end, Grain));
}
