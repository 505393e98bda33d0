using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Fleets.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Scenarios.Tests.Fleets.Tenants;

/// <summary>What holds for all tenants and slots in any fleet, whatever hosts answer.</summary>
public sealed class TenantTableTests
{
    /// <summary>By then all who came have lived or given up.</summary>
    private const int Windows = 1_200;

    [Fact]
    public void Nobody_is_lost_or_in_two_places_and_no_slot_and_no_memory_is_given_twice() =>
        Check.QuickThrowOnFailure(Prop.ForAll(TenantCase.Any, fleet => Play(fleet, (table, hosts) => CheckInvariants(fleet, table, hosts))));

    [Fact]
    public void Everybody_ends_who_has_a_place_or_gives_up() => Check.QuickThrowOnFailure(Prop.ForAll(TenantCase.Any, fleet =>
    {
        (TenantTable table, FakeHost[] hosts) = Play(fleet, (_, _) => { });

        Assert.Equal(fleet.Plan.Arrivals.Length, table.Tallies.Sum(tally => tally.Arrived));
        Assert.Equal(table.Tallies.Sum(tally => tally.Finished), hosts.Sum(host => host.FinishedAfterUs.Count));
        Assert.All(table.Tenants, tenant => Assert.Equal((TenantPhase.Waiting, ulong.MaxValue), (tenant.Phase, fleet.Plan.PatienceUs)));
    }));

    [Fact]
    public void A_tenant_runs_for_its_lifetime_wherever_it_moves_to() => Check.QuickThrowOnFailure(Prop.ForAll(TenantCase.Any, fleet =>
    {
        (_, FakeHost[] hosts) = Play(fleet, (_, _) => { });

        foreach ((long tenant, ulong ranUs) in hosts.SelectMany(host => host.FinishedAfterUs))
        {
            ulong lifetime = fleet.Plan.Arrivals[(int)tenant].LifetimeUs;
            Assert.InRange(ranUs, lifetime, lifetime + TenantCase.WindowUs - 1);
        }
    }));

    [Fact]
    public void A_table_that_is_stored_now_and_then_goes_on_to_the_same_bytes() => Check.QuickThrowOnFailure(Prop.ForAll(TenantCase.Any, fleet =>
        Assert.Equal(Bytes(Play(fleet, (_, _) => { }).Table), Bytes(Play(fleet, (_, _) => { }, storesEvery: 7).Table))));

    [Theory]
    [InlineData(PlacementPolicy.FirstFit, 0)]
    [InlineData(PlacementPolicy.BestFit, 2)]
    [InlineData(PlacementPolicy.WorstFit, 1)]
    [InlineData(PlacementPolicy.LeastPressure, 1)]
    [InlineData(PlacementPolicy.PoolAware, 3)]
    public void A_policy_takes_the_host_that_it_is_called_after(PlacementPolicy policy, int expected)
    {
        // Least memory left: 2. Most: 1. All in memory of its own: 3 alone.
        HostTenants[] hosts = [Room(20, 0), Room(40, 2), Room(11, 0), Room(15, 12)];
        List<(int Host, FleetMessage Message)> sent = [];
        TenantTable table = new(Plan(policy, 10), hosts, 100, 1, (host, message) => sent.Add((host, message)));
        table.Receive(0, new HostFelt(7, []), 0);
        table.Act(0);

        Assert.Equal(expected, Assert.Single(sent).Host);
    }

    [Fact]
    public void Random_places_are_spread_over_all_hosts_and_the_same_for_the_same_seed()
    {
        int[] places = Places(seed: 1);

        Assert.Equal(places, Places(seed: 1));
        Assert.NotEqual(places, Places(seed: 2));
        Assert.All(places.GroupBy(host => host), host => Assert.InRange(host.Count(), 10, 45));
        Assert.Equal(4, places.Distinct().Count());
    }

    [Fact]
    public void Who_is_placed_by_the_pool_takes_no_more_than_it_has()
    {
        List<int> sent = [];
        TenantTable table = new(Plan(PlacementPolicy.PoolAware, 10, tenants: 6), [Room(100, 10), Room(100, 10)], 25, 1, (host, _) => sent.Add(host));
        table.Act(0);

        Assert.Equal([0, 1, 0, 0], sent);
        Assert.Equal(2, table.CountOf(TenantPhase.Waiting));
    }

    [Fact]
    public void What_fits_nowhere_is_refused_at_once()
    {
        TenantTable table = new(Plan(PlacementPolicy.FirstFit, 21), [Room(20, 20)], 0, 1, (_, _) => { });
        table.Act(0);

        Assert.Equal((1, 1), (table.Tallies[0].Arrived, table.Tallies[0].Refused));
        Assert.Empty(table.Tenants);
    }

    [Fact]
    public void A_message_about_somebody_who_is_not_there_means_nothing()
    {
        TenantTable table = new(Plan(PlacementPolicy.FirstFit, 10), [Room(20, 20), Room(20, 20)], 0, 1, (_, _) => { });
        table.Act(0);
        byte[] before = Bytes(table);
        foreach (FleetMessage stale in (FleetMessage[])[new TenantArrived(0), new TenantRefused(0), new TenantLeft(0, 5), new TenantFinished(0)])
            table.Receive(1, stale, 0);
        table.Receive(0, new TenantLeft(0, 5), 0);
        table.Receive(0, new TenantFinished(77), 0);

        Assert.Equal(before, Bytes(table));
    }

