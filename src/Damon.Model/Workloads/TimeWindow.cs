namespace Damon.Model.Workloads;

/// <summary>
/// When a rule holds: <c>[StartUs + n * RepeatUs, EndUs + n * RepeatUs)</c> for every n >= 0, or only for n = 0 when
/// <c>RepeatUs</c> is 0. Repetitions may overlap. An end at or before the start is a window that never opens.
/// </summary>
/// <param name="StartUs">The first start, in us of virtual time.</param>
/// <param name="EndUs">The first end, exclusive, in us.</param>
/// <param name="RepeatUs">From one start to the next, in us; 0: the window does not come again.</param>
public readonly record struct TimeWindow(long StartUs, long EndUs, long RepeatUs = 0)
{
    /// <summary>From time 0 on.</summary>
    public static readonly TimeWindow Always = new(0, long.MaxValue);

    /// <summary>The window with bounds in ms.</summary>
    /// <exception cref="OverflowException">A bound does not fit in 63 bits of us.</exception>
    public static TimeWindow FromMs(long startMs, long endMs, long repeatMs = 0) =>
        checked(new(startMs * 1000, endMs * 1000, repeatMs * 1000));

    /// <summary>Whether the window closes and opens again, with a gap between.</summary>
    internal bool HasGaps => RepeatUs > EndUs - StartUs;

    /// <summary>Whether the repetitions cover all time from the start on.</summary>
    internal bool NeverCloses => RepeatUs > 0 && !HasGaps;

    /// <summary>The window as it is for somebody who is ahead in time: what he sees now, others see later. One that is open then makes two.</summary>
    /// <param name="us">By how much, us.</param>
    internal IEnumerable<TimeWindow> AheadBy(long us)
    {
        long start = StartUs - us;
        long width = EndUs - StartUs;
        if (us == 0 || width <= 0) return [this];
        if (EndUs == long.MaxValue || (NeverCloses && start <= 0)) return [new TimeWindow(Math.Max(0, start), long.MaxValue)];
        if (start >= 0) return [new TimeWindow(start, start + width, RepeatUs)];
        if (RepeatUs == 0) return start + width > 0 ? [new TimeWindow(0, start + width)] : [];
        long next = start + ((-start + RepeatUs - 1) / RepeatUs * RepeatUs);
        TimeWindow again = new(next, next + width, RepeatUs);
        long openUntil = next - RepeatUs + width;
        return next > 0 && openUntil > 0 ? [new TimeWindow(0, openUntil), again] : [again];
    }

    /// <summary>How many microseconds t &lt;= <paramref name="timeUs"/> lie in a window.</summary>
    public long OpenUntil(long timeUs)
    {
        if (timeUs < StartUs || EndUs <= StartUs) return 0;
        long passed = timeUs - StartUs;
        if (NeverCloses) return passed + 1;
        long width = EndUs - StartUs;
        if (RepeatUs == 0) return Math.Min(passed, width - 1) + 1;
        return (passed / RepeatUs * width) + Math.Min((passed % RepeatUs) + 1, width);
    }

    /// <summary>
    /// The microsecond that has <paramref name="open"/> others before it in the windows, or <see cref="AccessRule.NeverAgain"/> when
    /// they have not as many.
    /// </summary>
    internal long TimeOf(long open)
    {
        long width = EndUs - StartUs;
        if (width <= 0) return AccessRule.NeverAgain;
        if (NeverCloses) return StartUs + open;
        if (RepeatUs == 0) return open < width ? StartUs + open : AccessRule.NeverAgain;
        return StartUs + (open / width * RepeatUs) + (open % width);
    }
}
