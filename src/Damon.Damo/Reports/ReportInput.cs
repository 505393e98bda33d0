using Damon.Damo.Records;

namespace Damon.Damo.Reports;

/// <summary>What reports are made of: files by name, and a running simulation when there is one.</summary>
public sealed record ReportInput
{
    /// <summary>File that damo records to and reports from when none is named.</summary>
    public const string DefaultRecord = "damon.data";

    /// <summary>Files of this machine, nothing running.</summary>
    public static ReportInput Files { get; } = new();

    /// <summary>Opens a record file.</summary>
    public Func<string, IRecordSource> OpenRecord { get; init; } = RecordFile.Open;

    /// <summary>Reads a text file: mem_footprint and kdamonds.</summary>
    public Func<string, string> ReadText { get; init; } = ReadFile;

    /// <summary>What runs at the moment; null when nothing does. <c>report damon</c> shows it, <c>report access</c> its tried regions.</summary>
    public IReadOnlyList<KdamondStatus>? Running { get; init; }

    /// <summary>Snapshots of what runs, shown by reports of accesses when no file is named; null when nothing runs.</summary>
    public IRecordSource? RunningRecords { get; init; }

    /// <summary>The named record, else what runs, else the default file.</summary>
    /// <exception cref="DamoException">It cannot be read, or has no snapshot.</exception>
    internal IRecordSource Record(string? path)
    {
        bool isRunning = path is null && RunningRecords is not null;
        IRecordSource source = isRunning ? RunningRecords! : OpenRecord(path ?? DefaultRecord);
        if (source.Records.Any(record => record.NrSnapshots > 0)) return source;
        throw new DamoException(isRunning
            ? "nothing was monitored: the run has no kdamond, or ended before its first aggregation"
            : $"{path ?? DefaultRecord}: there is no snapshot in it, allowed: a record with one or more; was DAMON on for at least one aggregation interval?");
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DamoException($"{path}: the file cannot be read: {e.Message}", e);
        }
    }
}
