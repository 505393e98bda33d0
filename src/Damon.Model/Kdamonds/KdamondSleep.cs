namespace Damon.Model.Kdamonds;

/// <summary>How long a kdamond really sleeps (spec 0).</summary>
public static class KdamondSleep
{
    private const ulong LongestExactUs = 4_000;
    private const ulong TickUs = 1_000;

    /// <summary>The length of a sleep in us: exact when short, otherwise whole ticks; never 0, or time would stand still.</summary>
    public static ulong Length(ulong askedUs)
    {
        if (askedUs < LongestExactUs) return Math.Max(1, askedUs);
        return (askedUs + TickUs - 1) / TickUs * TickUs;
    }
}
