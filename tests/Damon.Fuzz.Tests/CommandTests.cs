using Damon.Fuzz.Tests.Inputs;
using Damon.Fuzz.Tests.Readers;
using Damon.Host.Tests.Console;

namespace Damon.Fuzz.Tests;

/// <summary>The commands themselves, as processes, with files that are made like the readers' inputs.</summary>
public sealed class CommandTests
{
    private const int Inputs = 8;

    private static readonly Dictionary<string, (FuzzedReader Reader, string File, string[] Words)> s_commands = new()
    {
        ["explain a script"] = (new DamoLines(), "line.sh", ["explain"]),
        ["args damon of a document"] = (new Documents(), "document", ["args", "damon", "--kdamonds"]),
        ["config dump"] = (new HoconTexts(), "tree.conf", ["config", "dump"]),
        ["explain a scenario"] = (new ScenarioFiles(), "scenario.conf", ["explain"]),
        ["report access"] = (new Records(), "damon.data", ["report", "access", "--input"]),
        ["replay"] = (new Records(), "damon.data", ["replay"]),
    };

    public static TheoryData<string> Commands() => [.. s_commands.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void End_well_or_with_one_sentence(string command)
    {
        (FuzzedReader reader, string name, string[] words) = s_commands[command];
        string folder = Directory.CreateTempSubdirectory("damon-fuzz-").FullName;
        try
        {
            for (int seed = 0; seed < Inputs; seed++)
            {
                string file = Path.Combine(folder, name);
                File.WriteAllBytes(file, reader.Make(new Dice(seed)));
                AssertEndedWell(DamonProcess.Run([.. words, file]), $"{command}, seed {seed}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertEndedWell(Ended ended, string what)
    {
        Assert.True(ended.Code is 0 or 2, $"{what}: exit code {ended.Code}, {ended.Stderr}");
        Assert.False(ended.Stderr.Contains("   at ", StringComparison.Ordinal), $"{what}: {ended.Stderr}");
        string[] errors = [.. ended.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("damon: note: ", StringComparison.Ordinal))];
        if (ended.Code == 2) Assert.True(errors.Length >= 1 && errors[^1].Length > 10, $"{what}: says only '{ended.Stderr}'");
    }
}
