using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>Goals over all hosts: what is measured, aggregated and fed, and when.</summary>
public sealed class FleetGoalTests
{
    /// <summary>Hosts whose use of node 0 differs and changes: a demotion goes on until a tenth of it is free.</summary>
    private const string Text = """
        run { duration = 8 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ]
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_access_rate 0% 0% --damos_quota_interval 1s --damos_quota_space 2M --damos_quota_goal user_input 4000 1"
        costs.memory.counts = on
        hosts {
          web { count = 4, cgroups."/a".workloads = [ { kind = uniform, size = { draw = uniform, from = 16 MiB, to = 60 MiB }, rate = 0.2 } ] }
          db { cgroups."/b".workloads = [ { kind = phased-regions, size = 48 MiB, dwell = 10 s } ] }
        }
        fleet.goals.used { metric = node-used, every = 2 s, aggregate = mean }

        """;

    [Theory]
    [InlineData("mean")]
    [InlineData("max")]
    [InlineData("min")]
    [InlineData("sum")]
    [InlineData("p50")]
    [InlineData("p95")]
    public void The_value_is_the_aggregate_of_what_the_hosts_had_a_window_before(string aggregate)
    {
        FleetOutcome outcome = new FleetRun(new Fleet(Read($"fleet.goals.used.aggregate = {aggregate}"))).Run(2);
        FleetCourse course = Assert.Single(outcome.Courses);

        Assert.Equal("/fleet/goals/used", course.Name);
        Assert.Equal([3_000_000UL, 5_000_000, 7_000_000], course.Readings.Select(reading => reading.AtUs));
        foreach (FleetReading reading in course.Readings)
        {
            double[] used = [.. outcome.Hosts.Select(host => UsedBp(host.Samples.Single(sample => sample.AtUs == reading.AtUs - 1_000_000))).Order()];
            double expected = aggregate switch
            {
                "mean" => used.Sum() / 5,
                "max" or "p95" => used[4],
                "min" => used[0],
                "p50" => used[2],
                _ => used.Sum(),
            };
            Assert.Equal(expected, reading.Values[0], 6);
            Assert.Equal([used[0], used[4], 5], reading.Values.Skip(1));
        }
    }

    [Fact]
    public void What_comes_out_is_fed_to_the_goal_of_each_host_two_windows_after()
    {
        FleetOutcome outcome = new FleetRun(new Fleet(Read())).Run(2);
        ulong fed = (ulong)Math.Round(outcome.Courses[0].Readings[0].Values[0]);

        // Fed at 4 s with a target of 4,000; scores are from the quota windows that begin after.
        Assert.All(outcome.Hosts, host => Assert.Equal(1UL * 10_000 / 4_000, Score(host, 3_000_000)));
        Assert.All(outcome.Hosts, host => Assert.Equal(fed * 10_000 / 4_000, Score(host, 6_000_000)));
    }

    [Fact]
    public void Only_the_hosts_that_are_named_are_asked_and_fed()
    {
        FleetOutcome outcome = new FleetRun(new Fleet(Read("fleet.goals.used.hosts = web"))).Run(2);

        Assert.All(outcome.Courses[0].Readings, reading => Assert.Equal(4, reading.Values[3]));
        Assert.Equal(2UL, Score(outcome.Hosts[4], 8_000_000));
        Assert.NotEqual(2UL, Score(outcome.Hosts[0], 8_000_000));
    }

