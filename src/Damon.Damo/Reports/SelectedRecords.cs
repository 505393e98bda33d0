using Damon.Damo.Records;

namespace Damon.Damo.Reports;

/// <summary>A part of a source's records: some records, and of each some snapshots.</summary>
internal sealed class SelectedRecords : IRecordSource
{
    private readonly IRecordSource _source;
    private readonly int[] _newIndex;
    private readonly Func<RecordSummary, int, bool> _isWanted;

    /// <summary>Selects, and walks over the source to see how far the selection reaches.</summary>
    /// <param name="source">The source.</param>
    /// <param name="isRecordWanted">Picks records.</param>
    /// <param name="isWanted">Picks snapshots by their record and index.</param>
    internal SelectedRecords(IRecordSource source, Func<RecordSummary, bool> isRecordWanted, Func<RecordSummary, int, bool>? isWanted = null)
    {
        _source = source;
        _isWanted = isWanted ?? ((_, _) => true);
        _newIndex = new int[source.Records.Count];
        var kept = new List<RecordSummary>();
        for (int i = 0; i < _newIndex.Length; i++)
        {
            _newIndex[i] = isRecordWanted(source.Records[i]) ? kept.Count : -1;
            if (_newIndex[i] >= 0) kept.Add(source.Records[i]);
        }

        Records = kept;
        if (isWanted is not null) Records = Summarize(kept);
    }

    public IReadOnlyList<RecordSummary> Records { get; }

    public IEnumerable<RecordedSnapshot> Snapshots()
    {
        int[] counts = new int[Records.Count];
        foreach (RecordedSnapshot snapshot in _source.Snapshots())
        {
            int record = _newIndex[snapshot.RecordIndex];
            if (record >= 0 && _isWanted(_source.Records[snapshot.RecordIndex], snapshot.Index)) yield return new(record, counts[record]++, snapshot.Snapshot);
        }
    }

    private List<RecordSummary> Summarize(List<RecordSummary> kept)
    {
        SummaryBuilder[] builders = [.. kept.Select(_ => new SummaryBuilder())];
        foreach (RecordedSnapshot snapshot in Snapshots()) builders[snapshot.RecordIndex].Add(snapshot.Snapshot);
        return [.. kept.Select((record, index) => builders[index].Build(record.Header))];
    }
}
