using System.Collections.Immutable;
using System.Globalization;
using Damon.Hocon.Units;
using Damon.Host.Output;
using Damon.Scenarios;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Recording;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Host.Commands;

/// <summary><c>damon run FILE</c>: runs a scenario and prints what came of it.</summary>
internal static class RunCommand
{
    private const long LongestNs = 365L * 86_400 * 1_000_000_000;

    /// <summary>What every run can be told.</summary>
    public static readonly Option[] Options =
    [
        new("--seed", "a number"),
        new("--duration", "a duration"),
        new("--format", "table or json"),
        new("--csv", "a directory"),
        new("--charts", "a directory"),
        new("--record", "a file"),
    ];

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("run", words, Options);
        string file = arguments.Only("FILE");
        return Run(arguments, overrides => ScenarioReader.Load(file, overrides));
    }

    /// <summary>Runs whatever scenario the arguments lead to.</summary>
    public static int Run(Arguments arguments, Func<RunOverrides, Scenario> read)
    {
        bool asJson = arguments.Choice("--format", "table", "json") == "json";
        using Interruption interruption = new();
        Scenario scenario = read(new RunOverrides(Seed(arguments), Duration(arguments)));
        CsvFiles? csv = arguments.Value("--csv") is { } directory ? CsvFiles.Prepare(directory) : null;
        ChartFiles? charts = arguments.Value("--charts") is { } chartsIn ? ChartFiles.Prepare(chartsIn) : null;
        foreach (string notice in scenario.Notices) Console.Error.WriteLine($"damon: note: {notice}");

        using RunRecording? recording = arguments.Value("--record") is { } record ? new RunRecording(record, scenario) : null;
        ImmutableArray<HostOutcome> outcomes = RunHosts(scenario, recording, interruption.Token);
        foreach (string notice in recording?.Complete(outcomes) ?? []) Console.Error.WriteLine($"damon: note: {notice}");
        RunReport report = RunReport.Of(scenario, outcomes);
        csv?.Write(report);
        charts?.Write(report);
        if (asJson) JsonReport.Write(report, Console.OpenStandardOutput());
        else new TableReport(Terminal.Stdout).Write(report);
        foreach (HostReport host in report.Hosts)
        {
            if (host.Outcome.Failure is { } failure) Console.Error.WriteLine($"damon: {failure.ReplaceLineEndings(" ")}");
            foreach (string refusal in host.Outcome.Refusals) Console.Error.WriteLine($"damon: {refusal}");
        }

        return report.IsInterrupted ? ExitCode.Interrupted : report.HasFailed ? ExitCode.Failed : ExitCode.Ok;
    }

    private static ImmutableArray<HostOutcome> RunHosts(Scenario scenario, RunRecording? recording, CancellationToken interruption)
    {
        ScenarioRun run = new(scenario) { Built = recording is null ? null : recording.Attach };
        using ProgressLine line = new(run);
        return run.Run(interruption: interruption);
    }

    private static ulong? Seed(Arguments arguments)
    {
        if (arguments.Value("--seed") is not { } text) return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
        throw arguments.Refuse($"--seed: found '{text}', allowed: a whole number, 0..{ulong.MaxValue}");
    }

    private static ulong? Duration(Arguments arguments)
    {
        if (arguments.Value("--duration") is not { } text) return null;
        bool hasUnit = text.Length > 0 && char.IsAsciiLetter(text[^1]);
        if (hasUnit && HoconDuration.TryParseExact(text, out long ns) && ns is >= 1_000_000 and <= LongestNs && ns % 1_000 == 0)
            return (ulong)ns / 1_000;
        throw arguments.Refuse($"--duration: found '{text}', allowed: a time with its unit such as 90s, 15m or 1h, 1 ms..365 d");
    }
}
