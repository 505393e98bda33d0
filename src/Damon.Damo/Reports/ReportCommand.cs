using Damon.Damo.CommandLine;
using Damon.Damo.Reports.Access;
using Damon.Damo.Reports.Distributions;
using Damon.Damo.Reports.Heatmaps;
using Damon.Damo.Reports.Kdamonds;

namespace Damon.Damo.Reports;

/// <summary>The command <c>report</c>: prints what damo's reports print, from a record file or a running simulation.</summary>
public static class ReportCommand
{
    private delegate void WriteReport(IReadOnlyList<string> words, ReportInput input, TextWriter output);

    private static readonly (string Name, WriteReport Write)[] _reports =
    [
        ("access", AccessReport.Write), ("damon", KdamondReport.Write), ("heatmap", HeatmapReport.Write), ("wss", WssReport.Write),
        ("record_info", RecordInfoReport.Write), ("nr_regions", RegionCountReport.Write), ("times", TimesReport.Write),
        ("footprints", FootprintReport.Write), ("holistic", HolisticReport.Write),
    ];

    /// <summary>Names of the reports.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _reports.Select(report => report.Name)];

    /// <summary>Prints a report as it reads: the record is never held in memory.</summary>
    /// <param name="argv">The words after <c>report</c>: a report's name and its options.</param>
    /// <param name="input">Files, and what runs.</param>
    /// <param name="output">Where the text goes; lines end with a line feed.</param>
    /// <exception cref="DamoException">An option or a file is wrong; the message is one sentence.</exception>
    public static void Run(IReadOnlyList<string> argv, ReportInput input, TextWriter output)
    {
        if (argv.Count == 0) throw new DamoException($"report: which one is missing; allowed is one of {string.Join(' ', Names)}");
        WriteReport write = Array.Find(_reports, report => report.Name == argv[0]).Write
            ?? throw new DamoException($"report: '{argv[0]}' is not known; allowed is one of {string.Join(' ', Names)}{Spelling.Hint(argv[0], Names)}");
        write([.. argv.Skip(1)], input, output);
    }
}
