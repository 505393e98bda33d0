using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>Going on where the last charge window ended (spec 7b).</summary>
public static class ChargeMarkSkip
{
    /// <summary>Whether a region was charged already in the window before, so that it is not offered now.</summary>
    /// <param name="mark">The mark; cleared when it has been reached or the target ends.</param>
    /// <param name="targetIndex">The region's target.</param>
    /// <param name="region">The region; a region that begins before the mark is cut to its charged part.</param>
    /// <param name="isLast">Whether it is its target's last region.</param>
    /// <param name="minRegionSize">The smallest region.</param>
    /// <param name="cuts">Takes the cut.</param>
    public static bool Skips(
        ref ChargeMark? mark, int targetIndex, ref Region region, bool isLast, ulong minRegionSize, RegionCutList cuts)
    {
        if (mark is not { } from) return false;
        if (from.TargetIndex != targetIndex) return true;
        if (region.End <= from.Address)
        {
            if (isLast) mark = null;
            return true;
        }

        if (region.Start < from.Address)
        {
            ulong charged = KernelArithmetic.AlignDown(from.Address - region.Start, minRegionSize);
            if (charged == 0)
            {
                if (region.Size <= minRegionSize)
                {
                    if (isLast) mark = null;
                    return true;
                }

                charged = minRegionSize;
            }

            cuts.Cut(targetIndex, ref region, region.Start + charged);
            return true;
        }

        mark = null;
        return false;
    }
}
