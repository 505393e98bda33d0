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
    internal IRecordSource Record(string? path) => path is null && RunningRecords is { } running ? running : OpenRecord(path ?? DefaultRecord);

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
