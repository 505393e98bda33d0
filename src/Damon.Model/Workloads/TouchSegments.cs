using System.Runtime.CompilerServices;

namespace Damon.Model.Workloads;

/// <summary>The segments of a page space, with what they looked like at the time of the last look.</summary>
internal sealed class TouchSegments
{
    private const int GranuleShift = 9;

    private readonly uint[] _starts;
    private readonly Segment[] _segments;
    private readonly int[] _granules;
    private readonly int[] _lists;
    private readonly BoundRule[] _rules;

    public TouchSegments(SortedList<uint, ProcessPattern> processes)
    {
        var build = new TouchSegmentsBuilder();
        foreach ((uint basePage, ProcessPattern pattern) in processes) build.Add(basePage, pattern);
        (_starts, _segments, _lists, _rules) = build.Finish();
        _granules = Granules(_starts);
    }

    public static TouchSegments Empty { get; } = new([]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TouchedSince(uint page, long sinceUs, long nowUs)
    {
        uint granule = page >> GranuleShift;
        if (granule >= (uint)_granules.Length) return false;
        int at = _granules[granule];
        while (_starts[at + 1] <= page) at++;
        ref Segment segment = ref _segments[at];
        if (segment.NowUs != nowUs) Refresh(ref segment, nowUs);
        return segment.LastUs > sinceUs
            || (segment.Singles != segment.End && AnySingle(in segment, page, sinceUs, nowUs));
    }

    /// <summary>The same for a 2 MiB folio that begins with a page: segment by segment, and where that does not tell, page by page.</summary>
    public bool HugeTouchedSince(uint page, long sinceUs, long nowUs)
    {
        uint granule = page >> GranuleShift;
        if (granule >= (uint)_granules.Length) return false;
        int at = _granules[granule];
        while (_starts[at + 1] <= page) at++;
        ulong end = (ulong)page + _segments[at].PagesInHugeFolio;
        for (; _starts[at] < end; at++)
        {
            ref Segment segment = ref _segments[at];
            if (segment.NowUs != nowUs) Refresh(ref segment, nowUs);
            if (segment.LastUs > sinceUs) return true;
            if (segment.Singles == segment.End) continue;
            ulong stop = Math.Min(end, _starts[at + 1]);
            for (uint one = Math.Max(page, _starts[at]); one < stop; one++)
                if (AnySingle(in segment, one, sinceUs, nowUs))
                    return true;
        }

        return false;
    }

    private void Refresh(ref Segment segment, long nowUs)
    {
        long last = TouchRule.Never;
        for (int i = segment.First; i < segment.Singles; i++) last = Math.Max(last, _rules[_lists[i]].LastUsAt(nowUs));
        segment.NowUs = nowUs;
        segment.LastUs = last;
    }

    private bool AnySingle(in Segment segment, uint page, long sinceUs, long nowUs)
    {
        for (int i = segment.Singles; i < segment.End; i++)
            if (_rules[_lists[i]].Touched(page, sinceUs, nowUs))
                return true;
        return false;
    }

    private static int[] Granules(uint[] starts)
    {
        // The last start is a sentinel; the segment before it begins where the last process ends.
        uint end = starts.Length < 2 ? 0 : starts[^2];
        int[] granules = new int[(end + (1L << GranuleShift) - 1) >> GranuleShift];
        int at = 0;
        for (int granule = 0; granule < granules.Length; granule++)
        {
            while (starts[at + 1] <= (uint)granule << GranuleShift) at++;
            granules[granule] = at;
        }
        return granules;
    }

    /// <summary>A run of pages: its rules are entries First..Singles (contiguous, periodic) and Singles..End (others).</summary>
    internal struct Segment
    {
        public long NowUs;
        public long LastUs;
        public int First;
        public int Singles;
        public int End;
        public uint PagesInHugeFolio;
    }

    /// <summary>A rule at its place in the page space.</summary>
    internal struct BoundRule(uint basePage, AccessRule rule)
    {
        private readonly uint _basePage = basePage;
        private readonly StridedPages _pages = new(basePage, rule.Pages);
        private readonly TouchRule? _periodic = rule as TouchRule;
        private readonly AccessRule _rule = rule;
        private long _nowUs = long.MinValue;
        private long _lastUs;

        public long LastUsAt(long nowUs)
        {
            if (_nowUs != nowUs)
            {
                _nowUs = nowUs;
                _lastUs = _periodic!.LastTouchUs(nowUs);
            }
            return _lastUs;
        }

        public bool Touched(uint page, long sinceUs, long nowUs)
        {
            if (!_pages.Contains(page)) return false;
            return _periodic is null ? _rule.Touched(page - _basePage, sinceUs, nowUs) : LastUsAt(nowUs) > sinceUs;
        }
    }
}
