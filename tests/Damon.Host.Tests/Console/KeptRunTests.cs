using System.Text.Json;

namespace Damon.Host.Tests.Console;

/// <summary>Runs that are kept in a store, by real processes that are really killed.</summary>
public sealed class KeptRunTests
{
    private const string Scenario = Scratch.TwoTenants + """
        run { duration = 3000 s, sample-interval = 10 s, window = 2 }
        hosts.web { count = 2 }
        """;

    [Fact]
    public void A_run_that_was_killed_goes_on_to_the_same_bits()
    {
        using Scratch scratch = new();
        string file = scratch.Write("two.conf", Scenario);
        string store = scratch["runs.db"];
        using (DamonProcess process = DamonProcess.Start("run", file, "--store", store))
        {
            Assert.True(SpinWait.SpinUntil(() => Done(store) > 0, TimeSpan.FromSeconds(60)), "the run never got on");
            process.Signal("KILL");
            process.Wait();
        }

        Assert.InRange(Done(store), 1, 2999);
        Ended resumed = DamonProcess.Run("resume", "1", "--store", store, "--format", "json");
        Ended alone = DamonProcess.Run("run", file, "--store", "none", "--format", "json");
        Assert.Equal(0, resumed.Code);
        Assert.Equal(alone.Stdout, resumed.Stdout);
        Assert.Equal(alone.Stdout, DamonProcess.Run("show", "1", "--store", store, "--format", "json").Stdout);
    }

    [Fact]
    public void Runs_are_compared_commanded_exported_and_removed()
    {
        using Scratch scratch = new();
        string file = scratch.Write("small.conf", Scratch.SmallScenario);
        string store = scratch["runs.db"];
        Assert.Equal(0, DamonProcess.Run("run", file, "--store", store).Code);
        Assert.Equal(0, DamonProcess.Run("run", file, "--store", store).Code);
        Assert.Equal(0, DamonProcess.Run("run", file, "--store", store, "--seed", "2").Code);
        Ended same = DamonProcess.Run("compare", "1", "2", "--store", store);
        Assert.Equal(0, same.Code);
        Assert.Contains("equal to the bit", same.Stdout, StringComparison.Ordinal);
        Ended other = DamonProcess.Run("compare", "1", "3", "--store", store);
        Assert.Equal(1, other.Code);
        Assert.Contains("they part in shard 0", other.Stdout, StringComparison.Ordinal);
        Ended late = DamonProcess.Run("stop", "1", "--store", store);
        Assert.Equal(2, late.Code);
        Assert.Contains("run 1 is finished and cannot be stopped", late.Stderr, StringComparison.Ordinal);
        Assert.Equal(0, DamonProcess.Run("export", "1", "--csv", scratch["csv"], "--store", store).Code);
        Assert.NotEmpty(Directory.EnumerateFiles(scratch["csv"]));
        Assert.Equal(0, DamonProcess.Run("prune", "1", "--store", store).Code);
        Assert.Equal(2, DamonProcess.Run("show", "1", "--store", store).Code);
    }

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--nodes", "1000")]
    public void A_run_that_is_asked_for_wrongly_is_not_kept(string option, string value)
    {
        using Scratch scratch = new();
        Ended ended = DamonProcess.Run("run", scratch.Write("small.conf", Scratch.SmallScenario), "--store", scratch["runs.db"], option, value);
        Assert.Equal(2, ended.Code);
        Assert.Contains($"{option}: found '{value}'", ended.Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch["runs.db"]));
    }

    private static double Done(string store)
    {
        if (!File.Exists(store)) return 0;
        Ended runs = DamonProcess.Run("runs", "--store", store, "--format", "json");
        if (runs.Code != 0) return 0;
        JsonElement all = JsonDocument.Parse(runs.Stdout).RootElement;
        return all.GetArrayLength() == 0 ? 0 : all[0].GetProperty("done_s").GetDouble();
    }
}
