namespace Damon.Model.Workloads;

/// <summary>Memory that is locked (mlock), so never reclaimed, and touched periodically.</summary>
/// <param name="Size">The memory.</param>
/// <param name="PeriodUs">From one touch to the next, in us.</param>
public sealed record Mlocked(Bytes Size, long PeriodUs) : Workload(Size)
{
    private protected override Memory.FolioFlags Kind => base.Kind | Memory.FolioFlags.Unevictable;

    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift) =>
        [new TouchRule(new PageSet(0, pages), TimeWindow.Always, PeriodUs, 0, WritePercent)];
}
