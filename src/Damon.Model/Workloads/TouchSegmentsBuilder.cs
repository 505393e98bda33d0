namespace Damon.Model.Workloads;

/// <summary>Cuts the page space, process by process in ascending order, into segments with the same rules.</summary>
internal sealed class TouchSegmentsBuilder
{
    private readonly List<uint> _starts = [];
    private readonly List<TouchSegments.Segment> _segments = [];
    private readonly List<int> _lists = [];
    private readonly List<TouchSegments.BoundRule> _rules = [];
    private readonly List<bool> _isRun = [];
    private uint _end;
    private uint _pagesInHugeFolio = 1;

    public void Add(uint basePage, ProcessPattern pattern)
    {
        if (basePage > _end) Open(_end, [], []);
        _pagesInHugeFolio = pattern.PagesInHugeFolio;
        var edges = new List<(uint Page, bool Begins, int Rule)>();
        foreach (AccessRule rule in pattern.Rules)
        {
            if (rule.Pages.Count == 0) continue;
            edges.Add((basePage + rule.Pages.First, true, _rules.Count));
            edges.Add((checked((uint)(basePage + rule.Pages.End)), false, _rules.Count));
            _rules.Add(new TouchSegments.BoundRule(basePage, rule));
            _isRun.Add(rule is TouchRule && rule.Pages.IsContiguous);
        }
        edges.Sort();
        Sweep(basePage, edges);
        _end = basePage + pattern.PageCount;
    }


    /// <summary>The starts (with a sentinel behind), segments, rule lists and rules.</summary>
    public (uint[] Starts, TouchSegments.Segment[] Segments, int[] Lists, TouchSegments.BoundRule[] Rules) Finish()
    {
        Open(_end, [], []);
        _starts.Add(uint.MaxValue);
        return ([.. _starts], [.. _segments], [.. _lists], [.. _rules]);
    }

    private void Sweep(uint basePage, List<(uint Page, bool Begins, int Rule)> edges)
    {
        var runs = new List<int>();
        var singles = new List<int>();
        uint at = basePage;
        foreach ((uint page, bool begins, int rule) in edges)
        {
            if (page > at) Open(at, runs, singles);
            at = page;
            List<int> set = _isRun[rule] ? runs : singles;
            if (begins) set.Add(rule);
            else set.Remove(rule);
        }
        Open(at, runs, singles);
    }

    private void Open(uint start, List<int> runs, List<int> singles)
    {
        // An empty segment that another begins on the same page gives way to it.
        if (_starts.Count > 0 && _starts[^1] == start)
        {
            _starts.RemoveAt(_starts.Count - 1);
            _segments.RemoveAt(_segments.Count - 1);
        }
        int first = _lists.Count;
        _lists.AddRange(runs);
        _lists.AddRange(singles);
        _starts.Add(start);
        _segments.Add(new TouchSegments.Segment
        {
            NowUs = long.MinValue,
            LastUs = TouchRule.Never,
            First = first,
            Singles = first + runs.Count,
            End = _lists.Count,
            PagesInHugeFolio = _pagesInHugeFolio,
        });
    }
}
