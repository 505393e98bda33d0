namespace Damon.Model.Workloads.Masim;

/// <summary>
/// Accesses of random bytes: each access of the pattern hits a page with the share that the page has of the region. Pages are drawn for
/// independently; that one access cannot hit two of them is not looked at.
/// </summary>
internal sealed record RandomBytesRule : AccessRule
{
    private readonly PatternAccesses _accesses;
    private readonly PoissonProcess _hits;
    private readonly AccessShare _share;

    /// <summary>Creates the rule.</summary>
    /// <param name="pages">Pages that have the same share of the region each.</param>
    /// <param name="window">When the phase runs.</param>
    /// <param name="accesses">The pattern's accesses.</param>
    /// <param name="chance">The chance that an access hits a page, 0..1.</param>
    /// <param name="share">What the pattern has of all accesses.</param>
    /// <param name="seed">What the hits follow from.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    public RandomBytesRule(
        PageSet pages, TimeWindow window, PatternAccesses accesses, double chance, AccessShare share, ulong seed, int writePercent)
        : base(pages, window, writePercent)
    {
        _accesses = accesses;
        _share = share;
        _hits = PoissonProcess.OfTrials(chance, seed);
    }

    /// <inheritdoc/>
    public override bool Touched(uint page, long sinceUs, long nowUs) =>
        _hits.AnyIn(page, _accesses.Until(sinceUs), _accesses.Until(nowUs));

    /// <inheritdoc/>
    public override long NextTouchUs(uint page, long afterUs)
    {
        PhaseClock clock = _accesses.Clock;
        long instance = Math.Max(0, clock.InstanceAt(afterUs));
        for (long from = _accesses.Until(afterUs); instance < clock.Instances; instance++)
        {
            long end = _accesses.Before(instance + 1);
            if (end <= from) continue;
            long hit = _hits.FirstFrom(page, from, end - 1);
            if (hit >= 0 && hit < end) return _accesses.TimeOf(instance, hit - _accesses.Before(instance) + 1);
            from = end;
        }
        return NeverAgain;
    }

    private protected override UInt128 MicroTouchesWhileOpen(ulong openUs) => _share.MicroTouches(openUs);
}
