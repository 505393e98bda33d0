namespace Damon.Model.Workloads;

/// <summary>
/// A heap that grows in steps to its full size and shrinks in steps to its least, up and down; all that is there is touched
/// periodically.
/// </summary>
/// <param name="Size">The full size.</param>
/// <param name="LeastSize">The size it starts with and shrinks to.</param>
/// <param name="Step">By how much it grows or shrinks at a time.</param>
/// <param name="StepEveryUs">From one step to the next, in us.</param>
/// <param name="PeriodUs">From one touch of a page to the next, in us.</param>
/// <param name="UntilUs">No step comes at or after this time, in us.</param>
public sealed record GrowingHeap(Bytes Size, Bytes LeastSize, Bytes Step, long StepEveryUs, long PeriodUs, long UntilUs)
    : Workload(Size)
{
    private protected override IEnumerable<AccessRule> Rules(uint pages, int pageShift) =>
        [new TouchRule(new PageSet(0, pages), TimeWindow.Always, PeriodUs, 0, WritePercent)];

    private protected override IEnumerable<MemoryEvent> Events(uint pages, int pageShift)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StepEveryUs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastSize.ToPages(pageShift), pages, nameof(LeastSize));
        uint least = (uint)LeastSize.ToPages(pageShift);
        uint step = (uint)Math.Clamp(Step.ToPages(pageShift), 1, pages);
        uint size = least;
        bool grows = true;
        if (size > 0) yield return Allocation(0, 0, size);
        for (long at = StepEveryUs; at < UntilUs && least < pages; at += StepEveryUs)
        {
            if (size == pages) grows = false;
            else if (size == least) grows = true;
            uint moved = Math.Min(step, grows ? pages - size : size - least);
            if (grows) yield return Allocation(at, size, moved);
            else yield return Freeing(at, size - moved, moved);
            size = grows ? size + moved : size - moved;
        }
    }
}
