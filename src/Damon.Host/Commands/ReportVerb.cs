using Damon.Damo.Reports;
using Damon.Host.Output;
using Damon.Scenarios;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Recording;
using Damon.Scenarios.Running;

namespace Damon.Host.Commands;

/// <summary><c>damon report ...</c>: damo's reports of a record, or of a run that is made for it.</summary>
internal static class ReportVerb
{
    private static readonly Option[] s_options = [new("--run", "a scenario"), new("--host", "a host's name"), .. RunCommand.Changes];

    public static int Run(ReadOnlySpan<string> words)
    {
        (string[] own, string[] report) = OwnOptions.Split(words, s_options);
        Arguments arguments = new("report", own, s_options);
        if (arguments.Value("--run") is { } scenario) return OfRun(arguments, scenario, report);
        if (own.Length > 0) throw arguments.Refuse($"{own[0]} is for a run, found none; allowed: --run SCENARIO with it");
        ReportCommand.Run(report, ReportInput.Files, Console.Out);
        Console.Out.Flush();
        return ExitCode.Ok;
    }

    private static int OfRun(Arguments arguments, string file, string[] report)
    {
        ReportCommand.Check(report);
        using Interruption interruption = new();
        Scenario scenario = ScenarioReader.Load(file, RunCommand.Overrides(arguments));
        int host = Host(arguments, scenario);
        foreach (string notice in scenario.Notices) Console.Error.WriteLine($"damon: note: {notice}");
        LiveReports live = new(scenario.Hosts[host].Settings.Name);
        ScenarioRun run = new(scenario) { Built = live.Attach };
        HostOutcome outcome;
        using (ProgressLine line = new(scenario, run.Progress)) outcome = run.Run(interruption: interruption.Token)[host];
        if (outcome.Failure is { } failure) Console.Error.WriteLine($"damon: {failure.ReplaceLineEndings(" ")}");
        ReportCommand.Run(report, live.Input(outcome), Console.Out);
        Console.Out.Flush();
        return outcome.IsInterrupted ? ExitCode.Interrupted : outcome.Failure is not null ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>The index of the host that is reported about.</summary>
    private static int Host(Arguments arguments, Scenario scenario)
    {
        string[] names = [.. scenario.Hosts.Select(host => host.Settings.Name)];
        string? wanted = arguments.Value("--host") ?? (names.Length == 1 ? names[0] : null);
        int index = Array.IndexOf(names, wanted);
        if (index >= 0) return index;
        string known = string.Join(", ", names.Take(8)) + (names.Length > 8 ? ", ..." : "");
        throw arguments.Refuse(wanted is null
            ? $"the scenario has {names.Length} hosts, allowed: --host with one of {known}"
            : $"--host: found '{wanted}', allowed: {known}{Arguments.Hint(wanted, names)}");
    }
}
