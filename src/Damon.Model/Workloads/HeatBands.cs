using System.Collections.Immutable;

namespace Damon.Model.Workloads;

/// <summary>A run of memory whose pages are all touched at the same times.</summary>
/// <param name="Size">Its size.</param>
/// <param name="PeriodUs">From one touch of its pages to the next, us; 0: never.</param>
public sealed record HeatBand(Bytes Size, long PeriodUs);

/// <summary>Bands of memory, one behind the other, each of its own heat; memory behind the last one is idle.</summary>
/// <param name="Size">All the memory, idle memory included.</param>
/// <param name="Bands">The bands, at least one; together not larger than the memory.</param>
public sealed record HeatBands(Bytes Size, ImmutableArray<HeatBand> Bands) : Workload(Size)
{
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Bands.Length, nameof(Bands));
        ulong first = 0;
        foreach (HeatBand band in Bands)
        {
            ulong count = band.Size.ToPages(pageShift);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, pages, nameof(Bands));
            PageSet set = new((uint)first, (uint)count);
            first += count;
            if (band.PeriodUs > 0) yield return new TouchRule(set, TimeWindow.Always, band.PeriodUs, 0, WritePercent);
        }
    }
}
