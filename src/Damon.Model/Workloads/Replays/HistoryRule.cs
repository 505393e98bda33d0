namespace Damon.Model.Workloads.Replays;

/// <summary>Touches as a history has them, once or again and again.</summary>
internal sealed record HistoryRule : AccessRule
{
    private readonly AccessHistory _history;
    private readonly long _startUs;
    private readonly bool _repeats;

    /// <summary>Creates the rule.</summary>
    /// <param name="history">The history.</param>
    /// <param name="startUs">When it begins, us of virtual time.</param>
    /// <param name="repeats">Whether it begins anew at its end.</param>
    /// <param name="writePercent">The share of the accesses that write, 0..100.</param>
    public HistoryRule(AccessHistory history, long startUs, bool repeats, int writePercent)
        : base(history.Pages, new TimeWindow(startUs, startUs + history.LengthUs, repeats ? history.LengthUs : 0), writePercent)
    {
        _history = history;
        _startUs = startUs;
        _repeats = repeats;
    }

    /// <inheritdoc/>
    public override bool Touched(uint page, long sinceUs, long nowUs)
    {
        long passed = nowUs - _startUs;
        if (passed < 0) return false;
        long begun = _repeats ? _startUs + (passed / _history.LengthUs * _history.LengthUs) : _startUs;
        long last = _history.LastTouchUs(page, nowUs - begun);
        if (last != TouchRule.Never) return begun + last > sinceUs;
        if (begun == _startUs) return false;
        last = _history.LastTouchUs(page, _history.LengthUs - 1);
        return last != TouchRule.Never && begun - _history.LengthUs + last > sinceUs;
    }

    /// <inheritdoc/>
    public override long NextTouchUs(uint page, long afterUs)
    {
        long passed = Math.Max(0, afterUs + 1 - _startUs);
        long begun = _repeats ? _startUs + (passed / _history.LengthUs * _history.LengthUs) : _startUs;
        long next = _history.NextTouchUs(page, passed - (begun - _startUs));
        if (next != NeverAgain) return begun + next;
        if (!_repeats) return NeverAgain;
        next = _history.NextTouchUs(page, 0);
        return next == NeverAgain ? NeverAgain : begun + _history.LengthUs + next;
    }

    /// <inheritdoc/>
    public override UInt128 MicroTouches(long fromUs, long toUs) => Until(toUs) - Until(fromUs);

    private UInt128 Until(long us)
    {
        long passed = us - _startUs;
        if (passed < 0) return 0;
        if (!_repeats) return _history.MicroTouchesUntil(passed);
        return ((UInt128)(ulong)(passed / _history.LengthUs) * _history.MicroTouchesUntil(_history.LengthUs)) + _history.MicroTouchesUntil(passed % _history.LengthUs);
    }

    private protected override UInt128 MicroTouchesWhileOpen(ulong openUs) => throw new NotSupportedException("A history does not touch evenly.");
}
