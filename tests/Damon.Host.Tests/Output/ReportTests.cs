using System.Text;
using Damon.Host.Output;
using Damon.Scenarios;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Host.Tests.Output;

/// <summary>What is printed about a run, in each format.</summary>
public sealed class ReportTests
{
    [Fact]
    public void Plain_tables_have_no_escapes_and_rich_ones_have_the_same_words()
    {
        RunReport report = Report();
        string plain = Tables(report, isRich: false);

        Assert.DoesNotContain('\u001b', plain);
        Assert.DoesNotContain("…", plain, StringComparison.Ordinal);
        foreach (string word in (string[])["/a", "6.20 MiB (9.69%)", "migrate_cold 1", "state hash"])
        {
            Assert.Contains(word, plain, StringComparison.Ordinal);
            Assert.Contains(word, Tables(report, isRich: true), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_host_that_was_never_read_is_reported_without_numbers()
    {
        Scenario scenario = Read("");
        RunReport report = RunReport.Of(scenario, [new HostOutcome(scenario.Hosts[0], [], null, "no memory", [], false)]);

        Assert.Contains("failed: 1 of 1 hosts", Tables(report, isRich: false), StringComparison.Ordinal);
        Assert.Contains("\"failure\": \"no memory\"", Json(report), StringComparison.Ordinal);
        Assert.Contains("\"state_hash\": null", Json(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_a_line_of_time_speed_and_shares()
    {
        Scenario scenario = Read("");
        FleetRun run = new(new Fleet(scenario));
        run.Run(1);
        string line = ProgressLine.Text(scenario, run.Progress, 0.5);

        Assert.StartsWith("4 s of 4 s  8 x real time  /a ", line, StringComparison.Ordinal);
        Assert.EndsWith(" of 9.69%", line, StringComparison.Ordinal);
    }

    private static Scenario Read(string more)
    {
        using Scratch scratch = new();
        return ScenarioReader.Load(scratch.Write("small.conf", Scratch.SmallScenario + more));
    }

    private static RunReport Report(string more = "")
    {
        Scenario scenario = Read(more);
        return RunReport.Of(scenario, new ScenarioRun(scenario).Run(1));
    }

    private static string Tables(RunReport report, bool isRich)
    {
        using StringWriter writer = new();
        new TableReport(Terminal.For(writer, isRich)).Write(report);
        return writer.ToString();
    }

    private static string Json(RunReport report)
    {
        using MemoryStream stream = new();
        JsonReport.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
