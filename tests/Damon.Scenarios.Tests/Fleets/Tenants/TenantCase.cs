using Damon.Scenarios.Fleets.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Scenarios.Tests.Fleets.Tenants;

/// <summary>Any fleet as far as placement goes: hosts with slots and memory, kinds, arrivals, and what hosts do.</summary>
/// <param name="Plan">The tenants.</param>
/// <param name="Hosts">By host: its room; null: it has none.</param>
/// <param name="PoolBytes">The pool.</param>
/// <param name="SendsBack">How many of a hundred tenants hosts send back.</param>
/// <param name="Seed">What hosts do by.</param>
internal sealed record TenantCase(TenantsPlan Plan, HostTenants?[] Hosts, ulong PoolBytes, int SendsBack, int Seed)
{
    public const ulong WindowUs = 1_000_000;

    public static Arbitrary<TenantCase> Any { get; } = Cases.ToArbitrary();

    private static Gen<TenantCase> Cases =>
        from hosts in Host.ArrayOf(5)
        from kinds in Gen.Choose(1, 12).ArrayOf(3)
        from arrivals in Arrival.ArrayOf(60)
        from policy in Gen.Elements(Enum.GetValues<PlacementPolicy>())
        from patience in Gen.Elements(3UL, 20UL, ulong.MaxValue)
        from moves in Gen.Elements(null, new MovesPlan(50, 2, 4 * WindowUs), new MovesPlan(30, 100, 0))
        from drained in Gen.Choose(-1, 4)
        from pool in Gen.Choose(0, 30)
        from sendsBack in Gen.Elements(0, 0, 30)
        from seed in Gen.Choose(0, int.MaxValue)
        select new TenantCase(
            new TenantsPlan
            {
                Kinds = [.. kinds.Select((bytes, i) => new TenantKind($"kind{i}", (ulong)bytes))],
                Arrivals = [.. arrivals.OrderBy(arrival => arrival.AtUs)],
                Policy = policy,
                PatienceUs = patience == ulong.MaxValue ? patience : patience * WindowUs,
                AdmitWithinUs = 3 * WindowUs,
                EveryUs = WindowUs,
                Pressure = new FleetMetric(FleetMetricKind.Stall, null, 0),
                Moves = moves,
                Drains = drained < 0 ? [] : [new DrainPlan([drained], 20 * WindowUs, 40 * WindowUs)],
            },
            hosts,
            (ulong)pool,
            sendsBack,
            seed);

    private static Gen<HostTenants?> Host =>
        from slots in Gen.Choose(0, 4)
        from bytes in Gen.Choose(0, 30)
        from own in Gen.Choose(0, 30)
        select slots == 0 ? null : new HostTenants((ulong)bytes, (ulong)Math.Min(own, bytes), [.. Enumerable.Range(0, slots).Select(slot => new TenantSlot(slot, []))]);

    private static Gen<TenantArrival> Arrival =>
        from at in Gen.Choose(0, 60_000_000)
        from kind in Gen.Choose(0, 2)
        from lifetime in Gen.Choose(1, 8_000_000)
        select new TenantArrival((ulong)at, kind, (ulong)lifetime);
}
