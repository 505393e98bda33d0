using Damon.Damo.Environment;
using Damon.Damo.Scripts;
using Damon.Damo.Staging;

namespace Damon.Damo.Tests.Scripts;

public class DamoScriptTests
{
    private static DamoScript Series(string name) =>
        DamoScript.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Series", name)), name);

    [Fact]
    public void The_published_test_stages_the_published_goals()
    {
        StagingResult staged = Stager.Stage(Series("per-memcg-test.sh").Parse(DamoEnvironment.Default).Document);
        Assert.Equal([2, 2], staged.Kdamonds.Select(kdamond => kdamond.Contexts[0].Schemes.Count));
        Assert.Equal(
            [969UL, 1969UL, 9050UL, 8050UL],
            staged.Kdamonds.SelectMany(kdamond => kdamond.Contexts[0].Schemes).Select(scheme => scheme.Quotas.Goals[0].TargetValue));
    }

    [Theory]
    [InlineData("failed-charge-off.sh", 0)]
    [InlineData("failed-charge-on.sh", 4096)]
    public void Proactive_reclaim_scripts_differ_in_the_charge_only(string name, int denominator)
    {
        StagedScheme scheme = Stager.Stage(Series(name).Parse(DamoEnvironment.Default).Document).Kdamonds[0].Contexts[0].Schemes[0];
        Assert.Equal((ulong)denominator, scheme.Quotas.FailChargeDenom);
        Assert.Equal(("temporal", 104857600UL, 4000UL), (scheme.Quotas.GoalTuner, scheme.Quotas.Bytes, scheme.Quotas.Goals[0].TargetValue));
    }

    [Fact]
    public void The_example_is_read_but_refused_for_its_filter_count_at_its_line()
    {
        DamoScript script = Series("per-memcg-example.sh");
        Assert.Equal("start", script.Argv[0]);
        Assert.Equal(8, script.Argv.Count(word => word == "--damos_filter"));
        string message = Assert.Throws<DamoException>(() => script.Parse(DamoEnvironment.Default)).Message;
        Assert.StartsWith("per-memcg-example.sh:38: --damos_nr_filters", message);
        Assert.Contains("4", message);
        Assert.Contains("8", message);
    }

    [Fact]
    public void The_example_with_its_filters_counted_lacks_a_cgroup_path()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Series", "per-memcg-example.sh"))
            .Replace("--damos_nr_filters 1 1 1 1", "--damos_nr_filters 2 2 2 2");
        string message = Assert.Throws<DamoException>(() => DamoScript.Read(text, "x").Parse(DamoEnvironment.Default)).Message;
        Assert.StartsWith("x:28: --damos_quota_goal", message);
        Assert.Contains("path", message);
    }

    [Theory]
    [InlineData("damo start --ops paddr")]
    [InlineData("sudo damo start --ops paddr")]
    [InlineData("sudo -E ./damo start --ops paddr\n")]
    [InlineData("# ./damo start --ops paddr")]
    [InlineData("$ sudo ./damo start --ops paddr")]
    [InlineData("#!/bin/bash\n# damo start is what follows\n\n/usr/bin/damo start \\\n  --ops\t'paddr' # done\n# end")]
    [InlineData("start --ops \"paddr\"")]
    [InlineData("damo start\\\r\n --ops pad\\\ndr\r\n")]
    [InlineData("damo start `# all of it` --ops ` # physical ` paddr")]
    public void Spellings_of_one_command_give_the_same_words(string text) =>
        Assert.Equal(["start", "--ops", "paddr"], DamoScript.Read(text, "s").Argv);

    [Theory]
    [InlineData("damo start --ops paddr | tee log", 1, "'|'")]
    [InlineData("damo start \\\n --target_pid $PID", 2, "'$'")]
    [InlineData("damo start --target_pid \"$PID\"", 1, "'$'")]
    [InlineData("damo start\ndamo tune", 2, "second command")]
    [InlineData("damo start; damo tune", 1, "';'")]
    [InlineData("damo start > log", 1, "'>'")]
    [InlineData("damo start `pidof x`", 1, "backquotes")]
    [InlineData("\ndamo start 'abc", 2, "never closed")]
    [InlineData("damo start \\ \n --ops paddr", 1, "blanks follow")]
    [InlineData("damo start *", 1, "'*'")]
    [InlineData("# comment\nperf record", 2, "perf")]
    public void What_needs_a_shell_is_refused_with_its_line(string text, int line, string found)
    {
        string message = Assert.Throws<DamoException>(() => DamoScript.Read(text, "s.sh")).Message;
        Assert.StartsWith($"s.sh:{line}: ", message);
        Assert.Contains(found, message);
    }

    [Fact]
    public void A_script_without_a_command_says_so() =>
        Assert.Contains("no command", Assert.Throws<DamoException>(() => DamoScript.Read("# nothing\n", "s")).Message);

    [Theory]
    [InlineData("{\"kdamonds\": []}", false)]
    [InlineData("run { seed = 1 }", false)]
    [InlineData("#!/bin/sh\nsudo ./damo start", true)]
    public void Scripts_are_told_from_documents(string text, bool expected) => Assert.Equal(expected, DamoScript.IsLikely(text));
}
