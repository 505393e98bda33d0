using Damon.Scenarios.Explaining;

namespace Damon.Scenarios.Tests.Explaining;

/// <summary>No false alarm: configurations that do what they say have no findings and lose nothing.</summary>
public class GoodConfigurationTests
{
    [Theory]
    [InlineData("--numa_node 0 1 --damos_action migrate_hot 0 --damos_access_rate 5% max --damos_apply_interval 1s --damos_filter "
        + "allow addr 31G 58G --damos_quota_interval 1s --damos_quota_goal node_eligible_mem_bp 70% 0 "
        + "--damos_action migrate_hot 1 --damos_access_rate 5% max --damos_apply_interval 1s --damos_filter allow addr 4G 31G "
        + "--damos_quota_interval 1s --damos_quota_goal node_eligible_mem_bp 30% 1 --damos_nr_filters 1 1 --damos_nr_quota_goals 1 1")]
    public void No_trap_is_found(string line) => Assert.Empty(Explained.Line(line, KnownMachine.Default).Findings);

    [Theory]
    [InlineData("paddr")]
    [InlineData("--monitoring_intervals_autotune paddr")]
    [InlineData("4242")]
    [InlineData("--ops vaddr --target_pid 42 --damos_action migrate_hot 0 11 1 9 --damos_access_rate 5% max --damos_apply_interval 1s")]
    [InlineData("--damos_action stat --damos_access_rate 5% max")]
    [InlineData("--damos_action pageout --damos_access_rate 0% 0% --damos_age 120s max --damos_quota_interval 1s --damos_quota_time "
        + "10ms --damos_quota_space 128M --damos_quota_weights 0% 0% 1% --damos_wmarks free_mem_rate 5s 50% 40% 20%")]
    [InlineData("--damos_action pageout --damos_access_rate 0% 0% --damos_age 5s max --damos_quota_interval 1s --damos_quota_space 1G "
        + "--damos_quota_goal some_mem_psi_us 10ms")]
    [InlineData("--damos_action pageout --damos_filter reject anon --damos_quota_interval 1s --damos_quota_space 100M "
        + "--damos_quota_goal user_input 10000 0")]
    [InlineData("--damos_action lru_prio --damos_access_rate 50% max --damos_quota_interval 1s --damos_quota_time 5ms "
        + "--damos_quota_goal active_mem_bp 70% --damos_action lru_deprio --damos_access_rate 0% 0% --damos_age 120s max "
        + "--damos_quota_interval 1s --damos_quota_time 5ms --damos_quota_goal inactive_mem_bp 30.02% --damos_nr_quota_goals 1 1")]
    [InlineData("--numa_node 1 --monitoring_intervals_goal 4% 3 5ms 10s --damos_action migrate_hot 0 --damos_access_rate 5% max "
        + "--damos_quota_interval 1s --damos_quota_space 200M --damos_quota_goal node_mem_used_bp 99.7% 0 --damos_filter allow young "
        + "--numa_node 0 --monitoring_intervals_goal 4% 3 5ms 10s --damos_action migrate_cold 1 --damos_access_rate 0% 0% "
        + "--damos_quota_interval 1s --damos_quota_space 200M --damos_quota_goal node_mem_free_bp 0.5% 0 --damos_filter reject young "
        + "--damos_nr_quota_goals 1 1 --damos_nr_filters 1 1 --nr_targets 1 1 --nr_schemes 1 1 --nr_ctxs 1 1")]
    public void Nothing_is_found(string line)
    {
        Explanation explanation = Explained.Line(line, KnownMachine.Default);
        Assert.Empty(explanation.Findings);
        Assert.Empty(explanation.Lost);
    }
}
