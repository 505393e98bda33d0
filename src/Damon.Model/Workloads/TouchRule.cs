namespace Damon.Model.Workloads;

/// <summary>
/// Strictly periodic touches (SCHEMA "rule"): all the pages are touched at every instant <c>PhaseUs + k * PeriodUs</c>,
/// k >= 0, absolute time, that lies in the window.
/// </summary>
public sealed record TouchRule : AccessRule
{
    /// <summary>The time "no touch yet": before every other.</summary>
    public const long Never = long.MinValue;

    /// <summary>Creates the rule.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="window">When the rule holds.</param>
    /// <param name="periodUs">From one touch to the next, in us, at least 1.</param>
    /// <param name="phaseUs">The first touch, in us, from 0.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public TouchRule(PageSet pages, TimeWindow window, long periodUs, long phaseUs = 0, int writePercent = 0)
        : base(pages, window, writePercent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodUs);
        ArgumentOutOfRangeException.ThrowIfNegative(phaseUs);
        PeriodUs = periodUs;
        PhaseUs = phaseUs;
    }

    /// <summary>From one touch to the next, in us.</summary>
    public long PeriodUs { get; }

    /// <summary>The first touch, in us of virtual time.</summary>
    public long PhaseUs { get; }

    /// <summary>The rules of a program that is ahead in its course: it touches now what it would touch later.</summary>
    /// <param name="us">By how much, us, from 0.</param>
    public IEnumerable<TouchRule> AheadBy(long us)
    {
        long phase = PhaseUs >= us ? PhaseUs - us : PeriodUs - 1 - ((us - PhaseUs - 1) % PeriodUs);
        return Window.AheadBy(us).Select(window =>
            new TouchRule(Pages, window, PeriodUs, phase, WritePercent) { AccessesPerTouch = AccessesPerTouch });
    }

    /// <summary>
    /// The last touch at or before <paramref name="nowUs"/>, in us, or <see cref="Never"/>. It is the same for all pages
    /// of the rule. Exact, in O(log) steps whatever the window, period and repetition.
    /// </summary>
    public long LastTouchUs(long nowUs)
    {
        if (Window.EndUs <= Window.StartUs) return Never;
        if (!Window.HasGaps) return InOneWindow(Window.NeverCloses ? nowUs : Math.Min(nowUs, Window.EndUs - 1));

        long touch = OnGrid(nowUs);
        if (touch < Window.StartUs) return Never;
        long width = Window.EndUs - Window.StartUs;
        long behindStart = (touch - Window.StartUs) % Window.RepeatUs;
        if (behindStart < width) return touch;

        // The window that opened last has closed. As a rule a touch fits in its end.
        long opened = touch - behindStart;
        long inLast = OnGrid(opened + width - 1);
        return inLast >= opened ? inLast : StepBack(touch, behindStart, width);
    }

    /// <inheritdoc/>
    public override bool Touched(uint page, long sinceUs, long nowUs) => LastTouchUs(nowUs) > sinceUs;

    /// <inheritdoc/>
    /// <remarks>It is the same for all pages of the rule. Exact, in O(log) steps.</remarks>
    public override long NextTouchUs(uint page, long afterUs)
    {
        if (Window.EndUs <= Window.StartUs) return NeverAgain;
        long touch = OnGridFrom(Math.Max(afterUs + 1, Window.StartUs));
        if (Window.NeverCloses || touch == NeverAgain) return touch;
        if (!Window.HasGaps) return touch < Window.EndUs ? touch : NeverAgain;
        long width = Window.EndUs - Window.StartUs;
        long behindStart = (touch - Window.StartUs) % Window.RepeatUs;
        return behindStart < width ? touch : StepForward(touch, Window.RepeatUs - behindStart, width);
    }

    private protected override UInt128 MicroTouchesWhileOpen(ulong openUs) => (UInt128)openUs * 1_000_000 / (ulong)PeriodUs;

    private long OnGridFrom(long leastUs)
    {
        if (leastUs <= PhaseUs) return PhaseUs;
        Int128 touch = PhaseUs + (((Int128)leastUs - PhaseUs + PeriodUs - 1) / PeriodUs * PeriodUs);
        return touch < NeverAgain ? (long)touch : NeverAgain;
    }

    /// <summary>
    /// Finds the fewest periods to go on from <paramref name="touch"/> until a touch falls into a window; the next one opens
    /// <paramref name="untilOpen"/> us later.
    /// </summary>
    private long StepForward(long touch, long untilOpen, long width)
    {
        long steps = ModularInterval.FirstMultiple(
            PeriodUs % Window.RepeatUs, Window.RepeatUs, untilOpen, untilOpen + width - 1);
        Int128 next = touch + ((Int128)steps * PeriodUs);
        return steps >= 0 && next < NeverAgain ? (long)next : NeverAgain;
    }

    private long InOneWindow(long limitUs)
    {
        long touch = OnGrid(limitUs);
        return touch >= Window.StartUs ? touch : Never;
    }

    private long OnGrid(long limitUs) =>
        limitUs < PhaseUs ? Never : limitUs - ((limitUs - PhaseUs) % PeriodUs);

    /// <summary>
    /// Finds the fewest periods to go back from <paramref name="touch"/> until a touch falls into a window, however many
    /// windows are missed on the way.
    /// </summary>
    private long StepBack(long touch, long behindStart, long width)
    {
        long steps = ModularInterval.FirstMultiple(
            PeriodUs % Window.RepeatUs, Window.RepeatUs, behindStart - width + 1, behindStart);
        long earliest = Math.Max(Window.StartUs, PhaseUs);
        if (steps < 0 || steps > (touch - earliest) / PeriodUs) return Never;
        return touch - (steps * PeriodUs);
    }
}
