namespace Damon.Model.Workloads.Masim;

/// <summary>Which of a phase's accesses are those of one of its patterns: counts by time, and times by count.</summary>
/// <param name="clock">When the phase makes its accesses.</param>
/// <param name="draws">
/// The pattern's draws, ascending, counted over all instances of the phase; null: all draws are the pattern's, as the others have no weight.
/// </param>
internal sealed class PatternAccesses(PhaseClock clock, int[]? draws)
{
    /// <summary>When the phase makes its accesses.</summary>
    public PhaseClock Clock => clock;

    /// <summary>The most accesses that an instance has.</summary>
    public long Most { get; } = MostDraws(clock, draws) * PhaseClock.AccessesPerDraw;

    /// <summary>The accesses before an instance, in all those before it.</summary>
    public long Before(long instance) => DrawsBefore(instance * clock.Draws) * PhaseClock.AccessesPerDraw;

    /// <summary>The accesses of a whole instance.</summary>
    public long CountOf(long instance) => Before(instance + 1) - Before(instance);

    /// <summary>The accesses of an instance until a time, inclusive, us.</summary>
    public long Until(long instance, long us)
    {
        long made = clock.AccessesUntil(instance, us);
        if (draws is null) return made;
        long first = instance * clock.Draws;
        long current = first + (made / PhaseClock.AccessesPerDraw);
        long before = DrawsBefore(current);
        bool isMine = before < draws.Length && draws[before] == current;
        return ((before - DrawsBefore(first)) * PhaseClock.AccessesPerDraw) + (isMine ? made % PhaseClock.AccessesPerDraw : 0);
    }

    /// <summary>All accesses until a time, inclusive, us.</summary>
    public long Until(long us)
    {
        long instance = clock.InstanceAt(us);
        return instance < 0 ? 0 : Before(instance) + Until(instance, us);
    }

    /// <summary>When the n-th access of an instance, from 1, is made, us. It must have as many.</summary>
    public long TimeOf(long instance, long n)
    {
        if (draws is null) return clock.TimeOf(instance, n - 1);
        long first = instance * clock.Draws;
        long draw = draws[DrawsBefore(first) + ((n - 1) / PhaseClock.AccessesPerDraw)] - first;
        return clock.TimeOf(instance, (draw * PhaseClock.AccessesPerDraw) + ((n - 1) % PhaseClock.AccessesPerDraw));
    }

    private static long MostDraws(PhaseClock clock, int[]? draws)
    {
        if (draws is null) return clock.Draws;
        long most = 0;
        long instance = -1;
        long count = 0;
        foreach (int draw in draws)
        {
            count = draw / clock.Draws == instance ? count + 1 : 1;
            instance = draw / clock.Draws;
            most = Math.Max(most, count);
        }
        return most;
    }

    private long DrawsBefore(long draw)
    {
        if (draws is null) return draw;
        int found = Array.BinarySearch(draws, (int)Math.Min(draw, int.MaxValue));
        return found < 0 ? ~found : found;
    }
}
