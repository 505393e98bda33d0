using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Agents;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads <c>fleet.tenants</c>, and holds it against the slots of the hosts.</summary>
/// <param name="each">The keys of things that come in numbers.</param>
/// <param name="run">The run.</param>
/// <param name="hosts">The hosts.</param>
/// <param name="files">The files that a scenario names.</param>
internal sealed class TenantsReader(EachSections each, RunSettings run, NamedHosts hosts, ScenarioFiles files)
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;
    private const int LargestPageShift = 21;

    public TenantsPlan? Read(LayeredSection fleet, TenantKinds kinds)
    {
        if (kinds.Tenants is not { } section) return null;
        if (!hosts.Plans.Any(host => host.Tenants is not null)) fleet.Refuse("tenants", "tenants only where some hosts have tenant-slots");
        TenantsPlan plan = new()
        {
            Kinds = [.. kinds.All.Select((kind, i) => new TenantKind(kind.Name, BytesOf(i)))],
            Arrivals = new ArrivalsReader(each, run, files, kinds).Read(section),
            Policy = Policy(section),
            PatienceUs = section.DurationUsOrNull("patience", 1_000, LongestUs) ?? ulong.MaxValue,
            AdmitWithinUs = Windows.Read(section, "admit-within", run),
            EveryUs = Windows.Read(section, "check-every", run),
            Pressure = Pressure(section),
            Moves = section.One("moves", each, "tenant-moves") is { } moves ? Moves(moves) : null,
            Drains = [.. section.Items("drains", each, "tenant-drain").Select(Drain)],
        };
        Check(section, plan);
        return plan;
    }

    private PlacementPolicy Policy(LayeredSection section)
    {
        string policy = section.Choice("placement", "first-fit", "best-fit", "worst-fit", "least-pressure", "random", "pool-aware");
        if (policy == "pool-aware" && !hosts.Plans.Any(host => !host.Pooled.IsEmpty)) section.Refuse("placement", "pool-aware only where there is a fleet.pool");
        return policy switch
        {
            "best-fit" => PlacementPolicy.BestFit,
            "worst-fit" => PlacementPolicy.WorstFit,
            "least-pressure" => PlacementPolicy.LeastPressure,
            "random" => PlacementPolicy.Random,
            "pool-aware" => PlacementPolicy.PoolAware,
            _ => PlacementPolicy.FirstFit,
        };
    }

    /// <summary>What a tenant of a kind takes at most on any host, in whole pages of the largest size.</summary>
    private ulong BytesOf(int kind)
    {
        ulong bytes = hosts.Plans.Select(host => host.Tenants).OfType<HostTenants>().SelectMany(host => host.Slots)
            .Where(slot => kind < slot.Programs.Length).Select(slot => slot.Programs[kind].Bytes).DefaultIfEmpty(1UL).Max();
        return (bytes + (1UL << LargestPageShift) - 1) >> LargestPageShift << LargestPageShift;
    }

    private static FleetMetric Pressure(LayeredSection section)
    {
        FleetMetricKind kind = section.Choice("pressure", "excess-slowdown", "latency", "node-used", "stall") switch
        {
            "latency" => FleetMetricKind.Latency,
            "node-used" => FleetMetricKind.NodeUsed,
            "stall" => FleetMetricKind.Stall,
            _ => FleetMetricKind.ExcessSlowdown,
        };
        return new FleetMetric(kind, null, (int)section.Count("pressure-node", 0, 63));
    }

    private static MovesPlan Moves(LayeredSection moves)
    {
        if (!moves.IsGiven("above")) moves.Refuse("above", "the pressure above which tenants move");
        return new MovesPlan(moves.Number("above", 0, 1e12), (int)moves.Count("at-once", 1, 100_000), moves.DurationUs("rest", 0, LongestUs));
    }

    private DrainPlan Drain(LayeredSection drain)
    {
        ulong from = drain.DurationUs("from", 0, LongestUs);
        ulong to = drain.DurationUsOrNull("to", 0, LongestUs) ?? ulong.MaxValue;
        if (to <= from) drain.Refuse("to", "a time after from");
        return new DrainPlan(hosts.Read(drain, "hosts"), from, to);
    }

    /// <summary>Where pressure decides anything, it has to be measured on each host.</summary>
    private void Check(LayeredSection section, TenantsPlan plan)
    {
        if (plan.Moves is null && plan.Policy != PlacementPolicy.LeastPressure) return;
        foreach (HostPlan host in hosts.Plans)
        {
            if (host.Tenants is null || HostMeter.Problem(host.Settings, plan.Pressure) is not { } problem) continue;
            section.Refuse(problem.Key == "node" ? "pressure-node" : "pressure", problem.Allowed);
            break;
        }
    }
}
