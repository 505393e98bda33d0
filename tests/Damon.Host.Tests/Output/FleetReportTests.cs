using System.Text.Json;
using Damon.Host.Output;
using Damon.Scenarios;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Fleets;

namespace Damon.Host.Tests.Output;

/// <summary>What is printed about many hosts: one page, a line for each, or all of each.</summary>
public sealed class FleetReportTests
{
    /// <summary>Six hosts in two templates, a goal over all of them, and a pool.</summary>
    private const string Text = """
        run { duration = 8 s, sample-interval = 1 s, window = 3 }
        machine { page-size = 64 KiB, nodes = [ { size = 16 MiB }, { size = 32 MiB, tier = cxl, pooled = on, at-start = 8 MiB } ] }
        costs.memory.counts = on
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal user_input 9990 0 --damos_quota_space 2M --damos_quota_goal_tuner temporal"
        hosts {
          web { count = 4, cgroups."/a".workloads = [ { kind = uniform, size = { draw = uniform, from = 14 MiB, to = 20 MiB }, rate = 2, fallback = 1 } ], targets."/a".share = 75% }
          db { count = 2, cgroups."/b".workloads = [ { kind = phased-regions, size = 15 MiB, dwell = 2 s, phase = { draw = uniform, from = 0 s, to = 8 s }, fallback = 1 } ] }
        }
        fleet {
          goals.speed { metric = speed, every = 2 s }
          pool { size = 80 MiB, chunk = 4 MiB, check-every = 2 s, borrow-below = 6 MiB, return-above = 16 MiB }
        }
        """;

    private static readonly Lazy<RunReport> s_report = new(() => Run(Text));

    [Fact]
    public void A_fleet_is_one_page()
    {
        const string Expected = """
            fleet: 8 s of virtual time, 6 hosts

            /fleet/goals/speed
            +----------------------------------------------+
            |  at |    value |    least | greatest | hosts |
            |-----+----------+----------+----------+-------|
            | 3 s | 6975.050 | 5510.612 | 9672.349 |     6 |
            | 5 s | 7192.755 | 5967.570 | 9651.733 |     6 |
            | 7 s | 5773.772 | 4545.248 | 6803.797 |     6 |
            +----------------------------------------------+

            /fleet/pool
            +-----------------------------------------------------------+
            |  at |     lent |     free | borrowers | grants | refusals |
            |-----+----------+----------+-----------+--------+----------|
            | 0 s | 48.0 MiB | 32.0 MiB |         6 |      0 |        0 |
            | 2 s | 52.0 MiB | 28.0 MiB |         6 |      1 |        0 |
            | 4 s | 76.0 MiB | 4.00 MiB |         6 |      7 |        0 |
            | 6 s | 80.0 MiB |      0 B |         6 |      8 |        3 |
            +-----------------------------------------------------------+

            figures over the hosts of a template, and the host that has the greatest
            +---------------------------------------------------------------------------------------------+
            | hosts | figure                 |     of |    least |   median |      99% | greatest | on    |
            |-------+------------------------+--------+----------+----------+----------+----------+-------|
            | web   | migrated               | 4 of 4 | 5.31 MiB | 6.56 MiB | 6.88 MiB | 6.88 MiB | web-0 |
            | web   | slowdown of /a         | 4 of 4 |    1.516 |    1.570 |    1.597 |    1.597 | web-3 |
            | web   | /a on node 0 converged | 1 of 4 |      3 s |      3 s |      3 s |      3 s | web-1 |
            | db    | migrated               | 2 of 2 | 9.00 MiB | 9.00 MiB | 11.5 MiB | 11.5 MiB | db-1  |
            | db    | slowdown of /b         | 2 of 2 |    2.078 |    2.078 |    2.182 |    2.182 | db-1  |
            +---------------------------------------------------------------------------------------------+
            hosts that do worst
            +--------------------------------------------------------------------------+
            | host  | slowdown | migrated | reclaimed | targets met | state hash       |
            |-------+----------+----------+-----------+-------------+------------------|
            | db-1  |    2.182 | 11.5 MiB |       0 B |           - | e2de9aa3ee9c31f5 |
            | db-0  |    2.078 | 9.00 MiB |       0 B |           - | 7dd071134af5d463 |
            | web-3 |    1.597 | 6.63 MiB |       0 B |      0 of 1 | af60e56cfb8cbfa9 |
            | web-1 |    1.580 | 5.31 MiB |       0 B |      1 of 1 | 61d73fc2c0b4785b |
            | web-0 |    1.570 | 6.88 MiB |       0 B |      0 of 1 | ee02ce0d434ea921 |
            +--------------------------------------------------------------------------+
            (--list-hosts: a line for each host; --per-host: all tables of each; --format json and --csv DIR have both)

            not converged: 1 of 4 targets on 6 hosts
            seed 1, digest 8c50434fa6e7af06
            """;

        Assert.Equal(Expected, Tables(HostDetail.Summary).TrimEnd('\n'));
    }

