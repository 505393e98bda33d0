namespace Damon.Damo.Records;

/// <summary>Collects a record's extent while its snapshots pass by.</summary>
internal sealed class SummaryBuilder
{
    /// <summary>Beyond this many separate ranges only the hull is kept, so that memory stays bounded.</summary>
    private const int RangesMax = 4096;

    private List<CoveredRange> _ranges = [];
    private int _nrSnapshots;
    private long _startNs;
    private long _endNs;

    /// <summary>Snapshots seen so far.</summary>
    internal int NrSnapshots => _nrSnapshots;

    internal void Add(AccessSnapshot snapshot)
    {
        if (_nrSnapshots++ == 0) (_startNs, _endNs) = (snapshot.StartNs, snapshot.EndNs);
        _startNs = Math.Min(_startNs, snapshot.StartNs);
        _endNs = Math.Max(_endNs, snapshot.EndNs);
        Cover(snapshot);
    }

    /// <summary>Adds all of another record.</summary>
    internal void Add(RecordSummary record)
    {
        if (record.NrSnapshots == 0) return;
        _startNs = _nrSnapshots == 0 ? record.StartNs : Math.Min(_startNs, record.StartNs);
        _endNs = _nrSnapshots == 0 ? record.EndNs : Math.Max(_endNs, record.EndNs);
        _nrSnapshots += record.NrSnapshots;
        Cover(record.Ranges);
    }

    internal RecordSummary Build(RecordHeader header) => new(header, _nrSnapshots, _startNs, _endNs, _ranges);

    /// <summary>Joins the snapshot's runs of touching regions with the ranges so far.</summary>
    private void Cover(AccessSnapshot snapshot)
    {
        List<CoveredRange> runs = [];
        foreach (RecordedRegion region in snapshot.Regions)
        {
            if (region.Size > 0) Extend(runs, new(region.Start, region.End));
        }

        Cover(runs);
    }

    private void Cover(IReadOnlyList<CoveredRange> runs)
    {
        if (IsCovered(runs)) return;
        List<CoveredRange> all = [.. _ranges, .. runs];
        all.Sort((left, right) => left.Start.CompareTo(right.Start));
        _ranges = [];
        foreach (CoveredRange range in all) Extend(_ranges, range);
        if (_ranges.Count > RangesMax) _ranges = [new(_ranges[0].Start, _ranges[^1].End)];
    }

    private bool IsCovered(IReadOnlyList<CoveredRange> runs)
    {
        int at = 0;
        foreach (CoveredRange run in runs)
        {
            while (at < _ranges.Count && _ranges[at].End < run.End) at++;
            if (at == _ranges.Count || _ranges[at].Start > run.Start) return false;
        }

        return true;
    }

    private static void Extend(List<CoveredRange> ranges, CoveredRange next)
    {
        if (ranges.Count > 0 && next.Start <= ranges[^1].End) ranges[^1] = ranges[^1] with { End = Math.Max(ranges[^1].End, next.End) };
        else ranges.Add(next);
    }
}
