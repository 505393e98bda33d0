namespace Damon.Model.Workloads;

/// <summary>
/// A program that now and then reads through all its memory once, from the first page to the last, in chunks of 2 MiB
/// that are touched at one instant; beyond 256 GiB chunks are larger, so that there are not more than 131,072.
/// </summary>
/// <param name="Size">The memory.</param>
/// <param name="EveryUs">From the start of one scan to the next, in us.</param>
/// <param name="TakesUs">From its first touch to its end, in us; less than <paramref name="EveryUs"/>.</param>
public sealed record PeriodicScan(Bytes Size, long EveryUs, long TakesUs) : Workload(Size)
{
    private const uint MostChunks = 1 << 17;

    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(TakesUs, EveryUs);
        ArgumentOutOfRangeException.ThrowIfNegative(TakesUs);
        uint chunk = 1u << Math.Max(0, Memory.NodeMemory.HugeShift - pageShift);
        while (pages / chunk > MostChunks) chunk <<= 1;
        uint chunks = ((pages - 1) / chunk) + 1;
        for (uint i = 0; i < chunks; i++)
        {
            var set = new PageSet(i * chunk, Math.Min(chunk, pages - (i * chunk)));
            long phase = (long)((Int128)TakesUs * i / chunks);
            yield return new TouchRule(set, TimeWindow.Always, EveryUs, phase, WritePercent);
        }
    }
}
