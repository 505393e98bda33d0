using Damon.Scenarios.Explaining;

namespace Damon.Scenarios.Tests.Explaining.Traps;

public class CgroupTrapTests
{
    private const string Quota = " --damos_quota_interval 1s --damos_quota_space 4M --damos_quota_goal_tuner temporal ";

    [Fact]
    public void A_goal_for_a_path_without_its_slash_is_never_met()
    {
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_filter allow memcg /a" + Quota + "--damos_quota_goal "
            + "node_memcg_used_bp 10% 0 ";
        Explained.Corrects("misspelled cgroup", Line + "a", Line + "/a");

        Tenant tenant = new("/a", 1, 24, 1000);
        Assert.InRange(new SmallHost(Line + "a", 20, tenant).MiBOf("/a", 0), 20, 24);
        Assert.InRange(new SmallHost(Line + "/a", 20, tenant).MiBOf("/a", 0), 6.4, 10.4);
    }

    [Fact]
    public void A_cgroup_that_the_machine_does_not_have_is_told_with_the_nearest()
    {
        KnownMachine machine = Explained.SmallMachine with { Cgroups = [new KnownCgroup("/workload_a"), new KnownCgroup("/workload_b")] };
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_filter allow memcg ";
        Assert.Equal("/workload_a", Assert.Single(Explained.Line(Line + "/worklod_a", machine).Findings).Corrected);
        Assert.Equal("one of /workload_a, /workload_b", Assert.Single(Explained.Line(Line + "/web", machine).Findings).Corrected);
        Assert.Empty(Explained.Line(Line + "/workload_b", machine).Findings);
    }

    [Fact]
    public void A_demotion_for_one_tenant_that_filters_another_demotes_the_other()
    {
        const string Line = "--numa_node 0 --damos_action migrate_cold 1" + Quota + "--damos_quota_goal node_memcg_free_bp 90% 0 /b "
            + "--damos_filter reject none memcg ";
        Explained.Corrects("goal and filter of different cgroups", Line + "/a", Line + "/b");

        Tenant[] tenants = [new("/a", 0, 24), new("/b", 0, 24)];
        SmallHost trapped = new(Line + "/a", 20, tenants), mended = new(Line + "/b", 20, tenants);
        Assert.InRange(trapped.MiBOf("/a", 1), 16, 24);
        Assert.Equal(0, trapped.MiBOf("/b", 1));
        Assert.Equal(0, mended.MiBOf("/a", 1));
        Assert.InRange(mended.MiBOf("/b", 0), 2, 6.4);
    }

    [Fact]
    public void A_demotion_for_one_tenant_without_a_filter_demotes_everybody()
    {
        const string Line = "--numa_node 0 --damos_action migrate_cold 1" + Quota + "--damos_quota_goal node_memcg_free_bp 90% 0 /b";
        const string Corrected = Line + " --damos_filter reject none memcg /b";
        Explained.Corrects("goal and filter of different cgroups", Line, Corrected);

        Tenant[] tenants = [new("/a", 0, 24), new("/b", 0, 24)];
        Assert.InRange(new SmallHost(Line, 20, tenants).MiBOf("/a", 1), 4, 24);
        Assert.Equal(0, new SmallHost(Corrected, 20, tenants).MiBOf("/a", 1));
    }
}
