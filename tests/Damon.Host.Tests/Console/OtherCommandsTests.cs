using System.Text.Json;

namespace Damon.Host.Tests.Console;

/// <summary>The smaller commands as processes.</summary>
public sealed class OtherCommandsTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    public void Help_names_every_command(string word)
    {
        Ended ended = DamonProcess.Run(word);

        Assert.Equal((0, ""), (ended.Code, ended.Stderr));
        foreach (string command in (string[])["run FILE", "verify DIR", "bench exact|actors|vaddr|fleet", "config dump FILE", "args damon", "damo start", "explain start", "fidelity"])
            Assert.Contains($"damon {command}", ended.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_a_line() => Assert.Matches(@"^damon \d+\.\d+\.\d+\n$", DamonProcess.Run("--version").Stdout);

    [Fact]
    public void Config_dump_resolves_substitutions_and_includes()
    {
        using Scratch scratch = new();
        scratch.Write("base.conf", "a = 1\nb { c = 2 }");
        Ended ended = DamonProcess.Run("config", "dump", scratch.Write("main.conf", "include \"base.conf\"\nd = ${b.c}"));

        Assert.Equal((0, ""), (ended.Code, ended.Stderr));
        using JsonDocument json = JsonDocument.Parse(ended.Stdout);
        Assert.Equal(2, json.RootElement.GetProperty("d").GetInt32());
    }

    [Fact]
    public void Config_schema_is_a_schema_of_scenarios()
    {
        Ended ended = DamonProcess.Run("config", "schema");

        Assert.Equal((0, ""), (ended.Code, ended.Stderr));
        using JsonDocument json = JsonDocument.Parse(ended.Stdout);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", json.RootElement.GetProperty("$schema").GetString());
        Assert.True(json.RootElement.GetProperty("properties").TryGetProperty("machine", out _));
    }

    [Fact]
    public void Args_damon_prints_what_damo_prints()
    {
        Ended ended = DamonProcess.Run("args", "damon", "--damos_action", "migrate_hot", "0", "--damos_access_rate", "5%", "max", "--format", "json");

        Assert.Equal(0, ended.Code);
        using JsonDocument json = JsonDocument.Parse(ended.Stdout);
        JsonElement scheme = json.RootElement.GetProperty("kdamonds")[0].GetProperty("contexts")[0].GetProperty("schemes")[0];
        Assert.Equal("5 %", scheme.GetProperty("access_pattern").GetProperty("nr_accesses").GetProperty("min").GetString());
    }

    [Fact]
    public void Bench_fleet_computes_each_window_with_one_thread_and_with_two()
    {
        using Scratch scratch = new();
        string file = scratch.Write("fleet.conf", "run { duration = 8 s, window = 2 }\nhosts.web { count = 4 }\ncosts.memory.counts = on\nfleet.goals.speed.every = 2 s\n" + Scratch.TwoTenants);

        Ended ended = DamonProcess.Run("bench", "fleet", "--scenario", file, "--format", "json");

        Assert.Equal(0, ended.Code);
        using JsonDocument json = JsonDocument.Parse(ended.Stdout);
        JsonElement rate = json.RootElement[0];
        Assert.Equal((4, 32), (rate.GetProperty("hosts").GetInt32(), rate.GetProperty("host_seconds").GetDouble()));
        Assert.True(rate.GetProperty("digests_equal").GetBoolean());
        Assert.Equal(rate.GetProperty("seconds_1_thread").GetDouble() / rate.GetProperty("seconds_2_threads").GetDouble(), rate.GetProperty("scaling").GetDouble(), 1e-9);
    }
}
