using Damon.Host.Output;
using Damon.Scenarios.Results;

namespace Damon.Host.Commands;

/// <summary>What a run's report is written as: a table or JSON on stdout, CSV files, charts.</summary>
internal sealed class RunOutput
{
    /// <summary>The options.</summary>
    public static readonly Option[] Options =
        [new("--format", "table or json"), new("--csv", "a directory"), new("--charts", "a directory"), new("--list-hosts"), new("--per-host")];

    private readonly bool _asJson;
    private readonly HostDetail _detail;
    private readonly CsvFiles? _csv;
    private readonly ChartFiles? _charts;

    /// <summary>Reads the options; directories are made now, so that a long run does not end in an error about them.</summary>
    public RunOutput(Arguments arguments)
    {
        _asJson = arguments.Choice("--format", "table", "json") == "json";
        _detail = arguments.Has("--per-host") ? HostDetail.Tables : arguments.Has("--list-hosts") ? HostDetail.Lines : HostDetail.Summary;
        _csv = arguments.Value("--csv") is { } directory ? CsvFiles.Prepare(directory) : null;
        _charts = arguments.Value("--charts") is { } chartsIn ? ChartFiles.Prepare(chartsIn) : null;
    }

    /// <summary>Writes a report.</summary>
    /// <returns>The exit code that it stands for.</returns>
    public int Write(RunReport report)
    {
        _csv?.Write(report);
        _charts?.Write(report);
        if (_asJson) JsonReport.Write(report, Console.OpenStandardOutput());
        else new TableReport(Terminal.Stdout).Write(report, _detail);
        foreach (HostReport host in report.Hosts)
        {
            if (host.Outcome.Failure is { } failure) Console.Error.WriteLine($"damon: {failure.ReplaceLineEndings(" ")}");
            foreach (string refusal in host.Outcome.Refusals) Console.Error.WriteLine($"damon: {refusal}");
        }

        return report.IsInterrupted ? ExitCode.Interrupted : report.HasFailed ? ExitCode.Failed : ExitCode.Ok;
    }
}
