using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Fleets.Agents;
using Damon.Scenarios.Fleets.Tenants;

namespace Damon.Scenarios.Tests.Fleets.Tenants;

/// <summary>Tenants on simulated hosts: when their memory comes and goes, what they wait for, where they move to.</summary>
public sealed class TenantFleetTests
{
    private const ulong MiB = 1 << 20;

    /// <summary>
    /// Two hosts with two slots each, and windows of 1 s. The tenant that comes at 2.5 s is seen at 3 s and runs from 4 s to 14 s; a reading is
    /// taken before what happens at its time.
    /// </summary>
    private const string Text = """
        run { duration = 24 s, sample-interval = 1 s, window = 2 }
        machine { page-size = 64 KiB, nodes = [ { size = 32 MiB }, { size = 32 MiB, tier = cxl } ] }
        costs.memory.counts = on
        hosts.h { count = 2, tenant-slots = 2 }
        fleet.tenants {
          kinds.job { workload { kind = uniform, size = 16 MiB, rate = 10, fallback = 1 }, lifetime = 10 s }
          arrivals = [ { at = 2500 ms } ]
          check-every = 1 s, admit-within = 3 s
        }

        """;

    [Fact]
    public void A_tenant_has_its_memory_while_it_lives()
    {
        FleetOutcome outcome = Run(Text);

        Assert.Equal((5, 14), Stay(outcome, host: 0));
        Assert.All(outcome.Hosts[0].Samples, sample => Assert.True(ResidentOf(sample) is 0 or 16 * MiB));
        Assert.All(outcome.Hosts[1].Samples, sample => Assert.Equal(0UL, ResidentOf(sample)));
        Assert.Equal((1, 1, 0, 0), (Last(outcome, "arrived"), Last(outcome, "finished"), Last(outcome, "placed"), Last(outcome, "waiting")));
        Assert.Contains(outcome.Hosts[0].Samples, sample => sample.Costs!.Tenants[0].AccessesPerSecond > 0);
        Assert.Equal(1, Last(outcome, "job.slowdown_p50"));
    }

    [Fact]
    public void A_tenant_of_a_host_that_is_emptied_goes_on_elsewhere_two_windows_later()
    {
        // Told at 6 s, gone at 7 s after 3 s of its life, there at 9 s for the other 7.
        FleetOutcome outcome = Run(Text + "fleet.tenants.drains = [ { hosts = h-0, from = 6 s } ]");

        Assert.Equal((5, 7), Stay(outcome, host: 0));
        Assert.Equal((10, 16), Stay(outcome, host: 1));
        Assert.Equal((1, 1), (Last(outcome, "moves"), Last(outcome, "finished")));
        Assert.Equal("tenant 0 (job) leaves h-0 for h-1", outcome.Courses[0].Readings.Single(reading => reading.Note is not null).Note);
    }

