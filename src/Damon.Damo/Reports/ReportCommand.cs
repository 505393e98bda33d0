using Damon.Damo.CommandLine;
using Damon.Damo.Reports.Access;
using Damon.Damo.Reports.Distributions;
using Damon.Damo.Reports.Heatmaps;
using Damon.Damo.Reports.Kdamonds;

namespace Damon.Damo.Reports;

/// <summary>The command <c>report</c>: prints what damo's reports print, from a record file or a running simulation.</summary>
public static class ReportCommand
{
    private delegate void WriteReport(ReportArguments arguments, ReportInput input, TextWriter output);

    private sealed record Report(string Name, IReadOnlyList<ReportOption> Options, WriteReport Write);

    private static readonly Report[] _reports =
    [
        new("access", AccessReport.Options, AccessReport.Write),
        new("damon", KdamondReport.Options, KdamondReport.Write),
        new("heatmap", HeatmapReport.Options, HeatmapReport.Write),
        new("wss", SnapshotSeries.Options, WssReport.Write),
        new("record_info", RecordInfoReport.Options, RecordInfoReport.Write),
        new("nr_regions", SnapshotSeries.Options, RegionCountReport.Write),
        new("times", TimesReport.Options, TimesReport.Write),
        new("footprints", FootprintReport.Options, FootprintReport.Write),
        new("holistic", HolisticReport.Options, HolisticReport.Write),
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
        (Report report, ReportArguments arguments) = Parse(argv);
        report.Write(arguments, input, output);
    }

    /// <summary>Checks the words, before anything that takes long is done for the report.</summary>
    /// <param name="argv">The words after <c>report</c>.</param>
    /// <exception cref="DamoException">There is no such report, or it has no such option.</exception>
    public static void Check(IReadOnlyList<string> argv) => Parse(argv);

    private static (Report Report, ReportArguments Arguments) Parse(IReadOnlyList<string> argv)
    {
        if (argv.Count == 0) throw new DamoException($"report: which one is missing; allowed is one of {string.Join(' ', Names)}");
        Report report = Array.Find(_reports, one => one.Name == argv[0])
            ?? throw new DamoException($"report: '{argv[0]}' is not known; allowed is one of {string.Join(' ', Names)}{Spelling.Hint(argv[0], Names)}");
        return (report, ReportArguments.Parse(report.Name, [.. argv.Skip(1)], report.Options));
    }
}
