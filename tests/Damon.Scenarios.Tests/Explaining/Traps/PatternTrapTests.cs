namespace Damon.Scenarios.Tests.Explaining.Traps;

public class PatternTrapTests
{
    private const string Trap = "unreachable access pattern";
    private static readonly Tenant[] _hotAndCold = [new("/hot", 1, 16, 1000), new("/cold", 1, 16)];

    [Fact]
    public void More_samples_than_an_aggregation_has_never_come()
    {
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_access_rate ";
        var finding = Assert.Single(Explained.Line(Line + "150% max").Findings);
        Assert.Equal((Trap, "--damos_access_rate 100% 100%"), (finding.Trap, finding.Corrected));
        Assert.Empty(Explained.Line(Line + "100% 100%").Findings);

        Assert.Equal(0UL, new SmallHost(Line + "150% max", 3, _hotAndCold).Applied(0));
        Assert.InRange(new SmallHost(Line + "100% 100%", 3, _hotAndCold).Applied(0), 1UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void Max_wraps_to_nothing_with_25_samples()
    {
        const string Line = "--numa_node 1 --monitoring_intervals 4ms 100ms 1s --damos_action migrate_hot 0 --damos_access_rate ";
        var finding = Explained.Corrects(Trap, Line + "5% max", Line + "4% 100%");
        Assert.Contains("low 32 bits", finding.Why);

        Assert.Equal(0UL, new SmallHost(Line + "5% max", 3, _hotAndCold).Applied(0));
        Assert.InRange(new SmallHost(Line + "4% 100%", 3, _hotAndCold).Applied(0), 8UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void A_percentage_below_one_sample_takes_idle_memory_too()
    {
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_access_rate ";
        Explained.Corrects(Trap, Line + "4% max", Line + "5% max");

        Assert.Equal(16, new SmallHost(Line + "4% max", 3, _hotAndCold).MiBOf("/cold", 0));
        Assert.InRange(new SmallHost(Line + "5% max", 3, _hotAndCold).MiBOf("/cold", 0), 0, 8);
    }

    [Fact]
    public void An_age_above_its_end_never_comes()
    {
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_age ";
        Assert.Equal(Trap, Assert.Single(Explained.Line(Line + "2s 1s").Findings).Trap);
        Assert.Equal(0UL, new SmallHost(Line + "2s 1s", 5, _hotAndCold).Applied(0));
        Assert.InRange(new SmallHost(Line + "1s 2s", 5, _hotAndCold).Applied(0), 1UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void An_apply_interval_beyond_the_tuning_never_comes()
    {
        static string Line(string aggregations) =>
            $"--numa_node 1 --monitoring_intervals_goal 400 {aggregations} 5ms 5ms --damos_action migrate_hot 0 --damos_apply_interval 1s";
        var finding = Explained.Corrects("starved apply interval", Line("3"), Line("10"));
        Assert.EndsWith("tuned every 300 ms: it never is", finding.Problem);
        Assert.Equal(0UL, new SmallHost(Line("3"), 10, _hotAndCold).Scheme(0).Stats.NrTried);
        Assert.InRange(new SmallHost(Line("10"), 10, _hotAndCold).Scheme(0).Stats.NrTried, 1UL, ulong.MaxValue);
    }

    [Fact]
    public void A_tuning_that_can_slow_down_only_delays_the_apply_interval()
    {
        var finding = Assert.Single(Explained.Line(
            "--numa_node 1 --monitoring_intervals_goal 4% 3 5ms 10s --damos_action migrate_hot 0 --damos_apply_interval 1s").Findings);
        Assert.EndsWith("it is not before the sampling interval was tuned up to 16.394 ms", finding.Problem);
    }
}