    [Theory]
    [InlineData("speed", "")]
    [InlineData("excess-slowdown", "cgroup = \"/a\", hosts = web")]
    [InlineData("latency", "cgroup = \"/a\", hosts = web")]
    [InlineData("stall", "")]
    public void What_tenants_feel_is_measured(string metric, string more)
    {
        FleetOutcome outcome = new FleetRun(new Fleet(Read($"fleet.goals.used {{ metric = {metric}, {more} }}"))).Run(2);
        double[] felt = [.. outcome.Hosts.Take(more.Length > 0 ? 4 : 5).Select(host => host.Samples[4]).Select(sample => metric switch
        {
            "speed" => 10_000 / sample.Costs!.Tenants[0].Slowdown,
            "excess-slowdown" => (sample.Costs!.Tenants[0].Slowdown - 1) * 10_000,
            "latency" => sample.Costs!.Tenants[0].AverageLatencyNs,
            _ => 0,
        })];

        if (metric != "stall") Assert.Equal(felt.Average(), outcome.Courses[0].Readings[1].Values[0], 6);
        Assert.Equal(3, outcome.Courses[0].Readings.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_engine_comes_to_the_same_digest(int seed)
    {
        Fleet fleet = new(Read());
        string digest = new FleetRun(fleet).Run(1).Digest;

        Assert.Equal(digest, new FleetRun(fleet).Run(2).Digest);
        Assert.Equal(digest, new FleetRun(fleet).Run(4).Digest);
        Assert.Equal(digest, new ScatteredEngine(fleet, 1 + seed, seed).Run());
        Assert.NotEqual(digest, new FleetRun(new Fleet(Read("run.seed = 2"))).Run(2).Digest);
    }

    [Fact]
    public void Threads_that_take_turns_at_windows_come_to_the_same_digest()
    {
        Fleet fleet = new(Read());
        FleetRun stepped = new(fleet);
        for (long window = 0; window < fleet.WindowCount; window++) stepped.RunWindow(window, threads: 1 + (int)(window % 3));

        Assert.Equal(new FleetRun(fleet).Run(1).Digest, stepped.End(2).Digest);
    }

    [Fact]
    public void Percentiles_are_values_that_were_measured()
    {
        double[] values = [.. Enumerable.Range(1, 40).Select(i => (double)i)];

        Assert.Equal(20, GoalAggregator.Of(FleetAggregate.P50, values));
        Assert.Equal(38, GoalAggregator.Of(FleetAggregate.P95, values));
        Assert.Equal(1, GoalAggregator.Of(FleetAggregate.P95, values.AsSpan(0, 1)));
        Assert.Equal(820, GoalAggregator.Of(FleetAggregate.Sum, values));
    }

    [Theory]
    [InlineData("fleet.goals.used.hosts = wbe", "fleet.goals.used.hosts: found \"wbe\", allowed: web, db; did you mean 'web'?")]
    [InlineData("fleet.goals.used.every = 1500 ms", "fleet.goals.used.every: found \"1500 ms\", allowed: whole windows of run.window-length, which is 1 s")]
    [InlineData("fleet.goals.used.node = 2", "fleet.goals.used.node: found 2, allowed: a node of each host; web-0 has 2, from 0")]
    [InlineData("fleet.goals.used.scheme = 1", "fleet.goals.used: goal is not set, allowed: a goal of user_input of each host; web-0 has none at 0.1.0")]
    [InlineData("fleet.goals.used { metric = speed, cgroup = /a }", "fleet.goals.used.cgroup: found \"/a\", allowed: a cgroup of each host; db has /b")]
    [InlineData("costs.memory.counts = off, fleet.goals.used.metric = speed", "fleet.goals.used.metric: found \"speed\", allowed: node-used or stall where a host has costs.memory.counts off, as web-0 has")]
    [InlineData("fleet.gaols {}", "fleet.gaols: unknown key, did you mean 'goals'?")]
    public void What_cannot_be_is_refused(string more, string said) =>
        Assert.Contains(said, Small.Error(Text + more), StringComparison.Ordinal);

    private static Scenario Read(string more = "") => Small.ReadAlone(Text + more);

    private static double UsedBp(HostSample sample) =>
        10_000.0 * sample.Nodes[0].UsedBytes / (sample.Nodes[0].UsedBytes + sample.Nodes[0].FreeBytes);

    private static ulong? Score(Damon.Scenarios.Running.HostOutcome host, ulong atUs) =>
        host.Samples.Single(sample => sample.AtUs == atUs).Kdamonds[0].Schemes[0].Score;
}
