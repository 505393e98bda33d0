using System.Text;
using System.Text.Json;
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

    [Fact]
    public void Huge_pages_are_in_the_tables_and_in_the_document()
    {
        // Half of the pages are touched, so that the other half of 16 MiB is bloat.
        RunReport report = Report("""
            thp.enabled = always
            costs.memory { counts = on, tlb { counts = on, entries = 1 } }
            cgroups."/a".workloads = [ { kind = heat-bands, size = 16 MiB, name = app, bands = [ { size = 16 MiB, period = 1 s, one-in = 2 } ] } ]
            """);
        string row = Tables(report, isRich: false).Split('\n').Single(line => line.Contains("| app ", StringComparison.Ordinal));
        Assert.Equal(
            ["host", "app", "16.0 MiB", "8.00 MiB", "8.00 MiB", "16.0 MiB", "8", "0", "0", "8.8 ns"],
            row.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(10));

        JsonElement pages = JsonDocument.Parse(Json(report)).RootElement.GetProperty("hosts")[0].GetProperty("huge_pages")[0];
        Assert.Equal("app", pages.GetProperty("process").GetString());
        Assert.Equal(
            [16UL << 20, 8UL << 20, 8UL << 20, 16UL << 20, 8],
            ((string[])["resident_bytes", "touched_bytes", "bloat_bytes", "huge_bytes", "thp_faults"]).Select(name => pages.GetProperty(name).GetUInt64()));
        Assert.Equal(8.75, pages.GetProperty("walk_ns_per_access").GetDouble());
        Assert.InRange(pages.GetProperty("saved_ns_per_access").GetDouble(), 21, 21.3);
        Assert.True(pages.GetProperty("tenant_slowdown").GetDouble() > 1.08);
    }

    [Fact]
    public void Bandwidth_between_changes_is_in_the_tables_and_in_the_document()
    {
        // 4096 pages, a line of each 250 times a second, all on node 0, where the weights want them.
        RunReport report = Report("""
            costs.memory.counts = on
            machine.nodes = [ { size = 64 MiB, bandwidth = 125 MiB }, { size = 64 MiB } ]
            cgroups."/a".workloads = [ { kind = heat-bands, size = 16 MiB, name = app, pid = 100, bands = [ { size = 16 MiB, period = 4 ms } ] } ]
            damo = "damo start --ops vaddr --target_pid 100 --damos_action migrate_hot 0 3 1 0"
            """);
        string[][] rows = [.. Tables(report, isRich: false).Split('\n').SkipWhile(line => !line.StartsWith("bandwidth", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        Assert.Equal(["node", "from", "to", "in use/s", "of", "use", "of all traffic", "by weights", "off by"], rows[2]);
        Assert.Equal(["0 (dram)", "0 s", "4 s", "62.5 MiB", "125 MiB", "50.00%", "100.00%", "100.00%", "0.00%"], rows[4]);
        Assert.Equal(["1 (dram)", "0 s", "4 s", "0 B", "186 GiB", "0.00%", "0.00%", "0.00%", "0.00%"], rows[5]);

        JsonElement period = JsonDocument.Parse(Json(report)).RootElement.GetProperty("hosts")[0].GetProperty("periods")[0];
        JsonElement node = period.GetProperty("nodes")[0];
        Assert.Equal(2, period.GetProperty("nodes").GetArrayLength());
        Assert.Equal(
            [0, 65_536_000, 125 << 20, 50, 100, 100],
            ((string[])["node", "bytes_per_second", "bandwidth_bytes_per_second", "bandwidth_use_percent", "traffic_percent", "weight_percent"])
                .Select(name => node.GetProperty(name).GetDouble()));
    }

    [Fact]
    public void A_report_says_nothing_of_what_a_host_does_not_have()
    {
        RunReport report = Report();
        Assert.DoesNotContain("bandwidth", Tables(report, isRich: false), StringComparison.Ordinal);
        Assert.DoesNotContain("huge pages", Tables(report, isRich: false), StringComparison.Ordinal);
        Assert.Contains("\"huge_pages\": []", Json(report), StringComparison.Ordinal);
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
