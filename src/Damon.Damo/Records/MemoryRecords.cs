namespace Damon.Damo.Records;

/// <summary>Records held in memory: what a running simulation shows, and a way to make reports of anything.</summary>
public sealed class MemoryRecords : IRecordSource
{
    private readonly IReadOnlyList<IReadOnlyList<AccessSnapshot>> _snapshots;

    /// <summary>Takes records and their snapshots.</summary>
    /// <param name="records">Headers, each with its snapshots in the order of time.</param>
    public MemoryRecords(params IReadOnlyList<(RecordHeader Header, IReadOnlyList<AccessSnapshot> Snapshots)> records)
    {
        _snapshots = [.. records.Select(record => record.Snapshots)];
        Records = [.. records.Select(record => Summarize(record.Header, record.Snapshots))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecordSummary> Records { get; }

    /// <inheritdoc/>
    public IEnumerable<RecordedSnapshot> Snapshots()
    {
        for (int record = 0; record < _snapshots.Count; record++)
        {
            for (int i = 0; i < _snapshots[record].Count; i++) yield return new(record, i, _snapshots[record][i]);
        }
    }

    private static RecordSummary Summarize(RecordHeader header, IReadOnlyList<AccessSnapshot> snapshots)
    {
        var builder = new SummaryBuilder();
        foreach (AccessSnapshot snapshot in snapshots) builder.Add(snapshot);
        return builder.Build(header);
    }
}
