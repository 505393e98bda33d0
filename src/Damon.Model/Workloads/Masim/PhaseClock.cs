namespace Damon.Model.Workloads.Masim;

/// <summary>
/// When the accesses of a phase are made. Access a of an instance (the n-th time that the phase runs) comes a / rate seconds after the
/// instance's start, cut to microseconds.
/// </summary>
internal sealed class PhaseClock
{
    /// <summary>Accesses that are made with a pattern before the next one is drawn.</summary>
    public const long AccessesPerDraw = 131_072;

    private const long MicrosPerSecond = 1_000_000;

    private readonly long _startUs;
    private readonly long _repeatUs;
    private readonly long _rate;
    private readonly long _smallUs;
    private readonly long _horizonUs;

    /// <summary>Creates the clock.</summary>
    /// <param name="startUs">When the phase runs first, us.</param>
    /// <param name="repeatUs">From one run to the next, us; 0: it runs once.</param>
    /// <param name="draws">Draws of a run.</param>
    /// <param name="rate">Accesses per second, at least 1.</param>
    /// <param name="horizonUs">The time behind which nobody looks, us; above the start.</param>
    public PhaseClock(long startUs, long repeatUs, long draws, long rate, long horizonUs)
    {
        _startUs = startUs;
        _repeatUs = repeatUs;
        Draws = draws;
        Instances = repeatUs == 0 ? 1 : ((horizonUs - startUs - 1) / repeatUs) + 1;
        _rate = rate;
        _smallUs = long.MaxValue / rate / 2;
        _horizonUs = horizonUs;
    }

    /// <summary>Draws of an instance.</summary>
    public long Draws { get; }

    /// <summary>How many instances there are, at least 1.</summary>
    public long Instances { get; }

    /// <summary>The draws that a phase takes: as many as begin before its time is over.</summary>
    public static long DrawsIn(long milliseconds, long rate) => (long)Ceiling((UInt128)milliseconds * 1_000 * (ulong)rate, AccessesPerDraw * MicrosPerSecond);

    /// <summary>How long draws take, us.</summary>
    public static long LengthUs(long draws, long rate) => (long)Ceiling((UInt128)draws * (AccessesPerDraw * MicrosPerSecond), rate);

    /// <summary>The instance that runs at a time, or ran last before it; -1 before the first.</summary>
    public long InstanceAt(long us) =>
        us < _startUs ? -1 : _repeatUs == 0 ? 0 : Math.Min((us - _startUs) / _repeatUs, Instances - 1);

    /// <summary>When an instance starts, us.</summary>
    public long StartOf(long instance) => _startUs + (instance * _repeatUs);

    /// <summary>Whether a draw of an instance begins before the horizon.</summary>
    public bool IsSeen(long instance, long draw) => TimeOf(instance, draw * AccessesPerDraw) < _horizonUs;

    /// <summary>The accesses that an instance has made until a time, inclusive, us.</summary>
    public long AccessesUntil(long instance, long us)
    {
        long passed = us - StartOf(instance) + 1;
        if (passed <= 0) return 0;
        long made = passed <= _smallUs
            ? ((passed * _rate) + MicrosPerSecond - 1) / MicrosPerSecond
            : (long)UInt128.Min(Ceiling((UInt128)passed * (ulong)_rate, MicrosPerSecond), long.MaxValue);
        return Math.Min(made, Draws * AccessesPerDraw);
    }

    /// <summary>When an access of an instance is made, us.</summary>
    public long TimeOf(long instance, long access) =>
        StartOf(instance) + (long)((UInt128)access * MicrosPerSecond / (ulong)_rate);

    private static UInt128 Ceiling(UInt128 value, long divisor) => (value + (ulong)divisor - 1) / (ulong)divisor;
}
