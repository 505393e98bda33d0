namespace Damon.Model.Workloads.Masim;

/// <summary>
/// A walk through a region: the offset is advanced by the stride before each access and becomes 0 where it reaches the region's
/// size. It starts at 0 with each instance of the phase, so that access n, from 1, is at place n modulo the number of places.
/// </summary>
internal sealed record WalkRule : AccessRule
{
    private readonly PatternAccesses _accesses;
    private readonly AccessShare _share;
    private readonly ulong _stride;
    private readonly long _places;
    private readonly int _pageShift;

    /// <summary>Creates the rule.</summary>
    /// <param name="pages">The region's pages.</param>
    /// <param name="window">When the phase runs.</param>
    /// <param name="accesses">The pattern's accesses.</param>
    /// <param name="bytes">The region's size, bytes.</param>
    /// <param name="stride">From one access to the next, bytes.</param>
    /// <param name="pageShift">log2 of the size of a page.</param>
    /// <param name="share">What the pattern has of all accesses.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    public WalkRule(
        PageSet pages, TimeWindow window, PatternAccesses accesses, ulong bytes, ulong stride, int pageShift, AccessShare share, int writePercent)
        : base(pages, window, writePercent)
    {
        _accesses = accesses;
        _share = share;
        _stride = stride;
        _places = (long)(((bytes - 1) / stride) + 1);
        _pageShift = pageShift;
    }

    /// <inheritdoc/>
    public override bool Touched(uint page, long sinceUs, long nowUs)
    {
        if (!TryPlaces(page, out long first, out long last)) return false;
        PhaseClock clock = _accesses.Clock;
        long oldest = Math.Max(0, clock.InstanceAt(sinceUs));
        long newest = clock.InstanceAt(nowUs);
        if (newest < 0) return false;
        if (IsOn(newest) || (oldest < newest && IsOn(oldest))) return true;
        long n = Next(0, first, last);
        if (n > _accesses.Most) return false;
        for (long whole = newest - 1; whole > oldest; whole--)
            if (n <= _accesses.CountOf(whole))
                return true;
        return false;

        bool IsOn(long instance) => Next(_accesses.Until(instance, sinceUs), first, last) <= _accesses.Until(instance, nowUs);
    }

    /// <inheritdoc/>
    public override long NextTouchUs(uint page, long afterUs)
    {
        if (!TryPlaces(page, out long first, out long last)) return NeverAgain;
        PhaseClock clock = _accesses.Clock;
        for (long instance = Math.Max(0, clock.InstanceAt(afterUs)); instance < clock.Instances; instance++)
        {
            long n = Next(_accesses.Until(instance, afterUs), first, last);
            if (n <= _accesses.CountOf(instance)) return _accesses.TimeOf(instance, n);
            if (Next(0, first, last) > _accesses.Most) break;
        }
        return NeverAgain;
    }

    private protected override UInt128 MicroTouchesWhileOpen(ulong openUs) => _share.MicroTouches(openUs);

    /// <summary>The places of the walk that lie on a page; false when it strides over the page.</summary>
    private bool TryPlaces(uint page, out long first, out long last)
    {
        ulong start = (ulong)(page - Pages.First) << _pageShift;
        ulong end = start + (1UL << _pageShift);
        first = (long)((start + _stride - 1) / _stride);
        last = Math.Min((long)((end - 1) / _stride), _places - 1);
        return first <= last;
    }

    /// <summary>The first access behind <paramref name="made"/> others that is at one of the places.</summary>
    private long Next(long made, long first, long last)
    {
        long n = made + 1;
        long place = n % _places;
        if (place >= first && place <= last) return n;
        return n + (first - place) + (place > last ? _places : 0);
    }
}
