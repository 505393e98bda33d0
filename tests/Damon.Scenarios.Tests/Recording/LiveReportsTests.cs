using Damon.Damo.Reports;
using Damon.Scenarios.Recording;
using Damon.Scenarios.Running;
using Damon.Scenarios.Tests.Replaying;

namespace Damon.Scenarios.Tests.Recording;

public sealed class LiveReportsTests
{
    private const string Two = """
        run { duration = 4 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ]
        cgroups."/a".workload = { kind = phased-regions, size = 48 MiB, dwell = 1 s, fallback = 1 }
        damo = "damo start --numa_node 0 --numa_node 1 --nr_targets 1 1 --nr_ctxs 1 1 --nr_schemes 1 1 --ops paddr --ops paddr --damos_action stat --damos_action migrate_hot 0 --damos_quota_interval 1s --damos_quota_interval 1s --damos_quota_space 4M --damos_quota_space 8M"
        """;

    [Theory]
    [InlineData("access --input_file FILE", "access")]
    [InlineData("access --style hot --input_file FILE", "access --style hot")]
    [InlineData("access --json --input_file FILE", "access --json")]
    [InlineData("access --raw_form --input_file FILE", "access --raw_form")]
    [InlineData("heatmap --resol 5 40 --input FILE", "heatmap --resol 5 40")]
    [InlineData("wss --input FILE", "wss")]
    [InlineData("nr_regions --input FILE", "nr_regions")]
    [InlineData("record_info --input FILE", "record_info")]
    [InlineData("footprints --input FILE.mem_footprint", "footprints")]
    [InlineData("holistic --access_pattern FILE", "holistic")]
    public void They_are_those_of_the_recorded_run_to_the_byte(string recorded, string live)
    {
        Scenario scenario = Small.ReadAlone(Two);
        using Recorded record = Recorded.Of(scenario);
        Assert.Equal(
            Report(recorded.Replace("FILE", record.File, StringComparison.Ordinal), ReportInput.Files), Report(live, Live(scenario)));
    }

    [Fact]
    public void Schemes_show_what_they_did_and_what_they_were_tried_on()
    {
        ReportInput input = Live(Small.ReadAlone(Two));
        string damon = Report("damon", input);
        Assert.Contains("state: on", damon, StringComparison.Ordinal);

        // Without a goal the effective quota is the quota.
        Assert.Contains("0 ns / 4.000 MiB / 4.000 MiB per 1 s", damon, StringComparison.Ordinal);
        Assert.NotEmpty(input.Running![0].Scheme(0, 0).TriedRegions);
        Assert.InRange(input.Running[0].Scheme(0, 0).TriedRegions.Sum(region => (long)region.Size), 4096, 64 << 20);
        Assert.All(input.Running[0].Scheme(0, 0).TriedRegions, region => Assert.InRange(region.PassedBytes, 0UL, region.Size));
        Assert.Contains("nr_tried: ", Report("damon --damos_stats", input), StringComparison.Ordinal);
        Assert.Contains("scheme stats", Report("access --tried_regions_of 0 0 0", input), StringComparison.Ordinal);
    }

    private static ReportInput Live(Scenario scenario)
    {
        LiveReports live = new(scenario.Hosts[0].Settings.Name);
        return live.Input(new ScenarioRun(scenario) { Built = live.Attach }.Run()[0]);
    }

    private static string Report(string line, ReportInput input)
    {
        using StringWriter output = new();
        ReportCommand.Run(line.Split(' '), input, output);
        return output.ToString();
    }
}
