namespace Damon.Damo.Records;

/// <summary>Walks over a record file once.</summary>
internal interface ISnapshotParser : IDisposable
{
    /// <summary>Moves to the next snapshot.</summary>
    /// <param name="recordIndex">Index of its record.</param>
    /// <param name="snapshot">The snapshot, when true is returned.</param>
    bool TryNext(out int recordIndex, out AccessSnapshot snapshot);

    /// <summary>Headers of the records seen; complete after the last snapshot.</summary>
    IReadOnlyList<RecordHeader> Headers { get; }
}
