using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.Workloads;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Tests.Reading;

/// <summary>What a scenario says arrives in the hosts' settings.</summary>
public sealed class ScenarioTests
{
    private const ulong GiB = 1UL << 30;

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hocon"), "*.conf").Select(path => Path.GetFileName(path)).Where(name => name != "reference.conf")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_scenario_of_the_repository_is_accepted(string file)
    {
        Scenario scenario = Load(file);

        Assert.NotEmpty(scenario.Hosts);
        Assert.Contains(scenario.Hosts, host => !host.Settings.Kdamonds.IsEmpty);
        Assert.All(scenario.Hosts, host => Assert.True(HasGoals(host) || host.Followed.Length > 0 || LooksAtPages(host)));
    }

    private static bool LooksAtPages(HostPlan host) =>
        host.Settings.Kdamonds.Any(kdamond => kdamond.PageCounting is not null || !kdamond.Probes.IsEmpty);

    private static bool HasGoals(HostPlan host) =>
        host.Settings.Kdamonds.SelectMany(kdamond => kdamond.Schemes).Any(scheme => !scheme.Quota.Goals.IsEmpty);

    [Fact]
    public void The_example_of_the_documentation_is_accepted()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "scenarios.md"));
        int begin = text.IndexOf("```hocon\n", StringComparison.Ordinal) + "```hocon\n".Length;
        Scenario scenario = Small.ReadAlone(text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)]);

        Assert.Equal(["/web", "/batch", "node 0"], scenario.Hosts[0].Aims.Select(aim => aim.Name));
    }

    [Fact]
    public void The_published_test_is_the_published_test()
    {
        Scenario scenario = Load("memcg-tiering.conf");
        HostPlan host = Assert.Single(scenario.Hosts);

        Assert.Equal("memcg-tiering", scenario.Run.Name);
        Assert.Equal([new(4 * GiB >> 12, 27 * GiB >> 12), new(31 * GiB >> 12, 27 * GiB >> 12)], host.Settings.Nodes.ToArray());
        Assert.Equal(["/workload_a", "/workload_b"], host.Settings.Memcgs.Select(memcg => memcg.Path));
        Assert.Equal([new("/workload_a", 0, 0, 969), new Aim("/workload_b", 1, 0, 1969)], host.Aims.ToArray());
        Assert.All(host.Settings.Processes, process => Assert.Equal(10 * GiB >> 12, process.NrPages));
        Assert.All(host.Settings.Processes, process => Assert.Equal(10, process.Rules.Length));
        Assert.Equal(new TimeWindow(60_000_000, 120_000_000, 600_000_000), host.Settings.Processes[0].Rules[1].Window);
        Assert.All(host.Settings.Kdamonds, kdamond => Assert.Null(kdamond.Seed));
        Assert.Equal([new AddressRange(31 * GiB, 58 * GiB)], host.Settings.Kdamonds[0].Targets[0].Ranges.ToArray());
        Assert.Equal([new AddressRange(4 * GiB, 31 * GiB)], host.Settings.Kdamonds[1].Targets[0].Ranges.ToArray());
        Assert.Equal(
            [(SchemeAction.MigrateHot, 969), (SchemeAction.MigrateHot, 1969), (SchemeAction.MigrateCold, 9050), (SchemeAction.MigrateCold, 8050)],
            host.Settings.Kdamonds.SelectMany(kdamond => kdamond.Schemes).Select(scheme => (scheme.Action, (int)scheme.Quota.Goals[0].TargetValue)));
    }

    [Fact]
    public void A_scheme_has_what_damo_staged_cut_to_the_types_of_the_kernel()
    {
        SchemeSettings scheme = Load("memcg-tiering.conf").Hosts[0].Settings.Kdamonds[0].Schemes[1];

        // damo sends 2^64/5 samples and 2^64/10^5 aggregations for "max"; the kernel keeps the low 32 bits.
        Assert.Equal(new AccessPattern(0, ulong.MaxValue, 1, 0x33333400, 0, 0xAC471B47), scheme.Pattern);
        Assert.Equal(1_000_000UL, scheme.ApplyIntervalUs);
        Assert.Equal(new NodeId(0), scheme.TargetNode);
        Assert.Equal(1_000UL, scheme.Quota.ResetIntervalMs);
        Assert.Equal((1U, 1U, 1U), (scheme.Quota.WeightSize, scheme.Quota.WeightNrAccesses, scheme.Quota.WeightAge));
        Assert.Equal(GoalTunerKind.Consist, scheme.Quota.GoalTuner);
        Assert.Equal(
            [new(SchemeFilterType.Memcg, true, true, new MemcgId(2)), new SchemeFilter(SchemeFilterType.Young, true, true)], scheme.Filters.ToArray());
        Assert.Equal(new QuotaGoal(GoalMetric.NodeMemcgUsedBp, 1969, new NodeId(0), new MemcgId(2)), Assert.Single(scheme.Quota.Goals));
    }

    [Fact]
    public void Memory_is_first_touched_at_time_0_in_the_order_of_the_file()
    {
        HostSettings settings = Small.Read().Hosts[0].Settings;

        FolioKind kind = new(Anon: true, Active: false, Unevictable: false, Mapped: true, Huge: false);
        Assert.Equal(
            [
                new AllocateEvent(0, 0, 0, 4096, new NodeId(0), new NodeId(1), kind),
                new AllocateEvent(0, 1, 0, 2048, new NodeId(1), null, kind),
            ],
            settings.Events.ToArray());
    }

    [Fact]
    public void Templates_make_named_hosts_each_with_random_streams_of_its_own()
    {
        Scenario scenario = Small.Read("hosts { web { count = 3 }, db { cgroups { \"/a\" { workloads = [] } } } }");

        Assert.Equal(["web-0", "web-1", "web-2", "db"], scenario.Hosts.Select(host => host.Settings.Name));
        Assert.Empty(scenario.Hosts[3].Settings.Processes);
        Assert.Equal(3, scenario.Hosts.Take(3).Select(host => Stream(host)).Distinct().Count());
        Assert.Equal(Stream(scenario.Hosts[0]), Stream(Small.Read("hosts { web { count = 3 } }").Hosts[0]));
    }

    [Fact]
    public void The_command_line_goes_before_the_file()
    {
        RunSettings run = Small.Read("run.seed = 5", new RunOverrides(Seed: 7, DurationUs: 2_000_000)).Run;

        Assert.Equal((7UL, 2_000_000UL), (run.Seed, run.DurationUs));
        Assert.Equal((5UL, 3_000_000UL), (Small.Read("run.seed = 5").Run.Seed, Small.Read().Run.DurationUs));
    }

    [Fact]
    public void Every_kind_of_event_arrives()
    {
        HostSettings settings = Small.Read("""
            events = [
              { at = 2 s, kind = feed, value = 7 }
              { at = 1 s, kind = tune, damo = "damo tune --numa_node 0 --damos_action stat" }
              { at = 1 s, kind = pause }, { at = 1500 ms, kind = resume }, { at = 0 s, kind = balloon, node = 1, size = 1 MiB }
            ]
            pressure = [ { from = 1 s, to = 2 s, stall = 10 ms } ]
            """).Hosts[0].Settings;

        Assert.Equal(new BalloonEvent(0, new NodeId(1), 256), settings.Events.OfType<BalloonEvent>().Single());
        Assert.Equal([0UL, 1_000_000, 1_000_000, 1_500_000, 2_000_000], settings.Events.Skip(2).Select(one => one.AtUs));
        Assert.Equal(SchemeAction.Stat, settings.Events.OfType<CommitEvent>().Single().Settings.Schemes[0].Action);
        Assert.Equal([true, false], settings.Events.OfType<PauseEvent>().Select(pause => pause.Paused));
        Assert.Equal(new FeedEvent(2_000_000, 0, 0, 0, 7), settings.Events.OfType<FeedEvent>().Single());
        Assert.Equal([new PsiSegment(1_000_000, 2_000_000, 10_000)], settings.Psi.ToArray());
    }

    [Fact]
    public void Work_is_free_unless_it_is_to_take_time()
    {
        Assert.Equal(CostSettings.Free, Small.Read("costs.access-check = 5 us").Hosts[0].Settings.Costs);

        CostSettings costs = Small.Read("costs { kdamond-time = on, migrate-page = 2 us }").Hosts[0].Settings.Costs;
        Assert.Equal((300L, 2_000L), (costs.AccessCheckNs, costs.Apply[SchemeAction.MigrateHot].AppliedNs));
    }

    [Fact]
    public void Targets_of_the_file_go_before_those_of_the_goals()
    {
        Assert.Equal(
            [new("/a", 0, 1, 969), new Aim("/b", 1, 0, null)],
            Small.Read().Hosts[0].Aims.ToArray());
        Assert.Equal(
            [new("/a", 0, 0, 2_500), new Aim("/b", 1, 0, null)],
            Small.Read("targets.\"/a\".share = 25%").Hosts[0].Aims.ToArray());
    }

    [Theory]
    [InlineData("node_mem_free_bp 30.5% 0", "node 0", 0, 6950)]
    [InlineData("node_mem_used_bp 60% 1", "node 1", 1, 6000)]
    public void Goals_of_whole_nodes_are_followed_too(string goal, string name, int node, int target)
    {
        string damo = $"damo = \"damo start --numa_node 0 --damos_action stat --damos_quota_interval 1s --damos_quota_goal {goal}\"";

        Assert.Contains(new Aim(name, null, node, (ulong)target), Small.Read(damo).Hosts[0].Aims);
    }

    [Fact]
    public void Coarser_pages_make_coarser_regions()
    {
        HostSettings settings = Small.Read("machine.page-size = 64 KiB").Hosts[0].Settings;

        Assert.Equal(16, settings.PageShift);
        Assert.Equal(65_536UL, settings.Kdamonds[0].MinRegionSize);
        Assert.Equal(256U, settings.Processes[0].NrPages);
    }

    [Fact]
    public void Apply_intervals_that_tuning_starves_are_named()
    {
        const string Damo = "damo = \"damo start --numa_node 0 --monitoring_intervals_goal 4% 3 5ms 10s --damos_action stat --damos_apply_interval ";

        Assert.Contains("at first every 300 ms", Assert.Single(Small.Read(Damo + "1s\"").Notices), StringComparison.Ordinal);
        Assert.Empty(Small.Read(Damo + "300ms\"").Notices);
    }

    private static ulong Stream(HostPlan host) => host.Settings.Processes[1].Rules.OfType<PoissonRule>().Single().Seed;

    private static Scenario Load(string file) => ScenarioReader.Load(Path.Combine(AppContext.BaseDirectory, "hocon", file));
}