    private static int[] Places(ulong seed)
    {
        List<int> places = [];
        TenantTable table = new(
            Plan(PlacementPolicy.Random, 1, tenants: 100), [.. Enumerable.Range(0, 4).Select(_ => Room(100, 100, slots: 100))], 0, seed, (host, _) => places.Add(host));
        table.Act(0);
        return [.. places];
    }

    private static HostTenants Room(ulong bytes, ulong own, int slots = 9) =>
        new(bytes, own, [.. Enumerable.Range(0, slots).Select(slot => new TenantSlot(slot, []))]);

    private static TenantsPlan Plan(PlacementPolicy policy, ulong bytes, int tenants = 1) => new()
    {
        Kinds = [new TenantKind("any", bytes)],
        Arrivals = [.. Enumerable.Repeat(new TenantArrival(0, 0, 1_000_000), tenants)],
        Policy = policy,
        AdmitWithinUs = 1_000_000,
        EveryUs = 1_000_000,
        Pressure = new FleetMetric(FleetMetricKind.Stall, null, 0),
    };

    /// <summary>Plays a whole case, with mail that takes a window each way.</summary>
    private static (TenantTable Table, FakeHost[] Hosts) Play(TenantCase fleet, Action<TenantTable, FakeHost[]> check, int storesEvery = 0)
    {
        List<(int Host, FleetMessage Message)> toHosts = [];
        List<(int Host, FleetMessage Message)> toTable = [];
        FakeHost[] hosts = [.. fleet.Hosts.Select((host, i) => new FakeHost(i, host ?? Room(0, 0, 0), fleet.Plan, fleet.Seed) { SendsBack = fleet.SendsBack })];
        TenantTable Create() => new(fleet.Plan, fleet.Hosts, fleet.PoolBytes, 1, (host, message) => toHosts.Add((host, message)));
        TenantTable table = Create();
        for (int window = 0; window < Windows; window++)
        {
            ulong now = (ulong)window * TenantCase.WindowUs;
            (int Host, FleetMessage Message)[] sent = [.. toHosts];
            toHosts.Clear();
            foreach ((int host, FleetMessage message) in toTable) table.Receive(host, message, now);
            table.Act(now);
            toTable = [.. hosts.SelectMany((host, i) => host.Run(sent.Where(mail => mail.Host == i).Select(mail => mail.Message), now).Select(answer => (i, answer)))
                .Where(answer => fleet.Hosts[answer.i] is not null)];
            check(table, hosts);
            if (storesEvery == 0 || window % storesEvery != 0) continue;
            byte[] bytes = Bytes(table);
            table = Create();
            table.Load(new BinaryReader(new MemoryStream(bytes)));
        }

        return (table, hosts);
    }

    private static void CheckInvariants(TenantCase fleet, TenantTable table, FakeHost[] hosts)
    {
        for (int kind = 0; kind < fleet.Plan.Kinds.Length; kind++)
        {
            KindTally tally = table.Tallies[kind];
            Assert.Equal(tally.Arrived, tally.Finished + tally.Refused + table.Tenants.Count(tenant => tenant.Kind == kind));
        }

        var held = table.Tenants.SelectMany(tenant => new[] { tenant.Place, tenant.Next }.OfType<SlotAddress>().Select(slot => (slot, tenant.Number))).ToArray();
        var given = table.Rooms.SelectMany(room => Enumerable.Range(0, room.SlotCount)
            .Where(slot => room[slot] is not null).Select(slot => (new SlotAddress(room.Host, slot), room[slot]!.Value))).ToArray();
        Assert.Equal(held.OrderBy(one => one.slot.Host).ThenBy(one => one.slot.Slot), given);
        foreach (HostRoom room in table.Rooms)
        {
            ulong bytes = held.Where(one => one.slot.Host == room.Host)
                .Aggregate(0UL, (sum, one) => sum + fleet.Plan.Kinds[table.Tenants.Single(tenant => tenant.Number == one.Number).Kind].Bytes);
            Assert.Equal(bytes, room.TakenBytes);
            Assert.True(bytes <= room.Bytes);
        }

        if (fleet.Plan.Policy == PlacementPolicy.PoolAware)
            Assert.True(table.Rooms.Aggregate(0UL, (sum, room) => sum + room.PoolBytes(room.TakenBytes)) <= fleet.PoolBytes);
        Assert.All(table.Tenants, tenant => Assert.Equal((tenant.Phase == TenantPhase.Waiting, tenant.Phase == TenantPhase.Leaving), (tenant.Place is null, tenant.Next is not null)));
        long[] running = [.. hosts.SelectMany(host => host.Running)];
        Assert.Equal(running.Length, running.Distinct().Count());
    }

    private static byte[] Bytes(TenantTable table)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        table.Save(writer);
        writer.Flush();
        return bytes.ToArray();
    }
}
