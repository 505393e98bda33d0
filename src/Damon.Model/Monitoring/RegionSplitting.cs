namespace Damon.Model.Monitoring;

/// <summary>
/// Splitting regions at random (section 4), so that different parts of a region have a chance to show
/// different access frequencies, and splitting the large ones, so that there are enough.
/// </summary>
public static class RegionSplitting
{
    /// <summary>
    /// The largest size, in core address units, at which there are still <paramref name="minNrRegions"/>
    /// regions in all; at least <paramref name="minRegionSize"/>.
    /// </summary>
    public static ulong SizeLimit(IReadOnlyList<Target> targets, ulong minNrRegions, ulong minRegionSize) =>
        Math.Max(Target.TotalSize(targets) / Math.Max(1, minNrRegions), minRegionSize);

    /// <summary>Cuts every region into pieces of the size limit and a rest.</summary>
    /// <returns>The limit that was applied, aligned up, in core address units.</returns>
    public static ulong ApplyMinNrRegions(IReadOnlyList<Target> targets, ulong minNrRegions, ulong minRegionSize)
    {
        ulong limit = KernelArithmetic.AlignUp(SizeLimit(targets, minNrRegions, minRegionSize), minRegionSize);
        if (limit == 0) return limit;

        for (int i = 0; i < targets.Count; i++) CutLarger(targets[i].Regions, limit);
        return limit;
    }

    /// <summary>
    /// The split after each aggregation: nothing when there are enough regions, some regions when there are
    /// more than half of that, otherwise every region in two, or in three when the last split was in vain.
    /// </summary>
    public static void Split(
        IReadOnlyList<Target> targets, ulong maxNrRegions, ulong minRegionSize, Lfsr113 random, ISplitRotation rotation)
    {
        uint count = (uint)Target.CountRegions(targets);
        if (count < maxNrRegions)
        {
            if (count > maxNrRegions / 2)
                SplitSome(targets, maxNrRegions / (maxNrRegions - count), minRegionSize, random, rotation);
            else
                SplitEach(targets, rotation.LastNrRegions == count && count < maxNrRegions / 3 ? 3 : 2, minRegionSize, random);
        }

        rotation.LastNrRegions = count;
    }

    /// <summary>
    /// Splits in two every <paramref name="step"/>th region of all targets, beginning with another one at
    /// each call.
    /// </summary>
    public static void SplitSome(
        IReadOnlyList<Target> targets, ulong step, ulong minRegionSize, Lfsr113 random, ISplitRotation rotation)
    {
        ulong untilNext = rotation.Rotation++ % step;
        for (int i = 0; i < targets.Count; i++)
        {
            var regions = targets[i].Regions;
            foreach (ref readonly var existing in regions.Span)
            {
                var region = existing;
                if (untilNext-- == 0)
                {
                    untilNext = step - 1;
                    if (region.Size >= 2 * minRegionSize && RandomCut(region.Size, minRegionSize, random) is var size and > 0)
                    {
                        var right = region.SplitAt(size);
                        regions.Emit(region);
                        region = right;
                    }
                }

                regions.Emit(region);
            }

            regions.EndPass();
        }
    }

    /// <summary>Splits every region of one target into up to <paramref name="pieces"/>; a cut that fails uses up a piece.</summary>
    public static void SplitTarget(RegionList regions, int pieces, ulong minRegionSize, Lfsr113 random)
    {
        foreach (ref readonly var existing in regions.Span)
        {
            var left = existing;
            int first = regions.Emitted.Length;
            for (int cut = 1; cut < pieces && left.Size > 2 * minRegionSize; cut++)
                if (RandomCut(left.Size, minRegionSize, random) is var size and > 0)
                    regions.Emit(left.SplitAt(size));

            // The pieces came off from the right.
            regions.Emit(left);
            regions.Emitted[first..].Reverse();
        }

        regions.EndPass();
    }

    private static void SplitEach(IReadOnlyList<Target> targets, int pieces, ulong minRegionSize, Lfsr113 random)
    {
        for (int i = 0; i < targets.Count; i++) SplitTarget(targets[i].Regions, pieces, minRegionSize, random);
    }

    /// <summary>One to nine tenths of a size, aligned down; 0 when that is no place to cut.</summary>
    private static ulong RandomCut(ulong size, ulong minRegionSize, Lfsr113 random)
    {
        ulong cut = KernelArithmetic.AlignDown(random.Between(1, 10) * size / 10, minRegionSize);
        return cut < size ? cut : 0;
    }

    private static void CutLarger(RegionList regions, ulong limit)
    {
        foreach (ref readonly var existing in regions.Span)
        {
            var region = existing;
            while (region.Size > limit)
            {
                var right = region.SplitAt(limit);
                regions.Emit(region);
                region = right;
            }

            regions.Emit(region);
        }

        regions.EndPass();
    }
}
