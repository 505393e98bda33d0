using System.Collections.Immutable;
using Damon.Damo;
using Damon.Damo.Records;
using Damon.Model;
using Damon.Model.Workloads.Replays;
using AddressRange = Damon.Model.Monitoring.AddressRange;

namespace Damon.Scenarios.Replaying;

/// <summary>Makes a workload of a record: the pages of the addresses that it covers, touched as its snapshots say.</summary>
internal sealed class RecordHistory
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;
    private const int MostRanges = 1 << 23;

    private readonly RecordSummary _record;
    private readonly int _pageShift;
    private readonly List<AddressRange> _ranges = [];
    private readonly List<uint> _firstPages = [0];
    private readonly List<AccessedPages> _accessed = [];
    private long _nrRanges;

    private RecordHistory(RecordSummary record, int pageShift)
    {
        (_record, _pageShift) = (record, pageShift);
        ulong page = 1UL << pageShift;
        foreach (CoveredRange range in record.Ranges)
        {
            AddressRange aligned = new(range.Start & ~(page - 1), AlignedEnd(range.End, page));
            if (_ranges.Count > 0 && aligned.Start < _ranges[^1].End) _ranges[^1] = _ranges[^1] with { End = Math.Max(_ranges[^1].End, aligned.End) };
            else _ranges.Add(aligned);
        }

        foreach (AddressRange range in _ranges)
        {
            ulong pages = _firstPages[^1] + ((range.End - range.Start) >> pageShift);
            if (pages > int.MaxValue) throw new DamoException($"the record covers more than {int.MaxValue} pages of {page} bytes");
            _firstPages.Add((uint)pages);
        }
    }

    /// <summary>Reads a record.</summary>
    /// <param name="series">The file's records.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="pageShift">Bits of an address inside a page of the program.</param>
    /// <exception cref="DamoException">It cannot be replayed.</exception>
    public static Replay Read(RecordSeries series, int index, int pageShift) => new RecordHistory(series.Records[index], pageShift).Read(series, index);

    /// <summary>How long a record is, us.</summary>
    /// <exception cref="DamoException">It has no length, or more than a year.</exception>
    public static long LengthUs(RecordSummary record)
    {
        Int128 length = ((Int128)record.EndNs - record.StartNs) / 1_000;
        return length > 0 && length <= LongestUs
            ? (long)length
            : throw new DamoException($"the record takes from {record.StartNs} to {record.EndNs} ns; allowed is a length of 1 us..365 d");
    }

    private Replay Read(RecordSeries series, int index)
    {
        LengthUs(_record);
        HistoryBuilder builder = new(_firstPages[^1]);
        long lastNs = _record.StartNs;
        foreach (RecordedSnapshot recorded in series.Snapshots())
        {
            if (recorded.RecordIndex != index) continue;
            AccessSnapshot snapshot = recorded.Snapshot;
            if (snapshot.EndNs < lastNs) throw new DamoException($"snapshot {recorded.Index} ends before the one before it; allowed are snapshots in the order of time");
            lastNs = snapshot.EndNs;
            FindAccessed(snapshot);
            builder.Add((snapshot.EndNs - _record.StartNs) / 1_000, AggregationUs(snapshot), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_accessed));
        }

        return new Replay(new Bytes((ulong)_firstPages[^1] << _pageShift), [.. _ranges], builder.Build(), _pageShift);
    }

    /// <summary>The pages of the snapshot's accessed regions. A page that two of them share is the first one's.</summary>
    private void FindAccessed(AccessSnapshot snapshot)
    {
        _accessed.Clear();
        int range = 0;
        foreach (RecordedRegion region in snapshot.Regions)
        {
            if (region.Samples == 0 || region.Size == 0) continue;
            while (_ranges[range].End <= region.Start) range++;
            uint first = Page(range, region.Start);
            uint end = Page(range, AlignedEnd(Math.Min(region.End, _ranges[range].End), 1UL << _pageShift));
            if (_accessed.Count > 0) first = Math.Max(first, _accessed[^1].End);
            if (end > first) _accessed.Add(new AccessedPages(first, end, (uint)Math.Min(region.Samples, uint.MaxValue)));
        }

        _nrRanges += _accessed.Count;
        if (_nrRanges > MostRanges) throw new DamoException($"the record has more than {MostRanges} accessed regions, which are all remembered; allowed is a shorter one");
    }

    private uint Page(int range, ulong address) => _firstPages[range] + (uint)((address - _ranges[range].Start) >> _pageShift);

    private long AggregationUs(AccessSnapshot snapshot)
    {
        double us = _record.Header.Intervals is { } intervals
            ? DerivedIntervals.Of(intervals, snapshot).AggrUs
            : (snapshot.EndNs - (double)snapshot.StartNs) / 1_000;
        return (long)Math.Clamp(us, 1, LongestUs);
    }

    private static ulong AlignedEnd(ulong end, ulong page) => end > ulong.MaxValue - page ? ulong.MaxValue & ~(page - 1) : (end + page - 1) & ~(page - 1);
}
