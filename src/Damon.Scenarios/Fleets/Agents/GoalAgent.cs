using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Agents;

/// <summary>Measures on a host what a fleet-wide goal is about, and feeds the host's own goal with what comes back.</summary>
/// <param name="plan">The goal.</param>
/// <param name="member">Index of the fleet's member that aggregates.</param>
/// <param name="settings">The host.</param>
internal sealed class GoalAgent(FleetGoalPlan plan, int member, HostSettings settings) : HostAgent
{
    private const double WholeBp = 10_000;
    private const double UsPerSecond = 1e6;

    private ulong _stallUs;

    /// <inheritdoc/>
    public override void Receive(FleetMail mail, AgentTurn turn)
    {
        if (mail.From != member || mail.Message is not MetricAggregated aggregated) return;
        turn.Host.CarryOut(new FeedEvent(turn.NowUs, plan.Goal.Kdamond, plan.Goal.Scheme, plan.Goal.Goal, aggregated.Value));
    }

    /// <inheritdoc/>
    public override void Act(AgentTurn turn)
    {
        if (turn.NowUs == 0 || turn.NowUs % plan.EveryUs != 0) return;
        if (Measure(turn.Host) is { } value) turn.Send(member, new MetricMeasured(value), 0);
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer) => writer.Write(_stallUs);

    /// <inheritdoc/>
    public override void Load(BinaryReader reader) => _stallUs = reader.ReadUInt64();

    /// <summary>The metric now; null: nobody felt anything.</summary>
    private double? Measure(SimulatedHost host)
    {
        switch (plan.Metric.Kind)
        {
            case FleetMetricKind.NodeUsed:
                NodeUsage usage = host.Map.Nodes[plan.Metric.Node].Node.Ask<ReadNodeUsage, NodeUsage>(default);
                return WholeBp * (usage.Total - usage.Free) / usage.Total;
            case FleetMetricKind.Stall:
                ulong before = _stallUs;
                _stallUs = host.Map.Host.Ask<ReadPsi, ulong>(default);
                return (_stallUs - before) * UsPerSecond / plan.EveryUs;
            default:
                return host.Map.CostMeter is { } meter ? Felt(meter.Ask<ReadCosts, CostReading>(default).Tenants) : null;
        }
    }

    /// <summary>The mean over the tenants, each as often as it accesses memory.</summary>
    private double? Felt(ImmutableArray<TenantSample> tenants)
    {
        double sum = 0;
        double accesses = 0;
        for (int i = 0; i < tenants.Length; i++)
        {
            if (plan.Metric.Cgroup is { } path && settings.Memcgs[i].Path != path) continue;
            sum += tenants[i].AccessesPerSecond * ValueOf(tenants[i]);
            accesses += tenants[i].AccessesPerSecond;
        }

        return accesses > 0 ? sum / accesses : null;
    }

    private double ValueOf(TenantSample tenant) => plan.Metric.Kind switch
    {
        FleetMetricKind.Speed => WholeBp / tenant.Slowdown,
        FleetMetricKind.ExcessSlowdown => (tenant.Slowdown - 1) * WholeBp,
        _ => tenant.AverageLatencyNs,
    };
}
