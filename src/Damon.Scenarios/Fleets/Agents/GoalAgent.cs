using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Agents;

/// <summary>Measures on a host what a fleet-wide goal is about, and feeds the host's own goal with what comes back.</summary>
/// <param name="plan">The goal.</param>
/// <param name="member">Index of the fleet's member that aggregates.</param>
/// <param name="settings">The host.</param>
internal sealed class GoalAgent(FleetGoalPlan plan, int member, HostSettings settings) : HostAgent
{
    private readonly HostMeter _meter = new(plan.Metric, plan.EveryUs, settings);

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
        if (_meter.Measure(turn.Host) is { } value) turn.Send(member, new MetricMeasured(value), 0);
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer) => _meter.Save(writer);

    /// <inheritdoc/>
    public override void Load(BinaryReader reader) => _meter.Load(reader);
}
