namespace Damon.Host.Tests.Console;

/// <summary>Reports of a run that is made for them.</summary>
public sealed class LiveReportTests
{
    [Fact]
    public void A_run_is_reported_as_its_record_is()
    {
        using Scratch scratch = new();
        string scenario = scratch.Write("small.conf", Scratch.SmallScenario);
        string file = Path.Combine(scratch.Directory, "damon.data");
        Assert.Equal(0, DamonProcess.Run("run", scenario, "--seed", "3", "--duration", "3s", "--record", file).Code);
        Ended live = DamonProcess.Run("report", "wss", "--run", scenario, "--seed", "3", "--duration=3s");
        Assert.Equal((0, DamonProcess.Run("report", "wss", "--input", file).Stdout), (live.Code, live.Stdout));
    }

    [Fact]
    public void Kdamonds_are_shown_with_what_their_schemes_did()
    {
        using Scratch scratch = new();
        string scenario = scratch.Write("stat.conf", Scratch.SmallScenario + "\ndamo = \"damo start --numa_node 0 --damos_action stat\"\nkdamonds = null");
        Ended ended = DamonProcess.Run("report", "damon", "--run", scenario, "--duration", "2s");
        Assert.Equal(0, ended.Code);
        Assert.Contains("action: stat per aggr interval", ended.Stdout, StringComparison.Ordinal);
        Assert.Matches(@"tried regions \((?!0 B)", ended.Stdout);
        Assert.Equal(0, DamonProcess.Run("report", "access", "--run", scenario, "--duration", "2s", "--tried_regions_of", "0", "0", "0").Code);
    }

    [Fact]
    public void Kdamonds_are_shown_as_they_were_tuned_last_with_those_that_came_later()
    {
        using Scratch scratch = new();
        string scenario = scratch.Write("tuned.conf", Scratch.SmallScenario + """
            damo = "damo start --numa_node 0 --damos_action stat"
            events = [
              { at = 500 ms, kind = tune, damo = "damo tune --numa_node 0 --damos_action lru_prio" }
              { at = 1 s, kind = start-kdamonds, damo = "damo start --numa_node 1 --damos_action pageout" }
            ]
            """);
        Ended ended = DamonProcess.Run("report", "damon", "--run", scenario, "--duration", "2s");
        Assert.Equal((0, ""), (ended.Code, ended.Stderr));
        Assert.DoesNotContain("action: stat", ended.Stdout, StringComparison.Ordinal);
        Assert.Matches("(?s)kdamond 0.*action: lru_prio.*kdamond 1.*action: pageout", ended.Stdout);
    }

    [Theory]
    [InlineData("did you mean 'wss'?", "wsss", "--run", "small.conf")]
    [InlineData("--seed is for a run", "wss", "--seed", "3")]
    [InlineData("nowhere.conf", "wss", "--run", "nowhere.conf")]
    [InlineData("--host: found 'x', allowed: host", "wss", "--run", "small.conf", "--host", "x")]
    [InlineData("the option --inptu is not known", "wss", "--run", "small.conf", "--inptu", "x")]
    [InlineData("nothing was monitored", "access", "--run", "idle.conf")]
    [InlineData("there is no kdamond 5", "access", "--run", "small.conf", "--tried_regions_of", "5", "0", "0")]
    public void What_cannot_be_reported_is_told_in_one_sentence(string part, params string[] words)
    {
        using Scratch scratch = new();
        scratch.Write("small.conf", Scratch.SmallScenario + "\nrun.duration = 1 s");
        scratch.Write("idle.conf", Scratch.SmallScenario + "\nrun.duration = 1 s\ndamo = null");
        Ended ended = DamonProcess.Run(["report", .. words.Select(word => word.EndsWith(".conf", StringComparison.Ordinal) ? Path.Combine(scratch.Directory, word) : word)]);
        Assert.Equal((2, ""), (ended.Code, ended.Stdout));
        Assert.Contains(part, ended.Stderr.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }
}
