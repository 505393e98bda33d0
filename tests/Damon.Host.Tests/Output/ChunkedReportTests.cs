using System.Collections.Immutable;
using Damon.Host.Output;
using Damon.Scenarios;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Columns;
using Damon.Scenarios.Running;

namespace Damon.Host.Tests.Output;

/// <summary>A report from chunks of results is that from memory, byte by byte, however the run was cut and spread.</summary>
public sealed class ChunkedReportTests
{
    private const string Fleet = """
        run { sample-interval = 200 ms, snapshots = on }
        hosts { web { count = 5 } }
        costs.memory.counts = on
        swap.kind = zswap
        events = [
          { at = 1 s, kind = tune, damo = "damo tune --numa_node 0 --damos_action pageout --damos_action stat" }
          { at = 2 s, kind = stop-kdamond, kdamond = 0 }
          { at = 2500 ms, kind = pause, kdamond = 0 }
        ]
        """;

    public static TheoryData<string> Scenarios =>
    [
        Scratch.SmallScenario,
        Scratch.SmallScenario + Fleet,
        Brief("weighted-interleave.conf", ("15 m", "1 s"), ("30 m", "2 s"), ("45 m", "3 s")),
        Brief("proactive-reclaim-psi.conf") + "\nrun.duration = 3 s\n",
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Chunks_and_scenario_give_the_report(string text)
    {
        using Scratch scratch = new();
        Scenario scenario = ScenarioReader.Load(scratch.Write("scenario.conf", text));
        ImmutableArray<HostOutcome> outcomes = new ScenarioRun(scenario).Run();

        for (int seed = 1; seed <= 3; seed++)
        {
            ImmutableArray<HostOutcome> rebuilt = Rebuild(scenario, outcomes, seed);
            Assert.Equal(Written(scratch, RunReport.Of(scenario, outcomes)), Written(scratch, RunReport.Of(scenario, rebuilt)));
        }
    }

    /// <summary>A scenario of the repository, with other times in it.</summary>
    private static string Brief(string name, params (string Old, string New)[] times)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", name));
        foreach ((string before, string after) in times) text = text.Replace($"= {before}", $"= {after}", StringComparison.Ordinal);
        return text.Replace("include \"", $"include \"{AppContext.BaseDirectory}hocon/", StringComparison.Ordinal);
    }

    /// <summary>Shards of some hosts each, whose results are cut at readings of their own choice.</summary>
    private static ImmutableArray<HostOutcome> Rebuild(Scenario scenario, ImmutableArray<HostOutcome> outcomes, int seed)
    {
        OutcomeBuilder builder = new(scenario);
        foreach (int[] shard in Enumerable.Range(0, outcomes.Length).Chunk(seed))
        {
            for (int from = 0; from < shard.Max(host => outcomes[host].Samples.Length); from += seed + 1)
            {
                builder.AddReadings(ReadingChunk.Write(
                    [.. shard.Select(host => new HostReadings(host, [.. outcomes[host].Samples.Skip(from).Take(seed + 1)]))]));
            }

            builder.AddEndings(EndingChunk.Write([.. shard.Select(host => new HostEnd(host, Ending(outcomes[host])))]));
        }

        return builder.Build();
    }

    private static HostEnding Ending(HostOutcome outcome) => new(outcome.StateHash, outcome.Failure, outcome.Refusals)
    {
        Log = outcome.Log,
        Periods = outcome.Periods,
        IsInterrupted = outcome.IsInterrupted,
    };

    private static string Written(Scratch scratch, RunReport report)
    {
        string folder = scratch["csv"];
        CsvFiles.Prepare(folder).Write(report);
        using MemoryStream json = new();
        JsonReport.Write(report, json);
        string[] files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Assert.True(files.Length >= 4);
        return string.Join('\n', files) + System.Text.Encoding.UTF8.GetString(json.ToArray());
    }
}
