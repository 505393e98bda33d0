using System.Text.Json;

namespace Damon.Host.Tests.Console;

/// <summary><c>damon run</c> as a process.</summary>
public sealed class RunTests
{
    [Fact]
    public void A_run_prints_tables_a_verdict_and_its_hash_in_plain_text()
    {
        using Scratch scratch = new();
        Ended ended = DamonProcess.Run("run", scratch.Write("small.conf", Scratch.SmallScenario));

        Assert.Equal(0, ended.Code);
        Assert.StartsWith("small: 4 s of virtual time\n", ended.Stdout, StringComparison.Ordinal);
        foreach (string part in (string[])["| /a ", "migrate_cold 1", "qt_exceeds", "quota", "0 (dram)", "1 (cxl)", "converged: /a at "])
            Assert.Contains(part, ended.Stdout, StringComparison.Ordinal);
        Assert.Matches(@"\nseed 1, state hash [0-9a-f]{16}\n$", ended.Stdout);
        Assert.All(ended.Stdout, c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"'{c}' ({(int)c}) is not plain"));
        Assert.DoesNotContain("real time", ended.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_same_and_is_the_same_each_time_but_not_for_another_seed()
    {
        using Scratch scratch = new();
        string file = scratch.Write("small.conf", Scratch.SmallScenario);
        string first = DamonProcess.Run("run", file, "--format", "json", "--seed", "7").Stdout;
        string again = DamonProcess.Run("run", file, "--format=json", "--seed=7").Stdout;
        string other = DamonProcess.Run("run", file, "--format", "json", "--seed", "8").Stdout;

        Assert.Equal(first, again);
        using JsonDocument document = JsonDocument.Parse(first);
        JsonElement root = document.RootElement;
        JsonElement host = root.GetProperty("hosts")[0];
        Assert.Equal(7UL, root.GetProperty("seed").GetUInt64());
        Assert.False(root.GetProperty("interrupted").GetBoolean());
        Assert.Matches("^[0-9a-f]{16}$", host.GetProperty("state_hash").GetString()!);
        Assert.DoesNotContain(host.GetProperty("state_hash").GetString()!, other, StringComparison.Ordinal);
        Assert.Equal("/a", host.GetProperty("tenants")[0].GetProperty("name").GetString());
        Assert.Equal(64UL << 20, host.GetProperty("nodes")[0].GetProperty("size_bytes").GetUInt64());
        JsonElement scheme = host.GetProperty("schemes")[0];
        Assert.Equal("migrate_cold 1", scheme.GetProperty("action").GetString());
        Assert.True(scheme.GetProperty("sz_tried").GetUInt64() >= scheme.GetProperty("sz_applied").GetUInt64());
        Assert.Equal(
            host.GetProperty("nodes")[1].GetProperty("migrated_in_bytes").GetUInt64(), scheme.GetProperty("sz_applied").GetUInt64());
    }

    [Fact]
    public void The_duration_of_the_command_line_holds()
    {
        using Scratch scratch = new();
        Ended ended = DamonProcess.Run("run", scratch.Write("small.conf", Scratch.SmallScenario), "--duration", "1500ms");

        Assert.StartsWith("small: 1.5 s of virtual time\n", ended.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_memory_costs_something_tenants_have_a_table_a_file_and_a_chart()
    {
        using Scratch scratch = new();
        string file = scratch.Write("small.conf", Scratch.SmallScenario + "\ncosts.memory.counts = on\n");
        Ended ended = DamonProcess.Run("run", file, "--csv", scratch["csv"], "--charts", scratch["charts"]);

        Assert.Equal(0, ended.Code);
        Assert.Contains("what tenants feel", ended.Stdout, StringComparison.Ordinal);
        Assert.StartsWith("host,time_s,memcg,latency_ns,slowdown,", File.ReadAllLines(scratch["csv/tenants.csv"])[0], StringComparison.Ordinal);
        Assert.StartsWith("<svg ", File.ReadAllText(scratch["charts/small.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_are_huge_pages_each_process_has_a_row_a_reading()
    {
        using Scratch scratch = new();
        string file = scratch.Write("small.conf", Scratch.SmallScenario + "thp.enabled = always\n");
        Assert.Equal(0, DamonProcess.Run("run", file, "--csv", scratch["csv"]).Code);

        string[] lines = File.ReadAllLines(scratch["csv/huge-pages.csv"]);
        Assert.StartsWith("host,time_s,process,resident_bytes,touched_bytes,bloat_bytes,huge_bytes,thp_faults,", lines[0], StringComparison.Ordinal);
        Assert.Equal(1 + 5, lines.Length);
        Assert.Equal("host,4,/a#0,16777216,16777216,0,16777216,8,0,0,0,0,,", lines[^1]);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public void Csv_files_have_units_in_their_headers_and_a_row_for_each_reading()
    {
        using Scratch scratch = new();
        string file = scratch.Write("small.conf", Scratch.SmallScenario);
        Assert.Equal(0, DamonProcess.Run("run", file, "--csv", scratch["out/csv"]).Code);

        Assert.Equal(
            ["kdamonds.csv", "memcgs.csv", "nodes.csv", "schemes.csv"],
            Directory.GetFiles(scratch["out/csv"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        string[] nodes = File.ReadAllLines(scratch["out/csv/nodes.csv"]);
        Assert.Equal("host,time_s,node,used_bytes,free_bytes,migrated_in_bytes,migrated_out_bytes,reclaimed_bytes", nodes[0]);
        Assert.Equal(1 + (5 * 2), nodes.Length);
        Assert.Equal("host,0,0,16777216,50331648,0,0,0", nodes[1]);
        Assert.StartsWith("host,4,1,", nodes[^1], StringComparison.Ordinal);
        foreach (string name in (string[])["kdamonds", "memcgs", "schemes"])
        {
            string[] lines = File.ReadAllLines(scratch[$"out/csv/{name}.csv"]);
            Assert.Equal(1 + 5 * (name == "memcgs" ? 2 : 1), lines.Length);
            Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
        }
    }

    [Fact]
    public void A_refused_event_ends_with_1_and_all_results()
    {
        using Scratch scratch = new();
        string events = "events = [ { at = 1 s, kind = tune, damo = \"damo tune --numa_node 0\" }, { at = 2 s, kind = feed, value = 1 } ]";
        Ended ended = DamonProcess.Run("run", scratch.Write("small.conf", Scratch.SmallScenario + events));

        Assert.Equal(1, ended.Code);
        Assert.Contains("there is no scheme 0", ended.Stderr, StringComparison.Ordinal);
        Assert.Contains("state hash", ended.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_ends_the_run_with_partial_results_marked_as_such(string signal)
    {
        using Scratch scratch = new();
        using DamonProcess process = DamonProcess.Start(
            "run", scratch.Write("small.conf", Scratch.SmallScenario), "--duration", "365 d", "--csv", scratch["csv"]);

        // It handles signals before it makes the directory.
        DamonProcess.WaitFor(scratch["csv"]);
        process.Signal(signal);
        Ended ended = process.Wait();

        Assert.Equal(130, ended.Code);
        Assert.Contains("(interrupted: partial results)", ended.Stdout, StringComparison.Ordinal);
        Assert.Matches(@"\ninterrupted at [0-9.]+ s of 31536000 s\n", ended.Stdout);
        Assert.Matches("state hash [0-9a-f]{16}\n$", ended.Stdout);
        Assert.True(File.ReadAllLines(scratch["csv/nodes.csv"]).Length >= 1);
    }
}
