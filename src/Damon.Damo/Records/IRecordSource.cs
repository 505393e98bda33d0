namespace Damon.Damo.Records;

/// <summary>Records that reports can be made of: a file, or what a running simulation keeps.</summary>
public interface IRecordSource
{
    /// <summary>What each record is of and how far it reaches, in order.</summary>
    IReadOnlyList<RecordSummary> Records { get; }

    /// <summary>All snapshots, one by one, in the order of the source; may be called again. Records may be interleaved.</summary>
    /// <exception cref="DamoException">The source holds something that cannot be read.</exception>
    IEnumerable<RecordedSnapshot> Snapshots();
}

/// <summary>A snapshot and the record that it belongs to.</summary>
/// <param name="RecordIndex">Index in <see cref="IRecordSource.Records"/>.</param>
/// <param name="Index">Index of the snapshot in its record.</param>
/// <param name="Snapshot">The snapshot.</param>
public readonly record struct RecordedSnapshot(int RecordIndex, int Index, AccessSnapshot Snapshot);
