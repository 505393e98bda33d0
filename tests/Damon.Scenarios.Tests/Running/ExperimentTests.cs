using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>What docs/experiments.md says of the scenarios, on small hosts.</summary>
public sealed class ExperimentTests
{
    private const string TwoNodes = """
        run { duration = 60 s, sample-interval = 1 s, window = 10 }
        machine.nodes = [ { start = 1 GiB, size = 256 MiB }, { start = 1280 MiB, size = 256 MiB, tier = cxl } ]

        """;

    private const string HalfHot = TwoNodes + """
        cgroups {
          "/hot" { workloads = [ { kind = phased-regions, size = 32 MiB, regions = 1 } ] }
          "/idle" { workloads = [ { kind = uniform, size = 32 MiB, rate = 0 } ] }
        }
        targets."/hot" { node = 0, share = 70%, of = tenant }

        """;

    [Theory]
    [InlineData("node_eligible_mem_bp 70% 0", "node_eligible_mem_bp 30% 1")]
    [InlineData("node_ineligible_mem_bp 70% 1", "node_ineligible_mem_bp 30% 0")]
    public void Push_and_pull_distribute_hot_memory_and_leave_idle_memory_alone(string pull, string push)
    {
        HostOutcome outcome = Run(HalfHot + Damo($"{Migrate(0, "1342177280 1610612736", pull)} {Migrate(1, "1073741824 1342177280", push)} --damos_nr_quota_goals 1 1 --damos_nr_filters 1 1"));
        RunReport report = Report(outcome);
        AimResult hot = report.Hosts[0].Aims[0];

        Assert.InRange(hot.MeanBytes / hot.NodeBytes, 0.6, 0.8);
        Assert.NotNull(hot.Approach!.NearAtUs);
        Assert.True(outcome.Samples[^1].Memcgs[1].LruBytesByNode[0] > 31UL << 20);
    }

    [Fact]
    public void A_goal_that_is_met_from_the_start_leaves_no_quota_and_moves_nothing()
    {
        HostOutcome outcome = Run(HalfHot + Damo(Migrate(1, "1073741824 1342177280", "node_eligible_mem_bp 1% 0")));

        Assert.Equal(0UL, outcome.Samples[^1].Nodes[1].MigratedInBytes);
    }

    [Fact]
    public void Charging_failures_in_full_makes_reclaim_beside_locked_memory_late_and_idle()
    {
        const string Locked = """
            run { duration = 60 s, sample-interval = 1 s }
            machine.nodes = [ { start = 1 GiB, size = 256 MiB } ]
            cgroups {
              "/locked" { workloads = [ { kind = mlocked, size = 128 MiB } ] }
              "/files" { workloads = [ { kind = page-cache-fill, size = 117 MiB, speed = 1 GiB } ] }
            }
            damo-start = 1 s

            """;
        const string Reclaim = "--damos_action pageout --damos_quota_space 8M --damos_quota_interval 1s --damos_quota_goal node_mem_free_bp 40% 0 --damos_quota_goal_tuner temporal";
        SchemeProgress full = Report(Run(Locked + Damo(Reclaim))).Hosts[0].Progress[0];
        SchemeProgress part = Report(Run(Locked + Damo(Reclaim + " --damos_quota_fail_charge_ratio 1 4096"))).Hosts[0].Progress[0];

        Assert.True(part.MetAtUs <= 20_000_000, $"met after {part.MetAtUs} us");
        Assert.True(full.MetAtUs is null || full.MetAtUs > 2 * part.MetAtUs, $"met after {full.MetAtUs} us");
        Assert.True(full.IdleUs > 4 * part.IdleUs);
        Assert.True(full.MeanRate < part.MeanRate / 2);
    }

    [Fact]
    public void Both_interleaving_goals_stop_when_the_nodes_are_balanced()
    {
        string Interleave(string goal) => $"--damos_action migrate_hot 1 --damos_access_rate 5% max --damos_quota_interval 1s --damos_quota_space 8M --damos_quota_goal {goal} --damos_quota_goal_tuner temporal";
        HostOutcome outcome = Run(TwoNodes + """
            cgroups."/w".workloads = [ { kind = uniform, size = 250 MiB, rate = 50, node = 0, fallback = 1 } ]

            """ + Damo($"{Interleave("node_mem_used_bp 50% 1")} {Interleave("node_mem_free_bp 50% 0")} --damos_nr_quota_goals 1 1"));

        Assert.InRange(outcome.Samples[^1].Nodes[1].UsedBytes / (double)(256UL << 20), 0.48, 0.56);
        Assert.Equal(outcome.Samples[^20].Nodes[1].MigratedInBytes, outcome.Samples[^1].Nodes[1].MigratedInBytes);
    }

    [Fact]
    public void Reclaim_for_pressure_stops_where_refaults_make_too_much_of_it()
    {
        ulong Reclaimed(string goal) => Run(TwoNodes + "swap.kind = ssd, costs.memory.counts = on\n" + """
            cgroups."/w".workloads = [ { kind = uniform, size = 128 MiB, rate = 0.05 } ]

            """ + Damo($"--damos_action pageout --damos_access_rate 0% 0% --damos_quota_interval 1s --damos_quota_space 64M {goal}")).Samples[^1].Nodes[0].ReclaimedBytes;

        Assert.True(Reclaimed("--damos_quota_goal some_mem_psi_us 5ms") < Reclaimed("") / 2);
    }

    [Fact]
    public void A_fed_slowdown_stops_promotion_when_the_tenant_is_fast_enough()
    {
        const string Promote = TwoNodes + """
            costs.memory.counts = on
            cgroups."/w".workloads = [ { kind = phased-regions, size = 64 MiB, regions = 1, node = 1, fallback = 0 } ]
            damo = "damo start --numa_node 1 --damos_action migrate_hot 0 --damos_access_rate 5% max --damos_quota_interval 1s --damos_quota_space 4M --damos_quota_goal user_input 7000 0 --damos_quota_goal_tuner temporal"

            """;
        ulong fed = Run(Promote + "feeds = [ { metric = speed, cgroup = \"/w\" } ]").Samples[^1].Nodes[0].UsedBytes;
        ulong unfed = Run(Promote).Samples[^1].Nodes[0].UsedBytes;

        Assert.InRange(fed >> 20, 20UL, 56UL);
        Assert.True(unfed >> 20 >= 60);
    }

    private static string Migrate(int node, string addresses, string goal) =>
        $"--damos_action migrate_hot {node} --damos_access_rate 5% max --damos_filter allow addr {addresses} --damos_quota_interval 1s --damos_quota_space 1M --damos_quota_goal {goal} --damos_quota_goal_tuner temporal";

    private static string Damo(string options) => $"damo = \"damo start --numa_node 0{(options.Contains("migrate", StringComparison.Ordinal) ? " 1" : "")} {options}\"\n";

    private static HostOutcome Run(string text)
    {
        HostOutcome outcome = new ScenarioRun(Small.ReadAlone(text)).Run(1)[0];
        Assert.Null(outcome.Failure);
        return outcome;
    }

    private static RunReport Report(HostOutcome outcome) =>
        RunReport.Of(Small.ReadAlone("run { duration = 60 s, sample-interval = 1 s, window = 10 }\nmachine.nodes = [ { size = 1 MiB } ]"), [outcome]);
}
