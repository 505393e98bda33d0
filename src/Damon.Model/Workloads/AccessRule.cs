namespace Damon.Model.Workloads;

/// <summary>One immutable statement about how a process uses some of its pages.</summary>
public abstract record AccessRule
{
    /// <summary>The time of a touch that does not come: behind every other.</summary>
    public const long NeverAgain = long.MaxValue;

    /// <summary>Creates the rule.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="window">When the rule holds; it does not start before time 0.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    private protected AccessRule(PageSet pages, TimeWindow window, int writePercent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window.StartUs, nameof(window));
        ArgumentOutOfRangeException.ThrowIfNegative(window.RepeatUs, nameof(window));
        ArgumentOutOfRangeException.ThrowIfNegative(writePercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writePercent, 100);
        Pages = pages;
        Window = window;
        WritePercent = writePercent;
    }

    /// <summary>The pages, counted from the process's first.</summary>
    public PageSet Pages { get; }

    /// <summary>When the rule holds.</summary>
    public TimeWindow Window { get; }

    /// <summary>The share of the accesses that write, 0..100, for the cost model.</summary>
    public int WritePercent { get; }

    /// <summary>
    /// How many loads and stores of memory (not of caches) one touch means for each 4 KiB of the page, at least 1. The default is 1: a
    /// program that touches a page uses one cache line of it.
    /// </summary>
    public uint AccessesPerTouch { get; init; } = 1;

    /// <summary>
    /// How often each page is touched in (fromUs, toUs], on average over all phases, in millionths of a touch: whole numbers, so that
    /// sums of it are exact.
    /// </summary>
    /// <param name="fromUs">Exclusive, us.</param>
    /// <param name="toUs">Inclusive, us.</param>
    public virtual UInt128 MicroTouches(long fromUs, long toUs) =>
        MicroTouchesWhileOpen((ulong)(Window.OpenUntil(toUs) - Window.OpenUntil(fromUs)));

    /// <summary>Whether a page is touched in (sinceUs, nowUs].</summary>
    /// <param name="page">The page, one of the rule's, counted from the process's first.</param>
    /// <param name="sinceUs">Exclusive, us.</param>
    /// <param name="nowUs">Inclusive, us.</param>
    public abstract bool Touched(uint page, long sinceUs, long nowUs);

    /// <summary>The first touch of a page behind an instant, us, or <see cref="NeverAgain"/>.</summary>
    /// <param name="page">The page, one of the rule's, counted from the process's first.</param>
    /// <param name="afterUs">The instant, exclusive, us.</param>
    public abstract long NextTouchUs(uint page, long afterUs);

    private protected abstract UInt128 MicroTouchesWhileOpen(ulong openUs);
}
