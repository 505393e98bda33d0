using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Agents;

/// <summary>Measures a metric on a host, at equal intervals.</summary>
/// <param name="metric">The metric.</param>
/// <param name="everyUs">From one measurement to the next, us.</param>
/// <param name="settings">The host.</param>
internal sealed class HostMeter(FleetMetric metric, ulong everyUs, HostSettings settings)
{
    private const double WholeBp = 10_000;
    private const double UsPerSecond = 1e6;

    private ulong _stallUs;

    /// <summary>The metric now; null: nobody felt anything.</summary>
    public double? Measure(SimulatedHost host)
    {
        switch (metric.Kind)
        {
            case FleetMetricKind.NodeUsed:
                NodeUsage usage = host.Map.Nodes[metric.Node].Node.Ask<ReadNodeUsage, NodeUsage>(default);
                return WholeBp * (usage.Total - usage.Free) / usage.Total;
            case FleetMetricKind.Stall:
                ulong before = _stallUs;
                _stallUs = host.Map.Host.Ask<ReadPsi, ulong>(default);
                return (_stallUs - before) * UsPerSecond / everyUs;
            default:
                return host.Map.CostMeter is { } meter ? Felt(meter.Ask<ReadCosts, CostReading>(default).Tenants) : null;
        }
    }

    /// <summary>Writes all that it needs to go on from here.</summary>
    public void Save(BinaryWriter writer) => writer.Write(_stallUs);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(BinaryReader reader) => _stallUs = reader.ReadUInt64();

    /// <summary>What a host lacks for a metric to be measured on it.</summary>
    /// <returns>The key that names it, and what is allowed there; null: it lacks nothing.</returns>
    public static (string Key, string Allowed)? Problem(HostSettings host, FleetMetric metric)
    {
        if (metric.Kind == FleetMetricKind.NodeUsed)
            return metric.Node < host.Nodes.Length ? null : ("node", $"a node of each host; {host.Name} has {host.Nodes.Length}, from 0");
        if (metric.Kind == FleetMetricKind.Stall) return null;
        if (host.Costs.Memory is null) return ("metric", $"node-used or stall where a host has costs.memory.counts off, as {host.Name} has");
        return metric.Cgroup is null || host.Memcgs.Any(memcg => memcg.Path == metric.Cgroup)
            ? null
            : ("cgroup", $"a cgroup of each host; {host.Name} has {string.Join(", ", host.Memcgs.Select(memcg => memcg.Path))}");
    }

    /// <summary>The mean over the tenants, each as often as it accesses memory.</summary>
    private double? Felt(ImmutableArray<TenantSample> tenants)
    {
        double sum = 0;
        double accesses = 0;
        for (int i = 0; i < tenants.Length; i++)
        {
            if (metric.Cgroup is { } path && settings.Memcgs[i].Path != path) continue;
            sum += tenants[i].AccessesPerSecond * ValueOf(tenants[i]);
            accesses += tenants[i].AccessesPerSecond;
        }

        return accesses > 0 ? sum / accesses : null;
    }

    private double ValueOf(TenantSample tenant) => metric.Kind switch
    {
        FleetMetricKind.Speed => WholeBp / tenant.Slowdown,
        FleetMetricKind.ExcessSlowdown => (tenant.Slowdown - 1) * WholeBp,
        _ => tenant.AverageLatencyNs,
    };
}
