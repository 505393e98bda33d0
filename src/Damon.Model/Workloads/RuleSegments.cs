using System.Collections.Immutable;

namespace Damon.Model.Workloads;

/// <summary>
/// The pages of a process, cut into runs in which the same contiguous rules hold. Strided rules are left out; whether a
/// page is one of theirs is computed.
/// </summary>
public sealed class RuleSegments
{
    private readonly uint[] _starts;
    private readonly ImmutableArray<int>[] _rules;
    private readonly (int First, int End)[] _ofRule;
    private readonly (int Rule, StridedPages Pages)[] _strided;
    private int _last;

    /// <summary>Cuts the pages.</summary>
    /// <param name="rules">The rules of the process.</param>
    public RuleSegments(ImmutableArray<AccessRule> rules)
    {
        var edges = new SortedSet<uint> { 0 };
        var strided = new List<(int, StridedPages)>();
        for (int i = 0; i < rules.Length; i++)
        {
            PageSet pages = rules[i].Pages;
            if (pages.Count == 0) continue;
            if (!pages.IsContiguous)
            {
                strided.Add((i, new StridedPages(0, pages)));
                continue;
            }
            edges.Add(pages.First);
            edges.Add((uint)pages.End);
        }
        _starts = [.. edges];
        _strided = [.. strided];
        _ofRule = new (int, int)[rules.Length];
        var held = new List<int>[_starts.Length];
        for (int i = 0; i < held.Length; i++) held[i] = [];
        for (int i = 0; i < rules.Length; i++)
        {
            PageSet pages = rules[i].Pages;
            if (pages.Count == 0 || !pages.IsContiguous) continue;
            _ofRule[i] = (Array.BinarySearch(_starts, pages.First), Array.BinarySearch(_starts, (uint)pages.End));
            for (int segment = _ofRule[i].First; segment < _ofRule[i].End; segment++) held[segment].Add(i);
        }
        _rules = [.. held.Select(list => list.ToImmutableArray())];
    }

    /// <summary>The number of segments.</summary>
    public int Count => _starts.Length;

    /// <summary>The number of strided rules.</summary>
    public int StridedCount => _strided.Length;

    /// <summary>The segment that has a page.</summary>
    /// <param name="page">The page.</param>
    public int Find(uint page)
    {
        if (_starts[_last] <= page && (_last + 1 == _starts.Length || page < _starts[_last + 1])) return _last;
        int found = Array.BinarySearch(_starts, page);
        return _last = found >= 0 ? found : ~found - 1;
    }

    /// <summary>The contiguous rules that hold in a segment, ascending.</summary>
    /// <param name="segment">The segment.</param>
    public ImmutableArray<int> RulesOf(int segment) => _rules[segment];

    /// <summary>The segments of a contiguous rule, [First, End); empty for others.</summary>
    /// <param name="rule">The rule.</param>
    public (int First, int End) SegmentsOf(int rule) => _ofRule[rule];

    /// <summary>The rule that the i-th strided one is.</summary>
    /// <param name="index">i.</param>
    public int StridedRule(int index) => _strided[index].Rule;

    /// <summary>Whether the i-th strided rule is for a page.</summary>
    /// <param name="index">i.</param>
    /// <param name="page">The page.</param>
    public bool StridedHas(int index, uint page) => _strided[index].Pages.Contains(page);
}
