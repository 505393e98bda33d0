using Damon.Damo.Environment;
using Damon.Scenarios;
using Damon.Scenarios.Pasting;

namespace Damon.Host.Commands;

/// <summary><c>damon damo start ...</c>: runs a pasted damo command, or a script with one, on a machine with tenants.</summary>
internal static class DamoRunCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        (string[] own, string[] damo) = OwnOptions.Split(words, RunCommand.Options.Concat(s_options));
        Arguments arguments = new("damo", own, [.. RunCommand.Options, .. s_options]);
        if (damo.Length == 0) throw arguments.Refuse("needs damo's words or a script, found nothing; allowed: start OPTION..., or a file");
        PastedCommand command = PastedCommand.Read(damo, DamoEnvironment.Default with { Files = new DiskFiles() });
        string machine = ProjectFiles.Named(arguments, "--machine", "cover-letter", "hocon/machines", ".conf");
        string workload = ProjectFiles.Named(arguments, "--workload", "cover-letter", "hocon/workloads", ".conf", PastedScenario.MasimExtension);
        return RunCommand.Run(arguments, overrides => PastedScenario.Capture(command, machine, workload, overrides));
    }

    private static readonly Option[] s_options = [new("--machine", "a name or a file"), new("--workload", "a name or a file")];
}
