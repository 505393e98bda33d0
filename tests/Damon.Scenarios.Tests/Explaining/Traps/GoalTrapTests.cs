using Damon.Scenarios.Explaining;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Tests.Explaining.Traps;

public class GoalTrapTests
{
    private static string Exchange(string used, string free) =>
        $"--numa_node 1 --damos_action migrate_hot 0 --damos_access_rate 5% max --damos_quota_goal node_memcg_used_bp {used} 0 /a "
        + $"--numa_node 0 --damos_action migrate_cold 1 --damos_access_rate 0% 0% --damos_quota_goal node_memcg_free_bp {free} 0 /a "
        + string.Concat(Enumerable.Repeat(
            "--damos_filter reject none memcg /a --damos_quota_interval 1s --damos_quota_space 1M --damos_quota_goal_tuner temporal ", 2))
        + "--damos_nr_quota_goals 1 1 --damos_nr_filters 1 1 --nr_targets 1 1 --nr_schemes 1 1 --nr_ctxs 1 1";

    [Fact]
    public void Goals_with_a_gap_between_exchange_nothing()
    {
        string trap = Exchange("2500", "6500"), corrected = Exchange("2500", "7520");
        var finding = Explained.Corrects("gap between goals", trap, corrected);
        Assert.Contains("fills up to 25% of node 0 and this one empties down to 35%", finding.Problem);

        // Cold memory where it is fast, and hot memory where it is slow.
        Tenant[] tenants = [new("/a", 0, 19), new("/a", 1, 13, 1000)];
        SmallHost trapped = new(trap, 15, tenants), mended = new(corrected, 15, tenants);
        Assert.Equal((0UL, 0UL), (trapped.Applied(0, 0), trapped.Applied(0, 1)));
        Assert.InRange(mended.Applied(0, 0), 1UL << 19, ulong.MaxValue);
        Assert.InRange(mended.Applied(0, 1), 1UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void Goals_that_only_touch_are_told_and_goals_that_overlap_are_not()
    {
        Assert.Contains("never work together", Assert.Single(Explained.Line(Exchange("2500", "7500")).Findings).Problem);
        Assert.Empty(Explained.Line(Exchange("9.7%", "90.5%")).Findings);
    }

    [Fact]
    public void Pageout_until_a_node_is_used_never_stops()
    {
        const string Line = "--numa_node 0 --damos_action pageout --damos_quota_interval 1s --damos_quota_goal_tuner temporal "
            + "--damos_quota_goal ";
        const string Trap = Line + "node_mem_used_bp 9000 0", Corrected = Line + "node_mem_free_bp 1000 0";
        Explained.Corrects("goal of the wrong way", Trap, Corrected);

        Tenant tenant = new("/a", 0, 16);
        Assert.Equal(16UL << 20, new SmallHost(Trap, 5, tenant).Reclaimed(0));
        Assert.Equal(0UL, new SmallHost(Corrected, 5, tenant).Reclaimed(0));
    }

    [Fact]
    public void A_push_whose_node_damo_loses_goes_the_wrong_way()
    {
        const string Line = "--numa_node 0 --damos_action migrate_hot 1 --damos_quota_interval 1s --damos_quota_goal ";
        var explanation = Explained.Line(Line + "node_eligible_mem_bp 3000 1");
        Assert.Equal("--damos_quota_goal node_eligible_mem_bp 3000 1", Assert.Single(explanation.Findings).Corrected);
        Assert.Contains(explanation.Lost, lost => lost.Contains("node 0, as no node reaches the kernel", StringComparison.Ordinal));
        Assert.Empty(Explained.Line(Line + "node_eligible_mem_bp 30% 1").Findings);
    }

    [Fact]
    public void A_goal_above_the_tenants_memory_lets_the_quota_grow_without_end()
    {
        KnownMachine machine = Explained.SmallMachine with { Cgroups = [new KnownCgroup("/a", 8UL << 20)] };
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_filter allow memcg /a --damos_quota_interval 100ms "
            + "--damos_quota_goal node_memcg_used_bp ";
        const string Trap = Line + "2500 0 /a", Corrected = Line + "1250 0 /a";
        Explained.Corrects("unreachable goal", Trap, Corrected, machine);

        Tenant tenant = new("/a", 1, 8, 1000);
        SmallHost trapped = new(Trap, 10, tenant), mended = new(Corrected, 10, tenant);
        Assert.InRange(trapped.Scheme(0).Score!.Value, 0UL, 9_999UL);
        Assert.InRange(trapped.Scheme(0).EffectiveSizeBytes, 128UL << 20, ulong.MaxValue);
        Assert.InRange(mended.Scheme(0).Score!.Value, 10_000UL, ulong.MaxValue);
        Assert.InRange(mended.Scheme(0).EffectiveSizeBytes, 0UL, 64UL << 20);
    }

    [Fact]
    public void A_goal_that_aims_at_nothing_is_refused_and_told()
    {
        const string Line = "--numa_node 0 --damos_action pageout --damos_quota_interval 1s --damos_quota_goal node_mem_free_bp ";
        Explained.Corrects("unreachable goal", Line + "0 0", Line + "1 0");
        Assert.Throws<StagingException>(() => new SmallHost(Line + "0 0", 1, new Tenant("/a", 0, 1)));
        Explained.Corrects("unreachable goal", Line + "10001 0", Line + "10000 0");
        Explained.Corrects("unreachable goal", Line + "4000 5", Line + "4000 0");
    }

    [Fact]
    public void A_small_hard_quota_needs_hours_for_the_goal()
    {
        const string Line = "--numa_node 0 --damos_action pageout --damos_quota_interval 10s --damos_quota_goal_tuner temporal "
            + "--damos_quota_goal node_mem_free_bp 40% 0 ";
        const string Trap = Line + "--damos_quota_space 4096", Corrected = Line + "--damos_quota_space 74566";
        var finding = Explained.Corrects("unreachable goal", Trap, Corrected);
        Assert.Contains("25.6 MiB, which takes 18.203 h at 4 KiB each 10 s", finding.Problem);

        Tenant tenant = new("/a", 0, 60);
        Assert.InRange(new SmallHost(Trap, 60, tenant).Reclaimed(0), 4096UL, 6 * 4096UL);
        Assert.InRange(new SmallHost(Corrected, 60, tenant).Reclaimed(0), 40 * 4096UL, ulong.MaxValue);
    }
}
