using System.Globalization;
using System.Reflection;
using Damon.Actors.Hosts;
using Damon.Damo;
using Damon.Hocon;
using Damon.Model;
using Damon.Scenarios;

namespace Damon.Node;

/// <summary>
/// Which code a process runs: a hash over the identities that the compiler gave its assemblies. Nodes of another version
/// do not take part in a run, as they might compute other bits (the cluster protocol, rule 9).
/// </summary>
public static class CodeVersion
{
    // From reading a scenario's text to the last bit of its results.
    private static readonly Assembly[] s_assemblies =
    [
        typeof(Bytes).Assembly, typeof(SimulatedHost).Assembly, typeof(DamoException).Assembly, typeof(HoconException).Assembly, typeof(Scenario).Assembly,
        typeof(CodeVersion).Assembly,
    ];

    private const string MarkVariable = "DAMON_CODE_VERSION";

    /// <summary>This process's version: 16 hex digits, and what the environment variable DAMON_CODE_VERSION adds (for tests of an upgrade).</summary>
    public static string Current { get; } = Compute();

    private static string Compute()
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (Assembly assembly in s_assemblies)
        {
            foreach (byte one in assembly.ManifestModule.ModuleVersionId.ToByteArray()) hash = (hash ^ one) * 0x100000001b3;
        }

        string mark = Environment.GetEnvironmentVariable(MarkVariable) is { Length: > 0 } text ? $"-{text}" : "";
        return hash.ToString("x16", CultureInfo.InvariantCulture) + mark;
    }
}