    [Fact]
    public void A_line_for_each_host_is_there_on_request()
    {
        string text = Tables(HostDetail.Lines);

        foreach (string host in (string[])["web-0", "web-1", "web-2", "web-3", "db-0", "db-1"])
            Assert.Contains($"| {host} ", text[text.IndexOf("all hosts", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("host web-3\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_tables_of_each_host_are_there_on_request()
    {
        string text = Tables(HostDetail.Tables);

        foreach (string host in (string[])["web-0", "web-1", "web-2", "web-3", "db-0", "db-1"])
            Assert.Contains($"host {host}\n", text, StringComparison.Ordinal);
        Assert.Contains("state hash of db-1 ", text, StringComparison.Ordinal);
        Assert.Contains("figures over the hosts of a template", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_whole_courses_and_the_spreads()
    {
        using MemoryStream stream = new();
        JsonReport.Write(s_report.Value, stream);
        using JsonDocument json = JsonDocument.Parse(stream.ToArray());

        JsonElement goal = json.RootElement.GetProperty("courses")[0];
        Assert.Equal("/fleet/goals/speed", goal.GetProperty("name").GetString());
        Assert.Equal([3, 5, 7], goal.GetProperty("readings").EnumerateArray().Select(reading => reading.GetProperty("at_s").GetInt32()));
        Assert.All(goal.GetProperty("readings").EnumerateArray(), reading => Assert.Equal(6, reading.GetProperty("hosts").GetInt32()));
        JsonElement migrated = json.RootElement.GetProperty("spreads").EnumerateArray().First(one => one.GetProperty("hosts").GetString() == "db");
        Assert.Equal("migrated", migrated.GetProperty("figure").GetString());
        Assert.Equal(2, migrated.GetProperty("count").GetInt32());
        Assert.Equal(5, json.RootElement.GetProperty("worst_hosts").GetArrayLength());
    }

    [Fact]
    public void Tenants_that_come_and_go_have_a_course_and_a_row_for_each_kind()
    {
        const string More = """

            run { duration = 12 s }
            hosts.web.tenant-slots = 2
            fleet.tenants {
              kinds { idle { workload { kind = uniform, size = 2 MiB, rate = 0, fallback = 1 }, lifetime = 3 s }, busy.workload { kind = uniform, size = 2 MiB, fallback = 1 } }
              arrivals = [ { at = 0 s, kind = idle }, { at = 0 s, kind = busy }, { at = 4 s, kind = idle, lifetime = 1 h } ]
              check-every = 4 s, admit-within = 2 s, drains = [ { hosts = web-0, from = 5 s } ]
            }
            """;
        const string Expected = """
            /fleet/tenants
            +------------------------------------------------------------------------------------+
            |  at | arrived | waiting | placed | moving | finished | refused | moves | sent back |
            |-----+---------+---------+--------+--------+----------+---------+-------+-----------|
            | 0 s |       2 |       0 |      2 |      0 |        0 |       0 |     0 |         0 |
            | 4 s |       3 |       0 |      3 |      0 |        0 |       0 |     0 |         0 |
            | 8 s |       3 |       0 |      2 |      0 |        1 |       0 |     1 |         0 |
            +------------------------------------------------------------------------------------+
            +-------------------------------------------------------------------------------------------------------------------+
            | at the end | arrived | waiting | placed | finished | refused | moves | slowdown p50 | slowdown p99 | slowdown max |
            |------------+---------+---------+--------+----------+---------+-------+--------------+--------------+--------------|
            | idle       |       2 |       0 |      1 |        1 |       0 |     0 |            0 |            0 |            0 |
            | busy       |       1 |       0 |      1 |        0 |       0 |     1 |        2.200 |        2.200 |        2.200 |
            +-------------------------------------------------------------------------------------------------------------------+
            """;
        string text = Tables(HostDetail.Summary, Run(Text + More));
        int begin = text.IndexOf("/fleet/tenants", StringComparison.Ordinal);

        Assert.Equal(Expected, text[begin..text.IndexOf("\n\n", begin, StringComparison.Ordinal)]);
        Assert.DoesNotContain("slowdown of /tenant-0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_host_is_the_one_that_is_slowed_down_most()
    {
        FleetSummary summary = FleetSummary.Of(s_report.Value);

        Assert.Equal(summary.Hosts.Max(host => host.Slowdown), summary.Worst[0].Slowdown);
        Assert.Equal(summary.Worst.Select(host => host.Slowdown), summary.Worst.Select(host => host.Slowdown).OrderDescending());
    }

    [Fact]
    public void A_host_that_failed_is_the_worst_of_all()
    {
        RunReport report = s_report.Value;
        HostReport failed = report.Hosts[3] with { Outcome = report.Hosts[3].Outcome with { Samples = [], StateHash = null, Failure = "no memory" }, Aims = [] };
        RunReport broken = report with { Hosts = report.Hosts.SetItem(3, failed) };
        string text = Tables(HostDetail.Summary, broken);

        Assert.Equal("web-3", FleetSummary.Of(broken).Worst[0].Name);
        Assert.Contains("| failed ", text, StringComparison.Ordinal);
        Assert.Contains("failed: 1 of 6 hosts", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_belongs_to_all_hosts_is_in_a_csv_file_of_its_own()
    {
        using Scratch scratch = new();
        CsvFiles.Prepare(scratch["csv"]).Write(s_report.Value);
        string[] lines = File.ReadAllLines(Path.Combine(scratch["csv"], "fleet.csv"));

        Assert.Equal("member,time_s,quantity,value", lines[0]);
        Assert.Equal(1 + (3 * 4) + (4 * 5), lines.Length);
        Assert.Contains("/fleet/pool,6,lent_bytes,83886080", lines);
    }

    [Fact]
    public void A_spread_is_of_values_that_are_there()
    {
        Assert.Null(Spread.Of([]));
        Assert.Equal(new Spread(1, 7, 7, 7, 7), Spread.Of([7]));
        Assert.Equal(new Spread(200, 1, 100, 198, 200), Spread.Of(Enumerable.Range(1, 200).Reverse().Select(value => (double)value)));
    }

    private static RunReport Run(string text)
    {
        using Scratch scratch = new();
        Scenario scenario = ScenarioReader.Load(scratch.Write("fleet.conf", text));
        return RunReport.Of(scenario, new FleetRun(new Fleet(scenario)).Run(2));
    }

    private static string Tables(HostDetail detail, RunReport? report = null)
    {
        using StringWriter writer = new();
        new TableReport(Terminal.For(writer, isRich: false)).Write(report ?? s_report.Value, detail);
        return writer.ToString();
    }
}
