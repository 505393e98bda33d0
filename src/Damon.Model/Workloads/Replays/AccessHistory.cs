using System.Collections.Immutable;

namespace Damon.Model.Workloads.Replays;

/// <summary>
/// What monitoring saw of a run of pages, window of time by window. In a window whose aggregation found s of its samples
/// accessed, all pages are touched s times in each aggregation interval, evenly: at (2k + 1) / 2s of it.
/// </summary>
/// <remarks>
/// The last touch before a time may lie far back. Over the windows stands a binary tree whose nodes know the pages that are touched
/// anywhere below them, so that it is found in O(log) steps.
/// </remarks>
public sealed class AccessHistory
{
    private readonly long[] _startUs;
    private readonly long[] _aggregationUs;
    private readonly ulong[] _microTouches;
    private readonly ImmutableArray<RangeLevel> _levels;

    /// <summary>Creates the history.</summary>
    /// <param name="pages">The pages that it is of.</param>
    /// <param name="startUs">Starts of the windows, us from 0, and the end of the last one.</param>
    /// <param name="aggregationUs">By window, the time in which its samples were taken, us, at least 1.</param>
    /// <param name="offsets">By window, its first range; one more at the end.</param>
    /// <param name="ranges">The accessed pages of all windows.</param>
    internal AccessHistory(PageSet pages, long[] startUs, long[] aggregationUs, int[] offsets, AccessedPages[] ranges)
    {
        Pages = pages;
        _startUs = startUs;
        _aggregationUs = aggregationUs;
        var levels = ImmutableArray.CreateBuilder<RangeLevel>();
        levels.Add(new RangeLevel(offsets, ranges));
        while (levels[^1].Count > 1) levels.Add(levels[^1].Above());
        _levels = levels.ToImmutable();
        _microTouches = new ulong[startUs.Length];
        for (int window = 0; window < Windows; window++) _microTouches[window + 1] = _microTouches[window] + MicroTouches(window, startUs[window + 1]);
    }

    /// <summary>The pages, counted from the process's first.</summary>
    public PageSet Pages { get; }

    /// <summary>How long the history is, us.</summary>
    public long LengthUs => _startUs[^1];

    /// <summary>How many ranges of pages are remembered.</summary>
    public int NrRanges => _levels.Sum(level => level.Count == 0 ? 0 : Enumerable.Range(0, level.Count).Sum(node => level.Of(node).Length));

    private int Windows => _aggregationUs.Length;

    /// <summary>The last touch of a page at or before a time, us, or <see cref="TouchRule.Never"/>.</summary>
    /// <param name="page">The page, counted from the process's first.</param>
    /// <param name="us">The time, us from the history's begin.</param>
    public long LastTouchUs(uint page, long us)
    {
        if (us < 0) return TouchRule.Never;
        for (int window = Accessed(page, WindowAt(us), -1); window >= 0; window = Accessed(page, window - 1, -1))
        {
            long last = LastIn(window, _levels[0].SamplesOf(window, page), Math.Min(us, _startUs[window + 1] - 1));
            if (last >= 0) return last;
        }
        return TouchRule.Never;
    }

    /// <summary>The first touch of a page at or after a time, us, or <see cref="AccessRule.NeverAgain"/>.</summary>
    /// <param name="page">The page, counted from the process's first.</param>
    /// <param name="us">The time, us from the history's begin, not negative.</param>
    public long NextTouchUs(uint page, long us)
    {
        if (us >= LengthUs) return AccessRule.NeverAgain;
        for (int window = Accessed(page, WindowAt(us), 1); window >= 0; window = Accessed(page, window + 1, 1))
        {
            long next = FirstIn(window, _levels[0].SamplesOf(window, page), Math.Max(us, _startUs[window]));
            if (next < _startUs[window + 1]) return next;
        }
        return AccessRule.NeverAgain;
    }

    /// <summary>How often a page is touched until a time, on average over the pages, in millionths.</summary>
    /// <param name="us">The time, us from the history's begin.</param>
    public ulong MicroTouchesUntil(long us)
    {
        if (us < 0 || Windows == 0) return 0;
        int window = WindowAt(us);
        return _microTouches[window] + MicroTouches(window, Math.Min(us + 1, _startUs[window + 1]));
    }

    private int WindowAt(long us)
    {
        int found = Array.BinarySearch(_startUs, us);
        return Math.Clamp(found < 0 ? ~found - 1 : found, 0, Math.Max(0, Windows - 1));
    }

    /// <summary>The nearest window, from one on in a direction (1 or -1), in which a page is touched; -1: none.</summary>
    private int Accessed(uint page, int window, int direction)
    {
        int level = 0;
        int node = window;
        int first = direction > 0 ? 0 : 1;
        while (true)
        {
            if (node < 0 || node >= _levels[level].Count) return -1;

            // A node that begins, seen in the direction, where its parent does gives way to it.
            while ((node & 1) == first && level + 1 < _levels.Length)
            {
                node >>= 1;
                level++;
            }
            if (_levels[level].SamplesOf(node, page) > 0) break;
            node += direction;
        }
        for (; level > 0; level--)
        {
            int near = (node * 2) + first;
            bool isNear = near < _levels[level - 1].Count && _levels[level - 1].SamplesOf(near, page) > 0;
            node = isNear ? near : (node * 2) + 1 - first;
        }
        return node;
    }

    private long LastIn(int window, uint samples, long us)
    {
        Int128 twice = (2 * (Int128)samples * (us - _startUs[window] + 1)) - _aggregationUs[window];
        if (twice <= 0) return -1;
        Int128 k = ((twice + (2 * (Int128)_aggregationUs[window]) - 1) / (2 * (Int128)_aggregationUs[window])) - 1;
        return TimeOf(window, samples, k);
    }

    private long FirstIn(int window, uint samples, long us)
    {
        Int128 twice = (2 * (Int128)samples * (us - _startUs[window])) - _aggregationUs[window];
        Int128 k = twice <= 0 ? 0 : (twice + (2 * (Int128)_aggregationUs[window]) - 1) / (2 * (Int128)_aggregationUs[window]);
        return TimeOf(window, samples, k);
    }

    private long TimeOf(int window, uint samples, Int128 k) =>
        _startUs[window] + (long)(((2 * k) + 1) * _aggregationUs[window] / (2 * (Int128)samples));

    private ulong MicroTouches(int window, long endUs)
    {
        UInt128 sum = 0;
        foreach (AccessedPages range in _levels[0].Of(window)) sum += (UInt128)range.Samples * (range.End - range.First);
        return (ulong)(sum * (ulong)(endUs - _startUs[window]) * 1_000_000 / (ulong)_aggregationUs[window] / Math.Max(1, Pages.Count));
    }
}
