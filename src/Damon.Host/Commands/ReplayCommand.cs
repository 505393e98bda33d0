using System.Globalization;
using Damon.Damo.Environment;
using Damon.Scenarios.Pasting;
using Damon.Scenarios.Replaying;

namespace Damon.Host.Commands;

/// <summary><c>damon replay FILE</c>: runs a record of damo as a workload, under the monitoring of the record or another damo command.</summary>
internal static class ReplayCommand
{
    private static readonly Option[] s_options =
    [
        new("--machine", "a name or a file"), new("--kdamond_idx", "a number"), new("--context_idx", "a number"), new("--scheme_idx", "a number"),
        new("--tid", "a number"),
    ];

    public static int Run(ReadOnlySpan<string> words)
    {
        (string[] own, string[] others) = OwnOptions.Split(words, RunCommand.Options.Concat(s_options));
        Arguments arguments = new("replay", own, [.. RunCommand.Options, .. s_options]);
        if (others.Length == 0) throw arguments.Refuse("needs a record of damo, found nothing; allowed: FILE, and after it a damo command to run on it");
        if (others[0].StartsWith('-')) throw arguments.UnknownOption(others[0]);
        RecordChoice choice = new(
            Index(arguments, "--kdamond_idx"), Index(arguments, "--context_idx"), Index(arguments, "--scheme_idx"), Index(arguments, "--tid"));
        ReplayScenario replay = ReplayScenario.Open(others[0], choice);
        string? machine = arguments.Value("--machine") is null ? null : ProjectFiles.Named(arguments, "--machine", "", "hocon/machines", ".conf");
        PastedCommand? command = others.Length == 1
            ? null
            : PastedCommand.Read(others[1..], DamoEnvironment.Default with { Files = new DiskFiles() });
        return RunCommand.Run(arguments, overrides => replay.Capture(machine, command, overrides));
    }

    private static long? Index(Arguments arguments, string option)
    {
        if (arguments.Value(option) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return index;
        throw arguments.Refuse($"{option}: found '{text}', allowed: a whole number, 0..{int.MaxValue}");
    }
}
