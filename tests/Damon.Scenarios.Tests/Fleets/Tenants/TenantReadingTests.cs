using Damon.Hocon;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Tests.Fleets.Tenants;

/// <summary>What a scenario says of tenants arrives in the fleet's plan, and what cannot be is refused in one sentence.</summary>
public sealed class TenantReadingTests
{
    private const string Text = """
        run { duration = 100 s, window-length = 1 s }
        machine { page-size = 64 KiB, nodes = [ { size = 32 MiB }, { size = 32 MiB, tier = cxl } ] }
        hosts.h { count = 2, tenant-slots = 3, cgroups."/a".workloads = [ { kind = uniform, size = 10 MiB } ] }
        fleet.tenants {
          kinds {
            web { workload { kind = uniform, size = 3 MiB }, lifetime = { draw = exponential, mean = 10 s } }
            batch { workload { kind = periodic-scan, size = 4 MiB } }
          }
          arrivals = [ { at = 30 s, kind = batch, lifetime = 5 s }, { at = 7 s, kind = batch } ]
        }

        """;

    private const string Stream = """
        fleet.tenants.streams.steady { every = { draw = exponential, mean = 250 ms }, kind = { draw = choice, values = [ web, batch ], weights = [ 3, 1 ] } }

        """;

    [Fact]
    public void A_plan_is_what_the_scenario_says()
    {
        TenantsPlan plan = Read(Text + """
            fleet.tenants {
              placement = pool-aware, patience = 9 s, admit-within = 4 s, check-every = 2 s, pressure = node-used, pressure-node = 1
              moves { above = 12.5, at-once = 3, rest = 20 s }, drains = [ { hosts = h-1, from = 5 s, to = 6 s }, {} ]
            }
            machine.nodes = [ { size = 32 MiB }, { size = 32 MiB, tier = cxl, pooled = on } ]
            fleet.pool { size = 64 MiB, chunk = 1 MiB, borrow-below = 1 MiB, return-above = 2 MiB }
            """).Fleet.Tenants!;

        // Kinds take whole pages of 2 MiB.
        Assert.Equal<TenantKind>([new TenantKind("web", 4 << 20), new TenantKind("batch", 4 << 20)], plan.Kinds);
        Assert.Equal<TenantArrival>([new TenantArrival(7_000_000, 1, ulong.MaxValue), new TenantArrival(30_000_000, 1, 5_000_000)], plan.Arrivals);
        Assert.Equal((PlacementPolicy.PoolAware, 9_000_000UL, 4_000_000UL, 2_000_000UL), (plan.Policy, plan.PatienceUs, plan.AdmitWithinUs, plan.EveryUs));
        Assert.Equal((new FleetMetric(FleetMetricKind.NodeUsed, null, 1), new MovesPlan(12.5, 3, 20_000_000)), (plan.Pressure, plan.Moves));
        Assert.Equal([(1, 5_000_000UL, 6_000_000UL), (2, 0UL, ulong.MaxValue)], plan.Drains.Select(drain => (drain.Hosts.Length, drain.FromUs, drain.ToUs)));
    }

    [Theory]
    [InlineData("first-fit", PlacementPolicy.FirstFit)]
    [InlineData("best-fit", PlacementPolicy.BestFit)]
    [InlineData("worst-fit", PlacementPolicy.WorstFit)]
    [InlineData("random", PlacementPolicy.Random)]
    public void Policies_have_names(string name, PlacementPolicy expected) =>
        Assert.Equal(expected, Read($"{Text}fleet.tenants.placement = {name}").Fleet.Tenants!.Policy);

    [Fact]
    public void A_host_has_slots_beside_its_own_cgroups()
    {
        HostPlan host = Read(Text).Hosts[0];

        Assert.Equal(["/a", "/tenant-0", "/tenant-1", "/tenant-2"], host.Settings.Memcgs.Select(memcg => memcg.Path));
        Assert.Equal(["/a#0", "/tenant-0/web", "/tenant-0/batch", "/tenant-1/web"], host.Settings.Processes.Take(4).Select(process => process.Name));
        Assert.Equal((54UL << 20, 54UL << 20), (host.Tenants!.Bytes, host.Tenants.OwnBytes));
        Assert.Equal([(1, 1), (2, 3), (3, 5)], host.Tenants.Slots.Select(slot => (slot.Memcg, slot.Programs[0].Process)));
        Assert.Equal(8UL << 20, Read($"{Text}hosts.h.tenant-memory = 8 MiB").Hosts[0].Tenants!.Bytes);
    }

