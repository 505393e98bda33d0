using System.Text.Json;

namespace Damon.Host.Tests.Console;

/// <summary>Commands as people post them: run, explained, or refused.</summary>
public sealed class PastedCommandTests
{
    private static string Series(string file) => Path.Combine(DamonProcess.Root, "tests", "Damon.Damo.Tests", "Series", file);

    [Fact]
    public void The_published_script_runs_to_the_same_bits_as_the_scenario_that_says_the_same()
    {
        string scenario = Path.Combine(DamonProcess.Root, "hocon", "memcg-tiering.conf");
        Ended pasted = DamonProcess.Run("damo", Series("per-memcg-test.sh"), "--duration", "20s", "--format", "json");
        Ended written = DamonProcess.Run("run", scenario, "--duration", "20s", "--format", "json");

        Assert.Equal((0, 0), (pasted.Code, written.Code));
        Assert.Equal(StateHash(written), StateHash(pasted));
    }

    [Fact]
    public void A_pasted_line_runs_beside_our_own_options()
    {
        Ended once = Line("--seed", "3");
        Ended again = Line("--seed", "3");
        Ended other = Line("--seed", "4");

        Assert.Equal(0, once.Code);
        Assert.Equal(StateHash(once), StateHash(again));
        Assert.NotEqual(StateHash(once), StateHash(other));
    }

    [Fact]
    public void The_published_example_is_refused_where_it_is_wrong()
    {
        Ended ended = DamonProcess.Run("damo", Series("per-memcg-example.sh"));

        Assert.Equal((2, ""), (ended.Code, ended.Stdout));
        Assert.Contains("per-memcg-example.sh:38: --damos_nr_filters", ended.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_tells_what_happens_what_is_lost_and_the_traps()
    {
        Ended ended = DamonProcess.Run("explain", Series("per-memcg-test.sh"));

        Assert.Equal(0, ended.Code);
        Assert.Contains("969 bp of 27 GiB = 2.616 GiB", ended.Stdout, StringComparison.Ordinal);
        Assert.Contains("every page of /workload_a, and every young page of everybody else", ended.Stdout, StringComparison.Ordinal);
        Assert.Contains("write: --damos_filter reject none memcg /workload_a --damos_filter allow young", ended.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_can_be_explained_too_and_for_scripts()
    {
        string scenario = Path.Combine(DamonProcess.Root, "hocon", "memcg-tiering.conf");
        Ended ended = DamonProcess.Run("explain", scenario, "--format", "json");

        Assert.Equal(0, ended.Code);
        using JsonDocument json = JsonDocument.Parse(ended.Stdout);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    private static Ended Line(params string[] options) => DamonProcess.Run(
    [
        "damo", "start", "--numa_node", "1", "--damos_action", "migrate_hot", "0", "--damos_access_rate", "5%", "max",
        "--duration", "2s", "--format", "json", .. options,
    ]);

    private static string StateHash(Ended ended)
    {
        using JsonDocument json = JsonDocument.Parse(ended.Stdout);
        return json.RootElement.GetProperty("hosts")[0].GetProperty("state_hash").GetString()!;
    }
}
