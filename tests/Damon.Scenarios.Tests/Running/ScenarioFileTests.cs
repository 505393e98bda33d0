using System.Collections.Immutable;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Every scenario of the repository is read without error and runs to the same bits twice.</summary>
public sealed class ScenarioFileTests
{
    private const ulong BriefUs = 4_000_000;

    internal static string Folder => Path.Combine(AppContext.BaseDirectory, "hocon");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.conf").Select(Path.GetFileName).OfType<string>()
        .Where(name => name != Reference.FileName).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_read_and_runs_to_the_same_bits_twice(string file)
    {
        Scenario whole = ScenarioReader.Load(Path.Combine(Folder, file));
        Scenario brief = whole with { Run = whole.Run with { DurationUs = BriefUs } };
        ImmutableArray<HostOutcome> one = new ScenarioRun(brief).Run(1);

        Assert.All(one, host => Assert.Null(host.Failure));
        Assert.Equal(one.Select(host => host.StateHash), new ScenarioRun(brief).Run(1).Select(host => host.StateHash));
    }
}
