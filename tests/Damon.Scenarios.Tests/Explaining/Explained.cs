using Damon.Damo;
using Damon.Damo.Environment;
using Damon.Damo.Scripts;
using Damon.Scenarios.Explaining;
using Damon.Scenarios.Explaining.Traps;

namespace Damon.Scenarios.Tests.Explaining;

/// <summary>Short ways to explain lines in tests.</summary>
internal static class Explained
{
    private const ulong MiB = 1 << 20;

    /// <summary>Node 0 [64 MiB, 128 MiB), node 1 [128 MiB, 192 MiB).</summary>
    internal static KnownMachine SmallMachine { get; } =
        new(new SystemRam([new RamRange(0, 64 * MiB, 128 * MiB), new RamRange(1, 128 * MiB, 192 * MiB)]), []);

    internal static Explanation Line(string options, KnownMachine? machine = null) =>
        Script("damo start " + options, machine ?? SmallMachine);

    internal static Explanation Script(string text, KnownMachine machine) =>
        Explanation.Of(Configuration.Of(Parse(text, machine), machine));

    internal static DamoInvocation Parse(string text, KnownMachine machine) =>
        DamoScript.Read(text, "script").Parse(DamoEnvironment.Default with { SystemRam = machine.Ram });

    /// <summary>
    /// A line has one finding, of the named trap and with options that stand on it; the corrected line has the finding's options
    /// instead, and is without any finding.
    /// </summary>
    internal static Finding Corrects(string trap, string line, string corrected, KnownMachine? machine = null)
    {
        Finding finding = Assert.Single(Line(line, machine).Findings, found => found.Trap == trap);
        Assert.Contains(finding.Found, line);
        Assert.Contains(finding.Corrected, corrected);
        Assert.Empty(Line(corrected, machine).Findings);
        return finding;
    }

    /// <summary>A file of the published series.</summary>
    internal static string Series(string name) => TestFile("Damon.Damo.Tests", "Series", name);

    /// <summary>A file of the repository's tests.</summary>
    internal static string TestFile(params string[] path)
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine([directory, "tests", .. path])))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("the repository's tests are not above "
                + "the test program");
        return File.ReadAllText(Path.Combine([directory, "tests", .. path]));
    }
}
