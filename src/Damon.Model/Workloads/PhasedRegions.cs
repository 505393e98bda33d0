namespace Damon.Model.Workloads;

/// <summary>
/// The program of the per-memcg tiering series: memory in equal regions, of which one is touched over and over
/// for a while, then the next, round and round.
/// </summary>
/// <param name="Size">The memory of all regions.</param>
/// <param name="RegionCount">The number of regions, at least 1.</param>
/// <param name="DwellUs">How long one region is touched before the next, in us.</param>
/// <param name="PeriodUs">From one touch of the region's pages to the next, in us.</param>
public sealed record PhasedRegions(Bytes Size, uint RegionCount, long DwellUs, long PeriodUs) : Workload(Size)
{
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfZero(RegionCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DwellUs);
        for (uint i = 0; i < RegionCount; i++)
        {
            uint first = (uint)((ulong)pages * i / RegionCount);
            uint end = (uint)((ulong)pages * (i + 1) / RegionCount);
            var window = new TimeWindow(i * DwellUs, (i + 1) * DwellUs, RegionCount * DwellUs);
            yield return new TouchRule(new PageSet(first, end - first), window, PeriodUs, 0, WritePercent);
        }
    }
}
