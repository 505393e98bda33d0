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
        string machine = Named(arguments, "--machine", "hocon/machines", ".conf");
        string workload = Named(arguments, "--workload", "hocon/workloads", ".conf", PastedScenario.MasimExtension);
        return RunCommand.Run(arguments, overrides => PastedScenario.Build(command, machine, workload, overrides));
    }

    private static readonly Option[] s_options = [new("--machine", "a name or a file"), new("--workload", "a name or a file")];

    /// <summary>A file by its path, or by its name below a folder of the project.</summary>
    private static string Named(Arguments arguments, string option, string folder, params string[] extensions)
    {
        string name = arguments.Value(option) ?? "cover-letter";
        if (File.Exists(name)) return Path.GetFullPath(name);
        string directory = ProjectFiles.Find(folder);
        string[] files = [.. extensions.SelectMany(extension => Directory.EnumerateFiles(directory, $"*{extension}")).Order(StringComparer.Ordinal)];
        if (Array.Find(files, file => name == Path.GetFileNameWithoutExtension(file) || name == Path.GetFileName(file)) is { } found) return found;
        string[] known = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        throw arguments.Refuse($"{option}: found '{name}', allowed: a file, or {string.Join(", ", known)}{Arguments.Hint(name, known)}");
    }
}
