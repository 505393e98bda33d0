using System.Text;
using Damon.Damo.Writing;
using Damon.Hocon;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Pasting;

/// <summary>
/// Puts a pasted command on a machine with tenants: two at least, at the cgroups that the command names, each with the same
/// program. What comes of it is an ordinary scenario.
/// </summary>
public static class PastedScenario
{
    /// <summary>What names of masim's configurations end with.</summary>
    public const string MasimExtension = ".cfg";

    private static readonly string[] s_defaultCgroups = ["/workload_a", "/workload_b"];

    /// <summary>The scenario.</summary>
    /// <param name="command">The command.</param>
    /// <param name="machineFile">File with the key <c>machine</c>.</param>
    /// <param name="workloadFile">File with the keys of a workload, or, with the extension .cfg, a masim configuration.</param>
    /// <param name="overrides">What the command line says.</param>
    /// <exception cref="HoconException">Something in the files or the command cannot be simulated.</exception>
    public static Scenario Build(PastedCommand command, string machineFile, string workloadFile, RunOverrides overrides)
    {
        HoconObject root = HoconDocument.Parse(Text(command, machineFile, workloadFile), command.Name);
        return ScenarioReader.Read(root, command.Name, overrides);
    }

    /// <summary>The scenario as the text of a file.</summary>
    public static string Text(PastedCommand command, string machineFile, string workloadFile)
    {
        StringBuilder text = new();
        text.Append($"include required(file({Quoted(machineFile)}))\n");
        text.Append($"define.tenant {{ {Tenant(workloadFile)} }}\n");
        text.Append("cgroups {\n");
        IReadOnlyList<string> named = command.Cgroups;
        foreach (string path in named.Count > 0 ? named : s_defaultCgroups)
            text.Append($"  {Quoted(path)} {{ workloads = [ ${{define.tenant}} ] }}\n");
        text.Append("}\n");
        if (command.Text is { } script) text.Append($"damo = \"\"\"\n{script}\n\"\"\"\n");
        else text.Append(DocumentWriter.Write(command.Invocation.Document, new WriteOptions()).Trim().TrimStart('{').TrimEnd('}')).Append('\n');
        return text.ToString();
    }

    private static string Tenant(string file) =>
        Path.GetExtension(file) == MasimExtension ? $"masim = {Quoted(Path.GetFullPath(file))}" : $"include required(file({Quoted(file)}))";

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
