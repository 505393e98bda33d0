using System.Text;
using Damon.Hocon;
using Damon.Scenarios.Bundles;
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
    /// <param name="workloadFile">File with the keys of a workload (.conf), a masim configuration (.cfg), or a record of damo (any other name).</param>
    /// <param name="overrides">What the command line says.</param>
    /// <exception cref="HoconException">Something in the files or the command cannot be simulated.</exception>
    public static Scenario Build(PastedCommand command, string machineFile, string workloadFile, RunOverrides overrides)
    {
        HoconObject root = HoconDocument.Parse(Text(command, machineFile, workloadFile), command.Name);
        return ScenarioReader.Read(root, command.Name, overrides);
    }

    /// <summary>The scenario, with all that it was read from.</summary>
    /// <exception cref="HoconException">As for <see cref="Build"/>.</exception>
    public static (ScenarioBundle Bundle, Scenario Scenario) Capture(
        PastedCommand command, string machineFile, string workloadFile, RunOverrides overrides) =>
        ScenarioBundle.CaptureText(Text(command, machineFile, workloadFile), command.Name, overrides);

    /// <summary>The scenario as the text of a file.</summary>
    public static string Text(PastedCommand command, string machineFile, string workloadFile)
    {
        StringBuilder text = new();
        text.Append($"include required(file({HoconText.Quoted(machineFile)}))\n");
        text.Append($"define.tenant {{ {Tenant(workloadFile)} }}\n");
        text.Append("cgroups {\n");
        IReadOnlyList<string> named = command.Cgroups;
        foreach (string path in named.Count > 0 ? named : s_defaultCgroups)
            text.Append($"  {HoconText.Quoted(path)} {{ workloads = [ ${{define.tenant}} ] }}\n");
        text.Append("}\n");
        text.Append(HoconText.Damo(command));
        return text.ToString();
    }

    private static string Tenant(string file) => Path.GetExtension(file) switch
    {
        MasimExtension => $"masim = {HoconText.Quoted(Path.GetFullPath(file))}",
        ".conf" or ".json" or ".properties" => $"include required(file({HoconText.Quoted(file)}))",
        _ => $"replay = {HoconText.Quoted(Path.GetFullPath(file))}",
    };
}
