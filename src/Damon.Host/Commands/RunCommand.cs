using System.Globalization;
using Damon.Hocon.Units;
using Damon.Host.Commands.Store;
using Damon.Host.Output;
using Damon.Node;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Recording;
using Damon.Scenarios.Results;

namespace Damon.Host.Commands;

/// <summary><c>damon run FILE</c>: runs a scenario and prints what came of it.</summary>
internal static class RunCommand
{
    private const long LongestNs = 365L * 86_400 * 1_000_000_000;

    /// <summary>What can be changed of a scenario.</summary>
    public static readonly Option[] Changes = [new("--seed", "a number"), new("--duration", "a duration")];

    /// <summary>What every run can be told.</summary>
    public static readonly Option[] Options =
        [.. Changes, new("--record", "a file"), .. RunOutput.Options, .. KeptRun.Options];

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("run", words, Options);
        string file = arguments.Only("FILE");
        return Run(arguments, overrides => ScenarioBundle.Capture(file, overrides));
    }

    /// <summary>What the arguments change of a scenario.</summary>
    public static RunOverrides Overrides(Arguments arguments) => new(Seed(arguments), Duration(arguments));

    /// <summary>Runs whatever scenario the arguments lead to.</summary>
    public static int Run(Arguments arguments, Func<RunOverrides, (ScenarioBundle Bundle, Scenario Scenario)> read)
    {
        // First of all: who sees one of the run's files may want to stop it already.
        using Interruption interruption = new();
        StoreAddress address = StoreAddress.Read(arguments.Value("--store"));
        if (arguments.Has("--nodes") && address.Kind == StoreKind.None) throw arguments.Refuse("--nodes: worker processes need a store to share, found --store none");
        (ScenarioBundle bundle, Scenario scenario) = read(Overrides(arguments));
        RunOutput output = new(arguments);
        foreach (string notice in scenario.Notices) Console.Error.WriteLine($"damon: note: {notice}");
        if (arguments.Has("--record") && arguments.Has("--store") && address.Kind != StoreKind.None)
            throw arguments.Refuse("--record: a recorded run is not kept, allowed: only with --store none");
        return address.Kind == StoreKind.None || arguments.Has("--record")
            ? RunAlone(arguments, scenario, output, interruption.Token)
            : KeptRun.Submit(arguments, address, bundle, scenario, output, interruption.Token);
    }

    /// <summary>Runs in this process, and keeps nothing.</summary>
    private static int RunAlone(Arguments arguments, Scenario scenario, RunOutput output, CancellationToken stop)
    {
        using RunRecording? recording = arguments.Value("--record") is { } record ? new RunRecording(record, scenario) : null;
        FleetRun run = new(new Fleet(scenario) { Built = recording is null ? null : recording.Attach });
        FleetOutcome outcome;
        using (ProgressLine line = new(scenario, run.Progress)) outcome = run.Run(KeptRun.Threads(arguments), interruption: stop);
        foreach (string notice in recording?.Complete(outcome.Hosts) ?? []) Console.Error.WriteLine($"damon: note: {notice}");
        return output.Write(RunReport.Of(scenario, outcome));
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
