namespace Damon.Damo.Records;

/// <summary>Takes the snapshots of a recording as they come.</summary>
public interface IRecordSink
{
    /// <summary>Adds a snapshot to the record of its header's key; the first header of a key counts.</summary>
    /// <param name="header">What the snapshot is of.</param>
    /// <param name="snapshot">The snapshot; not before the record's last one.</param>
    void Append(RecordHeader header, AccessSnapshot snapshot);
}
