using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Scenarios of processes that are monitored by virtual address: weights, restarts, exits, cgroups as targets.</summary>
public sealed class AddressSpaceTests
{
    private const ulong MiB = 1 << 20;

    /// <summary>40 MiB are 512 rounds of 20 small folios, or one round of huge ones; the weights change at 15 s, the address at 30 s.</summary>
    private const string Interleave = """
        run { duration = 45 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 128 MiB }, { size = 128 MiB, tier = cxl } ]
        cgroups."/app".workloads = [
          { name = app, pid = 100, kind = heat-bands, size = 80 MiB, bands = [ { size = 40 MiB, period = 4 ms } ], huge = HUGE }
        ]
        damo = "damo start --ops vaddr --target_pid 100 --damos_action migrate_hot 0 11 1 9 --damos_access_rate 50% max --damos_apply_interval 1s"
        events = [
          { at = 15 s, kind = tune, damo = "damo tune --ops vaddr --target_pid 100 --damos_action migrate_hot 0 10 1 10 --damos_access_rate 50% max --damos_apply_interval 1s" }
          { at = 30 s, kind = restart, process = app, address = 94 TiB }
        ]
        """;

    [Theory]
    [InlineData("off", 4096)]
    [InlineData("on", 2 << 20)]
    public void Other_weights_move_just_the_difference_and_a_restart_all_anew(string huge, int folioBytes)
    {
        HostOutcome outcome = Run(Interleave.Replace("HUGE", huge, StringComparison.Ordinal));

        Assert.Empty(outcome.Refusals);
        Assert.Equal([0UL, 15_000_000, 30_000_000], outcome.Periods.Select(period => period.FromUs));
        Assert.Equal([15_000_000UL, 30_000_000, 45_000_000], outcome.Periods.Select(period => period.ToUs));
        (double Low, double High)[] moved = [(18, 18 + 4), (1.8, 2.2), (20, 20 + 4)];
        foreach ((Period period, (double low, double high)) in outcome.Periods.Zip(moved))
        {
            ProcessPeriod app = Assert.Single(period.Processes);
            Assert.InRange(app.MovedBytes / (double)MiB, low, high);
            Assert.Equal(period.MigratedBytes, app.MovedBytes);
            Assert.Equal(app.MovedBytes, app.MovedFolios * (ulong)folioBytes);
            Assert.Equal(0UL, app.MovedAgain);
            Assert.InRange(app.OffWeights!.Value, 0, 0.001);
            Assert.True(period.QuietUs >= 10_000_000, $"the last folio moved {period.QuietUs} us before the end");
        }

        Assert.Equal<ulong>([22 * MiB, 18 * MiB], outcome.Periods[0].Processes[0].HotBytesByNode);
        Assert.Equal<ulong>([20 * MiB, 20 * MiB], outcome.Periods[2].Processes[0].HotBytesByNode);
        Assert.Equal<ulong>([11, 9], outcome.Periods[0].Processes[0].Weights);
        Assert.Equal<ulong>([10, 10], outcome.Periods[1].Processes[0].Weights);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    public void Traffic_is_shared_as_the_weights_say_and_all_of_it_is_counted(string huge)
    {
        const string Bandwidths = "\ncosts.memory.counts = on, machine.nodes = [ { size = 128 MiB, bandwidth = 110 MB }, { size = 128 MiB, bandwidth = 90 MB } ]";
        HostOutcome outcome = Run(Interleave.Replace("HUGE", huge, StringComparison.Ordinal) + Bandwidths);

        // A line of each of 10,240 pages each 4 ms; a folio that moves is read on one node and written on the other. The first window of a period
        // may have begun in the one before.
        const double Accesses = 10_240 * 250 * 64;
        foreach (Period period in outcome.Periods)
        {
            double moved = 2.0 * period.MigratedBytes / ((period.ToUs - period.FromUs) / 1e6);
            Assert.InRange(period.Nodes.Sum(node => node.BytesPerSecond), Accesses + (moved * 0.9), Accesses + (moved * 1.1));
        }

        // Two thirds of the second period's windows and more are of a steady state.
        Period first = outcome.Periods[0], second = outcome.Periods[1];
        Assert.Equal([0.55, 0.45], [first.WeightShare(0)!.Value, first.WeightShare(1)!.Value]);
        Assert.InRange(first.TrafficShare(0), 0.54, 0.58);
        Assert.InRange(second.TrafficShare(0), 0.495, 0.51);
        Assert.Equal(second.Nodes[0].BytesPerSecond / 110e6, second.Nodes[0].Use!.Value, 12);
        Assert.True(second.Nodes[1].Use > second.Nodes[0].Use, "half of the traffic is a larger share of the slower node's bandwidth");
    }

    [Fact]
    public void Bandwidth_is_not_told_where_memory_costs_nothing()
    {
        Assert.All(Run(Interleave.Replace("HUGE", "on", StringComparison.Ordinal)).Periods, period => Assert.Empty(period.Nodes));
    }

    [Fact]
    public void Goals_on_both_nodes_move_folios_to_and_fro()
    {
        const string PushAndPull = """
            damo = "damo start --numa_node 0 1 --damos_action migrate_hot 0 --damos_access_rate 50% max --damos_apply_interval 1s --damos_quota_interval 1s --damos_quota_goal node_eligible_mem_bp 55% 0 --damos_quota_goal_tuner temporal --damos_action migrate_hot 1 --damos_access_rate 50% max --damos_apply_interval 1s --damos_quota_interval 1s --damos_quota_goal node_eligible_mem_bp 45% 1 --damos_quota_goal_tuner temporal --damos_nr_quota_goals 1 1"
            events = []
            """;
        ProcessPeriod app = Run(Interleave.Replace("HUGE", "off", StringComparison.Ordinal) + "\n" + PushAndPull).Periods[0].Processes[0];

        Assert.True(app.MovedAgain > 1000, $"only {app.MovedAgain} folios moved more than once");
        Assert.True(app.MovedBytes > 4 * 40 * MiB, $"only {app.MovedBytes} bytes moved");
        Assert.Null(app.OffWeights);
    }

    [Fact]
    public void Without_anyone_who_looks_at_addresses_processes_have_no_mappings()
    {
        Scenario scenario = Small.Read();

        Assert.All(scenario.Hosts[0].Settings.Processes, process => Assert.Empty(process.Vmas.Vmas));
        Assert.All(scenario.Hosts[0].Settings.Processes, process => Assert.False(process.FollowsMoves));
        Assert.Empty(new ScenarioRun(scenario).Run(1)[0].Periods);
    }

    [Fact]
    public void A_process_that_exits_gives_its_memory_back()
    {
        HostOutcome outcome = Run(Interleave.Replace("HUGE", "off", StringComparison.Ordinal)
            + "\nrun.duration = 4 s, events = [ { at = 2500 ms, kind = exit, process = app } ]");

        Assert.Equal(80 * MiB, Resident(outcome.Samples[2]));
        Assert.Equal(0UL, Resident(outcome.Samples[3]));
    }

    [Fact]
    public void A_cgroup_is_followed_with_all_its_children()
    {
        HostOutcome outcome = Run("""
            run { duration = 3 s, sample-interval = 1 s, window = 2, snapshots = on }
            machine.nodes = [ { size = 64 MiB } ]
            cgroups {
              "/a".workloads = [ { kind = uniform, size = 4 MiB } ]
              "/a/b".workloads = [ { kind = uniform, size = 4 MiB, address = 86 TiB } ]
              "/c".workloads = [ { kind = uniform, size = 4 MiB, address = 87 TiB } ]
            }
            damo = "damo start --ops vaddr"
            vaddr-targets = [ { cgroup = "/a" } ]
            """);
        ImmutableArray<RegionSample> regions = outcome.Samples[^1].Kdamonds[0].Regions;

        Assert.Equal([0, 1], regions.Select(region => region.Target).Distinct());
        Assert.Contains(regions, region => region.Target == 0 && region.Start == 85UL << 40);
        Assert.Contains(regions, region => region.Target == 1 && region.Start == 86UL << 40);
        Assert.DoesNotContain(regions, region => region.Start == 87UL << 40);
    }

    [Fact]
    public void Snapshots_change_nothing()
    {
        Assert.Equal(Run(Small.Text).StateHash, Run(Small.Text + "run.snapshots = on").StateHash);
    }

    private static ulong Resident(HostSample sample) => sample.Memcgs[0].ResidentBytesByNode.Aggregate(0UL, (sum, bytes) => sum + bytes);

    private static HostOutcome Run(string text)
    {
        HostOutcome outcome = new ScenarioRun(Small.ReadAlone(text)).Run(1)[0];
        Assert.Null(outcome.Failure);
        return outcome;
    }
}
