using Damon.Damo;
using Damon.Scenarios.Explaining;

namespace Damon.Scenarios.Tests.Explaining;

/// <summary>The scripts of the published series, slips included.</summary>
public class SeriesTests
{
    private static Explanation Explain(string text) => Explained.Script(text, KnownMachine.Default);

    [Fact]
    public void The_published_test_passes_other_tenants_pages_in_all_four_schemes()
    {
        Explanation explanation = Explain(Explained.Series("per-memcg-test.sh"));
        Assert.Equal(
            [
                "kdamond 0, scheme 0: the filters pass every page of /workload_a, and every young page of everybody else",
                "kdamond 0, scheme 1: the filters pass every page of /workload_b, and every young page of everybody else",
                "kdamond 1, scheme 0: the filters pass every page of /workload_a, and every not young page of everybody else",
                "kdamond 1, scheme 1: the filters pass every page of /workload_b, and every not young page of everybody else",
            ],
            explanation.Findings.Where(finding => finding.Trap == "first match filters").Select(finding => $"{finding.Where}: "
                + $"{finding.Problem}"));
    }

    [Fact]
    public void The_published_test_is_good_with_the_filters_corrected()
    {
        string text = Explained.Series("per-memcg-test.sh").Replace("allow memcg", "reject none memcg", StringComparison.Ordinal);
        Assert.Empty(Explain(text).Findings);
    }

    [Fact]
    public void The_published_tests_goals_are_told_in_bytes()
    {
        Explanation explanation = Explain(Explained.Series("per-memcg-test.sh"));
        Assert.Equal(
            "kdamond 0 watches node 1 (31 GiB..58 GiB), samples every 5 ms, aggregates every 100 ms, 10..1000 regions",
            $"{explanation.Contexts[0].Where} {explanation.Contexts[0].Summary}");
        Assert.Equal(
            "moves, hottest first, memory accessed in >= 1 of 20 samples to node 0, namely every page of /workload_a and every young "
                + "page of everybody else, "
            + "every 1 s, as fast as its goal lets it, until /workload_a uses 9.69% of node 0 (969 bp of 27 GiB = 2.616 GiB)",
            explanation.Contexts[0].Schemes[0].Summary);
        Assert.Contains(
            "90.5% of node 0 is free of /workload_a (9050 bp of 27 GiB = 24.435 GiB, so it uses 2.565 GiB)",
            explanation.Contexts[1].Schemes[0].Summary);
        Assert.Contains(explanation.Lost, lost => lost.Contains("gets 969", StringComparison.Ordinal));
    }

    [Fact]
    public void The_posted_example_is_refused_as_it_stands() =>
        Assert.Contains(
            "--damos_nr_filters: the number",
            Assert.Throws<DamoException>(() => Explain(Explained.Series("per-memcg-example.sh"))).Message);

    [Fact]
    public void The_mended_example_still_has_slips_that_are_named()
    {
        Explanation explanation = Explain(Mended());
        string[] slips =
        [
            .. explanation.Findings
                .Where(finding => finding.Trap is "misspelled cgroup" or "goal and filter of different cgroups")
                .Select(finding => $"{finding.Where}: {finding.Found} -> {finding.Corrected}"),
        ];
        Assert.Equal(
            [
                "kdamond 0, scheme 1: workloads/b -> /workloads/b",
                "kdamond 1, scheme 1: memcg /workloads/a -> memcg /workloads/b",
            ],
            slips);
        Assert.Equal(4, explanation.Findings.Count(finding => finding.Trap == "first match filters"));
        Assert.Equal(4, explanation.Findings.Count(finding => finding.Trap == "starved apply interval"));
    }

    [Fact]
    public void The_example_is_good_with_all_corrections()
    {
        string text = Mended()
            .Replace(" workloads/b", " /workloads/b", StringComparison.Ordinal)
            .Replace("allow memcg", "reject none memcg", StringComparison.Ordinal)
            .Replace("4% 3 5ms 10s", "4% 10 5ms 10s", StringComparison.Ordinal);
        int last = text.LastIndexOf("memcg /workloads/a", StringComparison.Ordinal);
        Assert.Empty(Explain(text[..last] + "memcg /workloads/b" + text[(last + "memcg /workloads/a".Length)..].Replace(
            "30.5% 0 /workloads/a", "30.5% 0 /workloads/b", StringComparison.Ordinal)).Findings);
    }

    [Theory]
    [InlineData("failed-charge-off.sh")]
    [InlineData("failed-charge-on.sh")]
    public void Proactive_reclaim_is_good(string name)
    {
        Explanation explanation = Explain(Explained.Series(name));
        Assert.Empty(explanation.Findings);
        Assert.Equal(
            "reclaims, coldest first, memory at any access rate, every aggregation, at most 100 MiB each 1 s, less as its goal tells, "
            + "until 40% of node 0 is free (4000 bp of 27 GiB = 10.8 GiB)",
            explanation.Contexts[0].Schemes[0].Summary);
    }

    /// <summary>The example with what damo refuses mended: the paths of two goals, and the counts of filters.</summary>
    private static string Mended() => Explained.Series("per-memcg-example.sh")
        .Replace("70.5% 0 \\", "70.5% 0 /workloads/a \\", StringComparison.Ordinal)
        .Replace("30.5% 0 \\", "30.5% 0 /workloads/b \\", StringComparison.Ordinal)
        .Replace("--damos_nr_filters 1 1 1 1", "--damos_nr_filters 2 2 2 2", StringComparison.Ordinal);
}
