namespace Damon.Model.Workloads;

/// <summary>A window of hot memory that moves on through the whole in steps, and starts again at the end.</summary>
/// <param name="Size">The whole memory.</param>
/// <param name="HotSize">The hot part, not more than the whole; at the end it goes on at the beginning.</param>
/// <param name="Step">How far it moves.</param>
/// <param name="DwellUs">How long it stays, in us.</param>
/// <param name="PeriodUs">From one touch of the hot pages to the next, in us.</param>
public sealed record MovingHotSpot(Bytes Size, Bytes HotSize, Bytes Step, long DwellUs, long PeriodUs) : Workload(Size)
{
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DwellUs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HotSize.ToPages(pageShift), pages, nameof(HotSize));
        uint hot = (uint)HotSize.ToPages(pageShift);
        uint step = (uint)Math.Clamp(Step.ToPages(pageShift), 1, pages);
        long positions = ((long)pages + step - 1) / step;
        for (long i = 0; i < positions; i++)
        {
            var window = new TimeWindow(i * DwellUs, (i + 1) * DwellUs, positions * DwellUs);
            uint first = (uint)(i * step);
            uint upper = Math.Min(hot, pages - first);
            yield return new TouchRule(new PageSet(first, upper), window, PeriodUs, 0, WritePercent);
            if (upper < hot) yield return new TouchRule(new PageSet(0, hot - upper), window, PeriodUs, 0, WritePercent);
        }
    }
}
