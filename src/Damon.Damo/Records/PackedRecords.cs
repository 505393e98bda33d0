namespace Damon.Damo.Records;

/// <summary>
/// Records kept in memory while a simulation runs, packed to a few bytes a region, so that reports of a long run need no file. Read
/// them when all has been appended.
/// </summary>
public sealed class PackedRecords : IRecordSink, IRecordSource
{
    private readonly List<PackedRecord> _records = [];
    private readonly Dictionary<RecordKey, PackedRecord> _byKey = [];

    /// <inheritdoc/>
    public IReadOnlyList<RecordSummary> Records => [.. _records.Select(record => record.Summary)];

    /// <summary>Bytes that the snapshots take.</summary>
    public long PackedBytes => _records.Sum(record => record.PackedBytes);

    /// <inheritdoc/>
    public void Append(RecordHeader header, AccessSnapshot snapshot)
    {
        if (!_byKey.TryGetValue(header.Key, out PackedRecord? record))
        {
            _byKey.Add(header.Key, record = new PackedRecord(header));
            _records.Add(record);
        }

        record.Append(snapshot);
    }

    /// <inheritdoc/>
    public IEnumerable<RecordedSnapshot> Snapshots()
    {
        for (int record = 0; record < _records.Count; record++)
        {
            int index = 0;
            foreach (AccessSnapshot snapshot in _records[record].Snapshots()) yield return new(record, index++, snapshot);
        }
    }
}
