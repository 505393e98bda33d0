using System.Collections.Immutable;

namespace Damon.Model.Workloads;

/// <summary>A run of memory whose pages are all touched at the same times.</summary>
/// <param name="Size">Its size.</param>
/// <param name="PeriodUs">From one touch of its pages to the next, us; 0: never.</param>
/// <param name="OneIn">
/// Of how many pages one is used at all, at least 1: the others are holes, as in a heap whose objects lie far apart.
/// </param>
public sealed record HeatBand(Bytes Size, long PeriodUs, uint OneIn = 1);

/// <summary>Bands of memory, one behind the other, each of its own heat; memory behind the last one is idle.</summary>
/// <param name="Size">All the memory, idle memory included.</param>
/// <param name="Bands">The bands, at least one; together not larger than the memory.</param>
public sealed record HeatBands(Bytes Size, ImmutableArray<HeatBand> Bands) : Workload(Size)
{
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        foreach ((HeatBand band, PageSet used) in Laid(pages, pageShift))
            if (band.PeriodUs > 0)
                yield return new TouchRule(used, TimeWindow.Always, band.PeriodUs, 0, WritePercent);
    }

    private protected override IEnumerable<MemoryEvent> Events(uint pages, int pageShift)
    {
        if (Bands.All(band => band.OneIn == 1)) return base.Events(pages, pageShift);
        (HeatBand Band, PageSet Used)[] laid = [.. Laid(pages, pageShift)];
        uint end = (uint)Bands.Aggregate(0UL, (sum, band) => sum + band.Size.ToPages(pageShift));
        return laid.Select(one => one.Used).Append(new PageSet(end, pages - end)).Where(set => set.Count > 0).Select(set => Allocation(0, set));
    }

    /// <summary>The bands with the pages that they use.</summary>
    private IEnumerable<(HeatBand Band, PageSet Used)> Laid(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Bands.Length, nameof(Bands));
        ulong first = 0;
        foreach (HeatBand band in Bands)
        {
            ArgumentOutOfRangeException.ThrowIfZero(band.OneIn, nameof(Bands));
            ulong count = band.Size.ToPages(pageShift);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, pages, nameof(Bands));
            yield return (band, new PageSet((uint)first, (uint)((count + band.OneIn - 1) / band.OneIn), band.OneIn));
            first += count;
        }
    }
}
