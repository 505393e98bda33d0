namespace Damon.Host.Tests.Console;

/// <summary>A run recorded as damo records, and damo's reports of it.</summary>
public sealed class RecordTests
{
    [Fact]
    public void A_recorded_run_is_read_by_the_reports()
    {
        using Scratch scratch = new();
        string file = Path.Combine(scratch.Directory, "damon.data");
        Ended run = DamonProcess.Run("run", scratch.Write("small.conf", Scratch.SmallScenario), "--duration", "4s", "--record", file);
        Assert.Equal(0, run.Code);

        Assert.StartsWith("target_id: 0\ntime: [0 ns, 4 s) (4 s)\n", Report("record_info", "--input", file), StringComparison.Ordinal);
        string heatmap = Report("heatmap", "--input", file, "--resol", "4", "40");
        Assert.Equal(4, heatmap.Split('\n').Count(line => line.Length == 40 && line.All(char.IsAsciiDigit)));
        Assert.Contains("intervals: sample 5 ms aggr 100 ms (max access hz 200)", Report("access", "--input_file", file), StringComparison.Ordinal);
        Assert.Contains("<rss>", Report("footprints", "--input", file + ".mem_footprint"), StringComparison.Ordinal);
        Assert.Contains("\"state\": \"off\"", File.ReadAllText(file + ".kdamonds"), StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_changes_no_bit_of_the_run()
    {
        using Scratch scratch = new();
        string scenario = scratch.Write("small.conf", Scratch.SmallScenario);
        string[] words = ["run", scenario, "--duration", "2s"];
        string[] recorded = [.. words, "--record", Path.Combine(scratch.Directory, "damon.data")];

        Assert.Equal(DamonProcess.Run(words).Stdout, DamonProcess.Run(recorded).Stdout);
    }

    [Fact]
    public void A_record_is_replayed_under_its_own_monitoring_or_another_command()
    {
        using Scratch scratch = new();
        string file = Path.Combine(scratch.Directory, "damon.data");
        Assert.Equal(0, DamonProcess.Run("run", scratch.Write("small.conf", Scratch.SmallScenario), "--duration", "2s", "--record", file).Code);

        Ended replay = DamonProcess.Run("replay", file, "--record", file + ".again");
        Assert.Equal(0, replay.Code);
        Assert.Contains("damon: note: process 1000 replays kdamond 0 context 0 target 0: 20 snapshots", replay.Stderr, StringComparison.Ordinal);
        Assert.StartsWith("target_id: 0\ntime: [0 ns, 2 s) (2 s)\n", Report("record_info", "--input", file + ".again"), StringComparison.Ordinal);

        Ended pageout = DamonProcess.Run("replay", file, "start", "--numa_node", "0", "--damos_action", "pageout", "--format", "json");
        Assert.Equal(0, pageout.Code);
        Assert.Contains("\"pageout\"", pageout.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("needs a record of damo", "replay")]
    [InlineData("nowhere.data: the file cannot be read", "replay", "nowhere.data")]
    [InlineData("did you mean '--seed'?", "replay", "--sed", "3")]
    [InlineData("--tid: found 'x'", "replay", "nowhere.data", "--tid", "x")]
    public void What_cannot_be_replayed_is_told_in_one_sentence(string part, params string[] words)
    {
        Ended ended = DamonProcess.Run(words);
        Assert.Equal((2, ""), (ended.Code, ended.Stdout));
        Assert.Contains(part, Assert.Single(ended.Stderr.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_not_there_is_told_in_one_sentence()
    {
        Ended ended = DamonProcess.Run("report", "wss", "--input", "no-such.data");

        Assert.Equal((2, ""), (ended.Code, ended.Stdout));
        Assert.Contains("no-such.data", ended.Stderr, StringComparison.Ordinal);
    }

    private static string Report(params string[] words)
    {
        Ended ended = DamonProcess.Run(["report", .. words]);
        Assert.Equal((0, ""), (ended.Code, ended.Stderr));
        return ended.Stdout;
    }
}