    [Fact]
    public void Memory_of_the_pool_is_not_a_hosts_own() => Assert.Equal((54UL << 20, 22UL << 20), Read(Text + """
        machine.nodes = [ { size = 32 MiB }, { size = 32 MiB, tier = cxl, pooled = on } ]
        fleet.pool { size = 64 MiB, chunk = 1 MiB, borrow-below = 1 MiB, return-above = 2 MiB }
        """).Hosts[0].Tenants is { } tenants ? (tenants.Bytes, tenants.OwnBytes) : default);

    [Fact]
    public void A_stream_is_drawn_tenant_by_tenant()
    {
        TenantArrival[] arrivals = [.. Read(Text + Stream).Fleet.Tenants!.Arrivals];

        Assert.InRange(arrivals.Length, 330, 470);
        Assert.Equal(arrivals.OrderBy(arrival => arrival.AtUs), arrivals);
        Assert.InRange(arrivals.Count(arrival => arrival.Kind == 0), arrivals.Length * 2 / 3, arrivals.Length * 5 / 6);
        Assert.InRange(arrivals.Where(arrival => arrival.Kind == 0).Average(arrival => arrival.LifetimeUs / 1e6), 8, 12);
        double[] gaps = [.. arrivals.Zip(arrivals.Skip(1), (one, next) => (next.AtUs - one.AtUs) / 1e6)];

        // A Poisson process: as much deviation as mean.
        Assert.Equal(gaps.Average(), Math.Sqrt(gaps.Average(gap => gap * gap) - Math.Pow(gaps.Average(), 2)), 0.05);
    }

    [Fact]
    public void Streams_do_not_disturb_each_other_and_follow_the_seed()
    {
        const string Other = """fleet.tenants.streams.other { every = 10 s, kind = web, from = 5 s, to = 36 s }""";
        TenantArrival[] alone = [.. Read(Text + Stream).Fleet.Tenants!.Arrivals];
        TenantArrival[] both = [.. Read(Text + Stream + Other).Fleet.Tenants!.Arrivals];

        Assert.Equal([15, 25, 35], both.Except(alone).Select(arrival => (int)(arrival.AtUs / 1_000_000)));
        Assert.Equal(alone.Length + 3, both.Length);
        Assert.NotEqual(alone, Read(Text + Stream, new RunOverrides(2)).Fleet.Tenants!.Arrivals);
    }

    [Fact]
    public void A_trace_is_a_file_of_lines()
    {
        const string Csv = "at_s,kind,lifetime_s\r\n 12.5 , web , 3 \n\n0,batch,\n200,web,1\n";
        Scenario scenario = Small.ReadWith(Text + "fleet.tenants { trace = \"tenants.csv\", arrivals = [] }", ("folder/tenants.csv", Csv));

        Assert.Equal<TenantArrival>([new TenantArrival(0, 1, ulong.MaxValue), new TenantArrival(12_500_000, 0, 3_000_000)], scenario.Fleet.Tenants!.Arrivals);
    }

