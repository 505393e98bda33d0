namespace Damon.Model.Workloads;

/// <summary>
/// Random touches: each page is touched by a Poisson process of its own while the window is open (time in which it is
/// closed does not count).
/// </summary>
public sealed record PoissonRule : AccessRule
{
    /// <summary>The highest rate: one touch per microsecond, the grain of virtual time.</summary>
    public const double MaxTouchesPerSecond = 1e6;

    /// <summary>Creates the rule.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="window">When the rule holds.</param>
    /// <param name="touchesPerSecond">The mean rate of each page, 0..<see cref="MaxTouchesPerSecond"/>.</param>
    /// <param name="seed">What the touches follow from, together with the page.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    public PoissonRule(PageSet pages, TimeWindow window, double touchesPerSecond, ulong seed, int writePercent = 0)
        : base(pages, window, writePercent)
    {
        if (!(touchesPerSecond >= 0 && touchesPerSecond <= MaxTouchesPerSecond))
            throw new ArgumentOutOfRangeException(nameof(touchesPerSecond), touchesPerSecond, "A rate lies in 0..1e6 per second.");
        TouchesPerSecond = touchesPerSecond;
        Seed = seed;
        Process = new PoissonProcess(touchesPerSecond / 1e6, seed);
    }

    /// <summary>The mean rate of each page, per second of open window.</summary>
    public double TouchesPerSecond { get; }

    /// <summary>What the touches follow from, together with the page.</summary>
    public ulong Seed { get; }

    internal PoissonProcess Process { get; }

    /// <inheritdoc/>
    public override bool Touched(uint page, long sinceUs, long nowUs) =>
        Process.AnyIn(page, Window.OpenUntil(sinceUs), Window.OpenUntil(nowUs));

    /// <inheritdoc/>
    /// <remarks>The touch that <see cref="Touched"/> will find.</remarks>
    public override long NextTouchUs(uint page, long afterUs)
    {
        long opened = Process.FirstFrom(page, Window.OpenUntil(afterUs));
        return opened < 0 ? NeverAgain : Window.TimeOf(opened);
    }

    private protected override UInt128 MicroTouchesWhileOpen(ulong openUs) => (UInt128)(openUs * TouchesPerSecond);
}
