namespace Damon.Damo.Records;

/// <summary>Records with equal keys joined to one: a polled file has a record for every snapshot (records spec section 1).</summary>
public sealed class RecordSeries : IRecordSource
{
    private readonly IRecordSource _source;
    private readonly int[] _series;

    /// <summary>Joins records.</summary>
    /// <param name="source">The records.</param>
    public RecordSeries(IRecordSource source)
    {
        _source = source;
        _series = new int[source.Records.Count];
        var indices = new Dictionary<RecordKey, int>();
        var headers = new List<RecordHeader>();
        var builders = new List<SummaryBuilder>();
        for (int i = 0; i < _series.Length; i++)
        {
            RecordSummary record = source.Records[i];
            if (!indices.TryGetValue(record.Header.Key, out int index))
            {
                indices.Add(record.Header.Key, index = headers.Count);
                headers.Add(record.Header);
                builders.Add(new());
            }

            builders[index].Add(record);
            _series[i] = index;
        }

        Records = [.. headers.Select((header, index) => builders[index].Build(header))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecordSummary> Records { get; }

    /// <inheritdoc/>
    public IEnumerable<RecordedSnapshot> Snapshots()
    {
        int[] counts = new int[Records.Count];
        foreach (RecordedSnapshot snapshot in _source.Snapshots())
        {
            int series = _series[snapshot.RecordIndex];
            yield return new(series, counts[series]++, snapshot.Snapshot);
        }
    }
}
