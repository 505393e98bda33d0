using System.Globalization;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Damo.Staging;
using Damon.Damo.Trees;
using Damon.Scenarios.Explaining;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Tests.Explaining;

public class ExplanationTests
{
    private const string Line =
        "--numa_node 0 --damos_action pageout --damos_access_rate 0% 29% --damos_age 150ms max --damos_apply_interval 1s "
            + "--damos_filter reject anon "
        + "--damos_quota_interval 500ms --damos_quota_time 10ms --damos_quota_space 4M --damos_quota_fail_charge_ratio 1 4096 "
        + "--damos_quota_goal node_mem_free_bp 9.7% 0 --damos_wmarks free_mem_rate 5s 50% 40% 20% --damos_quota_time 1ms";

    [Fact]
    public void The_text_has_all_sections() =>
        Assert.Equal(
            """
            What it does
              kdamond 0 watches node 0 (64 MiB..128 MiB), samples every 5 ms, aggregates every 100 ms, 10..1000 regions
                scheme 0 reclaims, coldest first, memory accessed in <= 5 of 20 samples for at least 100 ms, namely every not young file page, every 1 s, at most 4 MiB and 10 ms of work each 500 ms, less as its goal tells, until 9.69% of node 0 is free (969 bp of 64 MiB = 6.202 MiB), while 20%..50% of the memory is free (begins below 40%)

            What the kernel gets
              kdamond 0
                sample_us 5000 us: 20 samples in an aggregation: the most accesses a region can count
                aggr_us 100000 us: ages are counted in these: age 10 is 1 s
                update_us 1000000 us: nothing to update for physical addresses
                nr_regions 10..1000: no region is larger than about 6.4 MiB
              kdamond 0, scheme 0
                nr_accesses/max 5 samples: of 20; written as 29 %, which is 5.8 of 20
                age/min 1 aggregation: 100 ms at the first aggregation interval
                apply_interval_us 1000000 us: every 200 sampling intervals
                reset_interval_ms 500 ms: a charge window lasts 500 ms
                bytes 4194304 bytes: 4 MiB a window = 8 MiB a second; tried bytes count, not moved ones
                ms 10 ms: of 500 ms; becomes bytes by the speed so far, at first 4 MiB a ms: 40 MiB
                fail_charge 1/4096: the part of failed bytes that is charged
                effective_bytes consist: begins with 1 byte and at most doubles each window: the first page after 12 windows (12 s), up to 4 MiB; shrinks by the share that a goal is exceeded by, and to 1 byte at twice a goal
                goals/0 node_mem_free_bp 969: met when 9.69% of node 0 is free (969 bp of 64 MiB = 6.202 MiB)
                watermarks 500/400/200 permil: rests above 64 MiB and below 25.6 MiB free, begins below 51.2 MiB; looks every 5 s

            What is lost without a word
              --damos_quota_time number 2 has no effect: there are only 1 schemes
              0/contexts/0/schemes/0/access_pattern/nr_accesses/max gets 5: 28.999999999999996 % of the 20 samples of an aggregation is 5.799999999999999
              0/contexts/0/schemes/0/access_pattern/age/min gets 1: 150000 us are 1.5 aggregation intervals
              0/contexts/0/schemes/0/quotas/goals/0/target_value gets 969: 969.9999999999999 loses its fraction

            Known traps: none found

            """.ReplaceLineEndings("\n"),
            ExplanationText.Render(Explained.Line(Line)));
    [Fact]
    public void Traps_are_told_with_the_corrected_options_and_each_reason_once()
    {
        string text = ExplanationText.Render(Explained.Line(
            "--numa_node 0 --damos_action lru_prio --damos_quota_interval 1s --damos_quota_space 1000 --damos_action lru_prio "
                + "--damos_quota_interval 1s --damos_quota_space 2000"));
        Assert.EndsWith(
            """
            Known traps
              kdamond 0, scheme 0: quota below a folio: a quota of 1000 B is less than the smallest region, 4 KiB: nothing is ever done
                why: a quota counts as full when less than a region's least size is left of it, and what is left over is lost with the window
                instead of: --damos_quota_space 1000
                write: --damos_quota_space 4096
              kdamond 0, scheme 1: quota below a folio: a quota of 1.953 KiB is less than the smallest region, 4 KiB: nothing is ever done
                instead of: --damos_quota_space 2000
                write: --damos_quota_space 4096

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void The_text_does_not_depend_on_the_culture()
    {
        string text = ExplanationText.Render(Explained.Line(Line));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(text, ExplanationText.Render(Explained.Line(Line)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_tree_is_json_with_the_same_content()
    {
        Explanation explanation = Explained.Script(Explained.Series("per-memcg-test.sh"), KnownMachine.Default);
        using JsonDocument json = JsonDocument.Parse(JsonTree.Write(ExplanationTree.Of(explanation)));
        JsonElement root = json.RootElement;
        Assert.Equal(2, root.GetProperty("contexts").GetArrayLength());
        JsonElement scheme = root.GetProperty("contexts")[1].GetProperty("schemes")[1];
        Assert.Equal(explanation.Contexts[1].Schemes[1].Summary, scheme.GetProperty("summary").GetString());
        Assert.Equal(
            explanation.Contexts[1].Schemes[1].Numbers[0].Value, scheme.GetProperty("numbers")[0].GetProperty("value").GetString());
        Assert.Equal(explanation.Lost, root.GetProperty("lost").EnumerateArray().Select(lost => lost.GetString()!));
        JsonElement trap = root.GetProperty("traps")[0];
        Assert.Equal(explanation.Findings[0].Corrected, trap.GetProperty("corrected").GetString());
        Assert.Equal(explanation.Findings[0].Where.Scheme, trap.GetProperty("scheme").GetInt32());
    }

    [Fact]
    public void A_host_of_a_scenario_is_explained_as_the_line_that_makes_it()
    {
        string text = Explained.Series("per-memcg-test.sh");
        KdamondStaging staging = new(new HostNames(2, ["/workload_a", "/workload_b"], []), 4096, BeyondDamo.Nothing);
        HostSettings host = new()
        {
            Name = "host",
            Nodes = [new NodeSettings(1 << 20, 27 << 18), new NodeSettings(31 << 18, 27 << 18)],
            Memcgs = [new MemcgSettings(HostNames.IdOf(0), "/workload_a"), new MemcgSettings(HostNames.IdOf(1), "/workload_b")],
            Processes = [Process("a", 0, 10 << 18), Process("b", 1, 4 << 18)],
            Kdamonds = [.. Stager.Stage(Explained.Parse(text, KnownMachine.Default).Document).Kdamonds.Select(staging.Stage)],
        };
        Explanation fromLine = Explained.Script(text, KnownMachine.Default), fromHost = Explanation.Of(Configuration.Of(host, ["noticed"]));
        Assert.Equal("noticed", Assert.Single(fromHost.Lost));
        Assert.Equal([.. fromLine.Findings], fromHost.Findings.Where(finding => finding.Trap != "unreachable goal").ToArray());
        Assert.Contains(
            "wants 5.316 GiB of /workload_b on node 0, but it has 4 GiB in all",
            Assert.Single(fromHost.Findings, finding => finding.Trap == "unreachable goal").Problem);
        Assert.Equal(Summaries(fromLine), Summaries(fromHost));
    }

    private static string[] Summaries(Explanation explanation) =>
        [.. explanation.Contexts.SelectMany(context => context.Schemes.Select(scheme => scheme.Summary).Prepend(context.Summary))];

    private static ProcessSettings Process(string name, int cgroup, uint pages) =>
        new() { Name = name, Memcg = HostNames.IdOf(cgroup), NrPages = pages };

    [Theory]
    [InlineData("--damos_action stat --damos_quota_goal user_input 5 1 --damos_action stat --damos_quota_interval 1s "
        + "--damos_quota_interval 1s --damos_quota_goal user_input 5 1 --damos_nr_quota_goals 1 1", "")]
    [InlineData("--damos_action pageout --damos_quota_space 1G", "--damos_quota_space 1G is dropped")]
    [InlineData("--damos_action willneed", "willneed does nothing with physical addresses")]
    [InlineData("--damos_action stat --damos_wmarks none 1s 50% 40% 20%", "the watermarks are ignored")]
    [InlineData("--damos_action stat --damos_quotas 0 0 1s --damos_quota_fail_charge_ratio 1 8", "the charge ratio for failed regions "
        + "is ignored")]
    [InlineData("--target_pid 1 --damos_action pageout --damos_filter reject anon", "page filters are ignored for pageout")]
    [InlineData("--minr 10 --minr 10 --nr_targets 1 1", "of which the kernel takes exactly 1")]
    public void What_is_lost_is_told(string line, string part)
    {
        var lost = Explained.Line(line).Lost;
        if (part.Length == 0) Assert.Empty(lost);
        else Assert.Contains(part, Assert.Single(lost));
    }
}
