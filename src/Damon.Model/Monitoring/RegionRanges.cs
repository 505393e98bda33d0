namespace Damon.Model.Monitoring;

/// <summary>
/// Fitting a target's regions to the address ranges that are to be monitored, keeping what is known of
/// those that stay (section 4).
/// </summary>
public static class RegionRanges
{
    /// <summary>
    /// Makes the regions cover exactly the ranges, aligned outwards to <paramref name="minRegionSize"/>.
    /// </summary>
    /// <returns>What is wrong with the ranges, in one sentence, and then nothing was changed; otherwise null.</returns>
    public static string? Set(RegionList regions, ReadOnlySpan<AddressRange> ranges, ulong minRegionSize)
    {
        var aligned = new AddressRange[ranges.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            aligned[i] = new AddressRange(
                KernelArithmetic.AlignDown(ranges[i].Start, minRegionSize),
                KernelArithmetic.AlignUp(ranges[i].End, minRegionSize));
            var (start, end) = ranges[i];
            if (aligned[i].Start >= aligned[i].End)
                return $"the address range {start}-{end} is empty";
            if (i > 0 && aligned[i].Start < aligned[i - 1].End)
                return $"the address range {start}-{end} begins before the end, {ranges[i - 1].End}, of the one before it";
        }

        RemoveOutside(regions, aligned);
        int next = 0;
        foreach (var range in aligned) next = EmitRange(regions, range, next);
        regions.EndPass();
        return null;
    }

    private static void RemoveOutside(RegionList regions, AddressRange[] ranges)
    {
        var span = regions.Span;
        int kept = 0;
        int candidate = 0;
        for (int i = 0; i < span.Length; i++)
        {
            while (candidate < ranges.Length && ranges[candidate].End <= span[i].Start) candidate++;
            if (candidate < ranges.Length && ranges[candidate].Start < span[i].End) span[kept++] = span[i];
        }

        regions.Truncate(kept);
    }

    /// <summary>
    /// Emits what covers one range: the regions from place <paramref name="next"/> on that meet it, the
    /// first and last pulled to its ends, and new regions for the holes. A region that reaches into a later
    /// range too is used up by the first one.
    /// </summary>
    /// <returns>The place of the first region beyond the range.</returns>
    private static int EmitRange(RegionList regions, AddressRange range, int next)
    {
        if (next == regions.Count || regions[next].Start >= range.End)
        {
            regions.Emit(new Region(range.Start, range.End));
            return next;
        }

        regions[next].Start = range.Start;
        for (ulong covered = range.Start; next < regions.Count && regions[next].Start < range.End; next++)
        {
            var region = regions[next];
            if (region.Start > covered) regions.Emit(new Region(covered, region.Start));
            if (next + 1 == regions.Count || regions[next + 1].Start >= range.End) region.End = range.End;
            regions.Emit(region);
            covered = region.End;
        }

        return next;
    }
}