    [Fact]
    public void A_command_empties_a_host_for_a_while()
    {
        // Taken at 5 s, known at 6 s, for 6 s: the tenants that come at 7 s and 13 s go to h-1 and h-0.
        Fleet fleet = new(Small.ReadAlone(Text + "fleet.tenants.arrivals = [ { at = 2500 ms }, { at = 6500 ms, lifetime = 3 s }, { at = 12500 ms, lifetime = 4 s } ]"));
        CommandReader reader = new(fleet);
        FleetOutcome outcome = new FleetRun(fleet).Run(2, [reader.Read("h-0", "drain 6s") with { Window = 5 }]);

        Assert.Equal([16, 16, 0, 0], MiBs(outcome, 0, 6, 9));
        Assert.Equal([16, 32, 32, 16], MiBs(outcome, 1, 9, 12));
        Assert.Equal((1, 3), (Last(outcome, "moves"), Last(outcome, "finished")));
        Assert.Equal([0, 16], MiBs(outcome, 0, 14, 15));
        Assert.Contains("drain: found '5', allowed: for how long, 1us..", Assert.Throws<CommandException>(() => reader.Read("h-0", "drain 5")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heap_that_has_grown_comes_as_large_as_it_was()
    {
        FleetOutcome outcome = Run(Text + """
            fleet.tenants.kinds.job.workload = null
            fleet.tenants.kinds.job.workload { kind = growing-heap, size = 16 MiB, least-size = 2 MiB, step = 2 MiB, step-every = 1 s }
            fleet.tenants.drains = [ { hosts = h-0, from = 6 s } ]
            """);

        Assert.Equal([2, 4, 6], MiBs(outcome, 0, 5, 7));
        Assert.Equal([0, 8, 10, 12], MiBs(outcome, 1, 9, 12));
    }

    [Fact]
    public void Tenants_leave_a_host_under_pressure_until_it_is_gone()
    {
        // The second one finds DRAM taken by the first, and is slowed down until it has moved.
        FleetOutcome outcome = Run(Text + """
            run.duration = 40 s
            machine.nodes = [ { size = 16 MiB }, { size = 32 MiB, tier = cxl } ]
            fleet.tenants { kinds.job.lifetime = 1 h, arrivals = [ { at = 0 s }, { at = 0 s } ], moves { above = 500, rest = 20 s } }
            """);

        Assert.Equal(1, Last(outcome, "moves"));
        Assert.Equal(16 * MiB, ResidentOf(outcome.Hosts[0].Samples[^1]));
        Assert.Equal(16 * MiB, outcome.Hosts[1].Samples[^1].Memcgs[0].ResidentBytesByNode[0]);
        Assert.True(Last(outcome, "job.slowdown_max") > 1.1);
        Assert.Equal(1, outcome.Hosts[1].Samples[^1].Costs!.Tenants[0].Slowdown, 0.05);
    }

    [Fact]
    public void A_host_without_memory_sends_a_tenant_back_which_then_goes_elsewhere()
    {
        FleetOutcome outcome = Run(Text + """
            hosts.h { count = 1, events = [ { at = 1 s, kind = take-memory, size = 30 MiB }, { at = 1 s, kind = take-memory, node = 1, size = 30 MiB } ] }
            hosts.other { tenant-slots = 1 }
            """);

        Assert.Equal(1, Last(outcome, "sent_back"));
        Assert.All(outcome.Hosts[0].Samples, sample => Assert.Equal(0UL, ResidentOf(sample)));

        // Waits from 4 s to 7 s, which is told at 8 s; the other host has it from 9 s on.
        Assert.Equal((10, 19), Stay(outcome, host: 1));
    }

    [Fact]
    public void Who_waits_too_long_is_refused()
    {
        FleetOutcome outcome = Run(Text + """
            hosts.h { count = 1, tenant-slots = 1 }
            fleet.tenants { arrivals = [ { at = 0 s, lifetime = 8 s }, { at = 1 s }, { at = 8 s, lifetime = 2 s } ], patience = 5 s }
            """);

        Assert.Equal((3, 2, 1), (Last(outcome, "arrived"), Last(outcome, "finished"), Last(outcome, "refused")));
    }

    [Fact]
    public void A_host_borrows_what_a_tenant_waits_for()
    {
        FleetOutcome outcome = Run(Text + """
            machine.nodes = [ { size = 8 MiB }, { size = 32 MiB, tier = cxl, pooled = on, at-start = 4 MiB } ]
            fleet { pool { size = 60 MiB, chunk = 4 MiB, check-every = 1 s, borrow-below = 1 MiB, return-above = 16 MiB }, tenants.admit-within = 10 s }
            """);

        Assert.Equal(0, Last(outcome, "sent_back"));
        Assert.Equal(16 * MiB, outcome.Hosts[0].Samples.Max(ResidentOf));
        Assert.True(Stay(outcome, host: 0).From > 5);
        Assert.All(outcome.Hosts[1].Samples, sample => Assert.Equal(28 * MiB, sample.Nodes[1].UsedBytes));
    }

    [Fact]
    public void What_was_swapped_out_of_a_slot_is_forgotten_with_its_tenant()
    {
        FleetOutcome outcome = Run(Text + """
            hosts.h.count = 1
            machine.page-size = 4 KiB
            swap.kind = zswap
            fleet.tenants { kinds.job { workload { kind = uniform, rate = 0.05 }, lifetime = 6 s }, arrivals = [ { at = 0 s }, { at = 9 s } ] }
            damo = "damo start --numa_node 0 --damos_action pageout --damos_access_rate 0% 0% --damos_age 500ms max --damos_apply_interval 500ms"
            """);

        Assert.Contains(outcome.Hosts[0].Samples, sample => sample.SwapUsedBytes > MiB && sample.AtUs < 8_000_000);
        Assert.Contains(outcome.Hosts[0].Samples, sample => sample.SwapUsedBytes > MiB && sample.AtUs > 12_000_000);
        Assert.All(outcome.Hosts[0].Samples.Where(sample => sample.AtUs is 9_000_000 or > 20_000_000), sample => Assert.Equal(0UL, sample.SwapUsedBytes));
        Assert.True(outcome.Hosts[0].Samples[^1].Costs!.Tenants[0].RefaultCount > 0);
        Assert.Equal(2, Last(outcome, "finished"));
    }

    [Fact]
    public void Huge_pages_of_a_slot_go_with_its_tenant_and_come_with_the_next()
    {
        Fleet fleet = new(Small.ReadAlone(Text + """
            hosts.h.count = 1
            machine.page-size = 4 KiB
            thp { enabled = always, scan-sleep = 1 s }
            fleet.tenants { kinds.job.lifetime = 6 s, arrivals = [ { at = 0 s }, { at = 9 s } ] }
            """));
        FleetOutcome outcome = new FleetRun(fleet).Run(1);
        ulong[] huge = [.. outcome.Hosts[0].Samples.Select(sample => sample.HugePages[0].HugeBytes / MiB)];

        Assert.Equal([0, 16, 16, 0, 0, 16, 16, 0], ((int[])[1, 2, 7, 8, 10, 11, 16, 17]).Select(second => huge[second]));
        Assert.Equal(16UL, outcome.Hosts[0].Samples[^1].HugePages[0].Counts.Faults);
        Assert.Equal(outcome.Digest, new ScatteredEngine(fleet, 1, 1).Run());
    }

    [Fact]
    public void Vaddr_sees_a_tenant_while_it_is_there()
    {
        FleetOutcome outcome = Run(Text + """
            hosts.h.count = 1
            vaddr-targets = [ { cgroup = "/tenant-0" } ]
            damo = "damo start --ops vaddr --damos_action stat"
            """);

        ulong[] tried = [.. outcome.Hosts[0].Samples.Select(sample => sample.Kdamonds[0].Schemes[0].Stats.SzTried)];
        Assert.Equal(0UL, tried[4]);
        Assert.True(tried[14] > tried[5]);
        Assert.Equal(tried[16], tried[^1]);
    }

    /// <summary>Everything at once: streams, kinds, a pool, moves, a host that is emptied, a host that loses memory.</summary>
    private const string Everything = """
        run { duration = 60 s, sample-interval = 2 s, window = 4 }
        machine { page-size = 64 KiB, nodes = [ { size = 32 MiB }, { size = 64 MiB, tier = cxl, pooled = on, at-start = 8 MiB } ] }
        costs.memory.counts = on
        swap.kind = zswap
        damo = "damo start --numa_node 0 --monitoring_intervals 50ms 500ms 5s --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_space 4M --damos_quota_goal node_mem_free_bp 20% 0 --damos_action pageout --damos_access_rate 0% 0% --damos_age 3s max --damos_quota_interval 1s --damos_quota_space 256K --damos_nr_quota_goals 1 0"
        hosts {
          web { count = 4, tenant-slots = 3, cgroups."/a".workloads = [ { kind = uniform, size = { draw = uniform, from = 14 MiB, to = 20 MiB }, rate = 2, fallback = 1 } ] }
          bare { count = 2, tenant-slots = 4, events = [ { at = 20 s, kind = take-memory, size = 4 MiB } ] }
          none {}
        }
        fleet {
          pool { size = 160 MiB, chunk = 8 MiB, check-every = 2 s, borrow-below = 6 MiB, return-above = 16 MiB }
          tenants {
            kinds {
              small { workload { kind = zipf, size = 8 MiB, total-rate = 1e3, fallback = 1 }, lifetime = { draw = exponential, mean = 15 s } }
              big { workload { kind = growing-heap, size = 24 MiB, least-size = 4 MiB, step = 4 MiB, step-every = 2 s, fallback = 1, period = 1 s }, lifetime = { draw = uniform, from = 5 s, to = 40 s } }
            }
            streams.main { every = { draw = exponential, mean = 1500 ms }, kind = { draw = choice, values = [ small, big ], weights = [ 2, 1 ] } }
            patience = 15 s, check-every = 2 s, admit-within = 4 s
            moves { above = 4000, at-once = 2, rest = 6 s }
            drains = [ { hosts = web, from = 30 s, to = 40 s }, { hosts = bare, from = 45 s } ]
          }
        }

        """;

    [Theory]
    [InlineData(1, "first-fit")]
    [InlineData(2, "best-fit")]
    [InlineData(3, "worst-fit")]
    [InlineData(4, "least-pressure")]
    [InlineData(5, "random")]
    [InlineData(6, "pool-aware")]
    public void Hosts_and_placement_agree_and_any_engine_comes_to_the_same_digest(int seed, string policy)
    {
        Fleet fleet = new(Small.ReadAlone($"{Everything}\nfleet.tenants.placement = {policy}", new RunOverrides((ulong)seed)));
        FleetOutcome outcome = new FleetRun(fleet).Run(1);
        int checks = 0;
        ScatteredEngine engine = new(fleet, 3, seed) { AfterWindow = (_, members) => checks += CheckSlots(members) };

        Assert.Equal(outcome.Digest, new FleetRun(fleet).Run(4).Digest);
        Assert.Equal(outcome.Digest, engine.Run());
        Assert.Equal(fleet.WindowCount, checks);
        Assert.All(outcome.Hosts, host => Assert.Null(host.Failure));
        Assert.True(Last(outcome, "finished") > 3);
        Assert.True(Last(outcome, "moves") > 0);
    }

    [Fact]
    public void Nobody_else_ends_a_tenants_program()
    {
        CommandReader reader = new(new Fleet(Small.ReadAlone(Everything)));

        Assert.Equal("exit: found '/tenant-0/small', allowed: /a#0", Assert.Throws<CommandException>(() => reader.Read("web-0", "exit /tenant-0/small")).Message);
        reader.Read("web-0", "exit /a#0");
    }

    private static FleetOutcome Run(string text) => new FleetRun(new Fleet(Small.ReadAlone(text))).Run(2);

    private static double Last(FleetOutcome outcome, string column)
    {
        FleetCourse course = outcome.Courses.Single(one => one.Name == "/fleet/tenants");
        return course.Readings.Last(reading => !reading.Values.IsEmpty).Values[course.Columns.IndexOf(column)];
    }

    /// <summary>All memory of tenants on a host.</summary>
    private static ulong ResidentOf(HostSample sample) => sample.Memcgs.Aggregate(0UL, (sum, memcg) => memcg.ResidentBytesByNode.Aggregate(sum, (one, other) => one + other));

    /// <summary>The first and the last reading with memory of tenants, s.</summary>
    private static (int From, int To) Stay(FleetOutcome outcome, int host)
    {
        int[] at = [.. outcome.Hosts[host].Samples.Where(sample => ResidentOf(sample) > 0).Select(sample => (int)(sample.AtUs / 1_000_000))];
        return (at[0], at[^1]);
    }

    private static ulong[] MiBs(FleetOutcome outcome, int host, ulong fromS, ulong toS) =>
        [.. outcome.Hosts[host].Samples.Where(sample => sample.AtUs >= fromS * 1_000_000 && sample.AtUs <= toS * 1_000_000).Select(sample => ResidentOf(sample) / MiB)];

    /// <summary>Each tenant on a host has the slot that the placement keeps for it there, and nobody is on two hosts; only who runs has memory.</summary>
    private static int CheckSlots(IReadOnlyList<FleetMember> members)
    {
        TenantTable table = members.OfType<TenantPlacement>().Single().Table;
        List<long> seen = [];
        foreach (HostMember host in members.OfType<HostMember>())
        {
            if (host.Agents.OfType<TenantAgent>().SingleOrDefault() is not { } agent) continue;
            HostRoom room = table.Rooms.Single(one => one.Host == host.Index);
            HostSample sample = host.Host!.Sample();
            long?[] tenants = [.. agent.Tenants];
            for (int slot = 0; slot < tenants.Length; slot++)
            {
                ulong resident = sample.Memcgs[host.Fleet.Scenario.Hosts[host.Index].Tenants!.Slots[slot].Memcg].ResidentBytesByNode.Aggregate(0UL, (sum, bytes) => sum + bytes);
                if (tenants[slot] is not { } tenant) Assert.Equal(0UL, resident);
                else seen.Add(tenant);

                // The placement learns a window later who is gone, so that it may keep a slot that is free, never the other way round.
                if (tenants[slot] is not null) Assert.Equal(room[slot], tenants[slot]);
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        return 1;
    }
}
