using System.Collections.Immutable;

namespace Damon.Model.Workloads;

/// <summary>
/// Tells when a page of a process is touched next. Thousands of questions come at the same time, so what a periodic rule
/// answers, the same for all its pages, is remembered.
/// </summary>
public sealed class TouchForecast
{
    private readonly ImmutableArray<AccessRule> _rules;
    private readonly RuleSegments _segments;
    private readonly (long AfterUs, long NextUs)[] _known;

    /// <summary>A forecast by rules.</summary>
    /// <param name="rules">The rules of the process.</param>
    /// <param name="segments">Its pages, cut by them.</param>
    public TouchForecast(ImmutableArray<AccessRule> rules, RuleSegments segments)
    {
        _rules = rules;
        _segments = segments;
        _known = new (long, long)[rules.Length];
        Array.Fill(_known, (long.MinValue, 0));
    }

    /// <summary>The first touch of a page behind an instant, us, or <see cref="AccessRule.NeverAgain"/>.</summary>
    /// <param name="page">The page, counted from the process's first.</param>
    /// <param name="afterUs">The instant, exclusive, us.</param>
    public long NextTouchUs(uint page, long afterUs)
    {
        long next = AccessRule.NeverAgain;
        foreach (int rule in _segments.RulesOf(_segments.Find(page))) next = Math.Min(next, Next(rule, page, afterUs));
        for (int i = 0; i < _segments.StridedCount; i++)
            if (_segments.StridedHas(i, page))
                next = Math.Min(next, Next(_segments.StridedRule(i), page, afterUs));
        return next;
    }

    private long Next(int rule, uint page, long afterUs)
    {
        if (_rules[rule] is not TouchRule periodic) return _rules[rule].NextTouchUs(page, afterUs);
        ref (long AfterUs, long NextUs) known = ref _known[rule];
        if (known.AfterUs != afterUs) known = (afterUs, periodic.NextTouchUs(page, afterUs));
        return known.NextUs;
    }
}