    [Theory]
    [InlineData("at,kind\n", "a file whose first line is at_s,kind,lifetime_s")]
    [InlineData("at_s,kind,lifetime_s\n1,web\n", "line 2: found \"1,web\", allowed: three fields, the last one may be empty")]
    [InlineData("at_s,kind,lifetime_s\n1,web,5\n-1,web,5\n", "line 3: found \"-1\", allowed: seconds from the run's start, such as 12.5")]
    [InlineData("at_s,kind,lifetime_s\n1,wbe,5\n", "line 2: found the kind \"wbe\", allowed: web, batch")]
    [InlineData("at_s,kind,lifetime_s\n1,web,0\n", "line 2: found \"0\", allowed: seconds, more than 0")]
    [InlineData("at_s,kind,lifetime_s\n1,web,1e99\n", "line 2: found \"1e99\", allowed: seconds, more than 0")]
    public void What_is_wrong_with_a_trace_is_told_with_its_line(string csv, string said)
    {
        HoconException error = Assert.Throws<HoconException>(() => Small.ReadWith(Text + "fleet.tenants.trace = \"t.csv\"", ("folder/t.csv", csv)));

        Assert.StartsWith("folder/test.conf:11:23: fleet.tenants.trace: found \"t.csv\", allowed: ", error.All[0].Message, StringComparison.Ordinal);
        Assert.EndsWith(said, error.All[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fleet.tenants = null", "tenant-slots: found 3, allowed: 0 where there are no fleet.tenants")]
    [InlineData("hosts.h.tenant-slots = 0", "allowed: tenants only where some hosts have tenant-slots")]
    [InlineData("hosts.h { tenant-slots = 0, tenant-memory = 1 MiB }", "tenant-memory: found \"1 MiB\", allowed: memory for tenants only where there are tenant-slots")]
    [InlineData("hosts.h.tenant-memory = 1 GiB", "tenant-memory: found \"1 GiB\", allowed: at most 64 MiB, which is what the machine has")]
    [InlineData("hosts.h.cgroups.\"/tenant-2\" {}", "tenant-slots: found 3, allowed: no slot that is called as a cgroup; there is a cgroup /tenant-2")]
    [InlineData("fleet.tenants.kinds = {}, fleet.tenants.kinds = null", "allowed: at least one kind of tenants")]
    [InlineData("fleet.tenants.kinds.web.workload = null", "workload is not set, allowed: the program of a tenant of this kind")]
    [InlineData("fleet.tenants.kinds.web.workload.pid = 5", "pid: found 5, allowed: no pid of a tenant's program, as it comes and goes with the tenant")]
    [InlineData("fleet.tenants.kinds.web.workload.size = { draw = uniform, from = 1 MiB, to = 2 MiB }", "allowed: a value: only what a host consists of can be drawn")]
    [InlineData("fleet.tenants.arrivals = []", "allowed: at least one stream, or arrivals, or a trace")]
    [InlineData("fleet.tenants.arrivals = [ { at = 1 s, kind = bacth } ]", "kind: found \"bacth\", allowed: web, batch; did you mean 'batch'?")]
    [InlineData("fleet.tenants.arrivals = [ { at = 1 s } ]", "kind is not set, allowed: web, batch")]
    [InlineData("fleet.tenants.arrivals = [ { kind = web } ]", "at is not set, but needed: a duration")]
    [InlineData("fleet.tenants.streams.s { kind = web }", "every is not set, allowed: the time from one tenant to the next, mostly drawn")]
    [InlineData("fleet.tenants.streams.s { every = 1 us, kind = web }", "every: found \"1 us\", allowed: times with which at most 50000 tenants come")]
    [InlineData("fleet.tenants.streams.s { every = 1 s, kind = web, from = 9 s, to = 8 s }", "to: found \"8 s\", allowed: a time after from")]
    [InlineData("fleet.tenants.placement = frist-fit", "did you mean 'first-fit'?")]
    [InlineData("fleet.tenants.placement = pool-aware", "placement: found \"pool-aware\", allowed: pool-aware only where there is a fleet.pool")]
    [InlineData("fleet.tenants.placement = least-pressure", "allowed: node-used or stall where a host has costs.memory.counts off, as h-0 has")]
    [InlineData("fleet.tenants { moves { above = 5 }, pressure = node-used, pressure-node = 7 }", "pressure-node: found 7, allowed: a node of each host; h-0 has 2, from 0")]
    [InlineData("fleet.tenants { moves {}, pressure = stall }", "above is not set, allowed: the pressure above which tenants move")]
    [InlineData("fleet.tenants.check-every = 1500 ms", "check-every: found \"1500 ms\", allowed: whole windows of run.window-length, which is 1 s")]
    [InlineData("fleet.tenants.drains = [ { from = 5 s, to = 5 s } ]", "to: found \"5 s\", allowed: a time after from")]
    [InlineData("fleet.tenants.drains = [ { hosts = hh } ]", "hosts: found \"hh\", allowed: h; did you mean 'h'?")]
    [InlineData("fleet.tenants.kinds.web.lifetime = forever", "lifetime: found \"forever\", allowed: ")]
    [InlineData("fleet.tenants.placment = random", "fleet.tenants.placment: unknown key, did you mean 'placement'?")]
    public void What_cannot_be_is_refused(string more, string said)
    {
        string error = Small.Error(Text + more);

        Assert.StartsWith("test.conf:", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    private static Scenario Read(string text, RunOverrides? overrides = null) => Small.ReadAlone(text, overrides);
}
