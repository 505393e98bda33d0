using System.Collections.Immutable;

namespace Damon.Model.Workloads.Replays;

/// <summary>
/// Collects what monitoring saw of a process, snapshot by snapshot. The pages are cut into slices with a history each, so that what
/// memory costs is known by the place of the pages that are accessed, and unchanged slices take no room.
/// </summary>
public sealed class HistoryBuilder
{
    private const int Slices = 32;

    private readonly Slice[] _slices;
    private long _endUs;

    /// <summary>Begins at time 0.</summary>
    /// <param name="pages">The number of pages.</param>
    public HistoryBuilder(uint pages)
    {
        ArgumentOutOfRangeException.ThrowIfZero(pages);
        uint count = Math.Min(Slices, pages);
        _slices = new Slice[count];
        for (uint i = 0; i < count; i++)
        {
            uint first = (uint)((ulong)pages * i / count);
            _slices[i] = new Slice(new PageSet(first, (uint)((ulong)pages * (i + 1) / count) - first));
        }
    }

    /// <summary>Adds a window of time, from the end of the one before.</summary>
    /// <param name="endUs">Its end, us; nothing is added when it is not behind the end of the one before.</param>
    /// <param name="aggregationUs">The time in which the samples were taken, us, at least 1.</param>
    /// <param name="accessed">The pages that were accessed, ascending.</param>
    /// <exception cref="ArgumentException">The pages do not ascend, or there are none such.</exception>
    public void Add(long endUs, long aggregationUs, ReadOnlySpan<AccessedPages> accessed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(aggregationUs);
        Check(accessed);
        if (endUs <= _endUs) return;
        _endUs = endUs;
        int next = 0;
        foreach (Slice slice in _slices)
        {
            uint end = (uint)slice.Pages.End;
            while (next < accessed.Length && accessed[next].End <= slice.Pages.First) next++;
            for (int i = next; i < accessed.Length && accessed[i].First < end; i++)
            {
                AccessedPages one = accessed[i];
                slice.Add(one with { First = Math.Max(one.First, slice.Pages.First), End = Math.Min(one.End, end) });
            }
            slice.Close(endUs, aggregationUs);
        }
    }

    /// <summary>The histories by slice.</summary>
    public ImmutableArray<AccessHistory> Build() => [.. _slices.Select(slice => slice.Build())];

    private void Check(ReadOnlySpan<AccessedPages> accessed)
    {
        uint behind = 0;
        foreach (AccessedPages one in accessed)
        {
            if (one.First < behind || one.End <= one.First || one.End > _slices[^1].Pages.End || one.Samples == 0)
                throw new ArgumentException($"{one} comes behind page {behind} of {_slices[^1].Pages.End}.", nameof(accessed));
            behind = one.End;
        }
    }

    private sealed class Slice(PageSet pages)
    {
        private readonly List<long> _startUs = [0];
        private readonly List<long> _aggregationUs = [];
        private readonly List<int> _offsets = [0];
        private readonly List<AccessedPages> _ranges = [];

        public PageSet Pages => pages;

        public void Add(AccessedPages range)
        {
            bool isNext = _ranges.Count > _offsets[^1] && _ranges[^1].End == range.First && _ranges[^1].Samples == range.Samples;
            if (isNext) _ranges[^1] = _ranges[^1] with { End = range.End };
            else _ranges.Add(range);
        }

        /// <summary>Ends a window; one that shows the same as the one before makes that one longer, and touches go on evenly.</summary>
        public void Close(long endUs, long aggregationUs)
        {
            if (IsRepetition(aggregationUs))
            {
                _ranges.RemoveRange(_offsets[^1], _ranges.Count - _offsets[^1]);
                _startUs[^1] = endUs;
                return;
            }
            _startUs.Add(endUs);
            _aggregationUs.Add(aggregationUs);
            _offsets.Add(_ranges.Count);
        }

        public AccessHistory Build() => new(pages, [.. _startUs], [.. _aggregationUs], [.. _offsets], [.. _ranges]);

        private bool IsRepetition(long aggregationUs)
        {
            if (_aggregationUs.Count == 0 || _aggregationUs[^1] != aggregationUs) return false;
            Span<AccessedPages> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ranges);
            return all[_offsets[^2].._offsets[^1]].SequenceEqual(all[_offsets[^1]..]);
        }
    }
}
