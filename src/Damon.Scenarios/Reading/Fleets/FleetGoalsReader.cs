using System.Collections.Immutable;
using System.Globalization;
using Damon.Model.Schemes;
using Damon.Scenarios.Fleets.Agents;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads <c>fleet.goals</c>.</summary>
/// <param name="each">The keys of a goal.</param>
/// <param name="run">The run.</param>
/// <param name="hosts">The hosts.</param>
internal sealed class FleetGoalsReader(EachSections each, RunSettings run, NamedHosts hosts)
{
    public ImmutableArray<FleetGoalPlan> Read(LayeredSection section) =>
        [.. section.Entries("goals", each, "fleet-goal").Select(entry => Read(entry.Name, entry.Section))];

    private FleetGoalPlan Read(string name, LayeredSection goal)
    {
        ImmutableArray<int> about = hosts.Read(goal, "hosts");
        FedGoal fed = new(
            (int)goal.Count("kdamond", 0, int.MaxValue), (int)goal.Count("scheme", 0, int.MaxValue), (int)goal.Count("goal", 0, int.MaxValue));
        FleetMetric metric = Metric(goal);
        foreach (int host in about)
        {
            if (Problem(hosts.Plans[host], metric, fed) is not { } problem) continue;
            goal.Refuse(problem.Key, problem.Allowed);
            break;
        }

        return new FleetGoalPlan(name, about, metric, Aggregate(goal), Windows.Read(goal, "every", run), fed);
    }

    private static FleetMetric Metric(LayeredSection goal)
    {
        FleetMetricKind kind = goal.Choice("metric", "speed", "excess-slowdown", "latency", "node-used", "stall") switch
        {
            "speed" => FleetMetricKind.Speed,
            "excess-slowdown" => FleetMetricKind.ExcessSlowdown,
            "latency" => FleetMetricKind.Latency,
            "node-used" => FleetMetricKind.NodeUsed,
            _ => FleetMetricKind.Stall,
        };
        return new FleetMetric(kind, goal.TextOrNull("cgroup"), (int)goal.Count("node", 0, 63));
    }

    private static FleetAggregate Aggregate(LayeredSection goal) => goal.Choice("aggregate", "mean", "p50", "p95", "max", "min", "sum") switch
    {
        "mean" => FleetAggregate.Mean,
        "p50" => FleetAggregate.P50,
        "p95" => FleetAggregate.P95,
        "max" => FleetAggregate.Max,
        "min" => FleetAggregate.Min,
        _ => FleetAggregate.Sum,
    };

    /// <summary>What a host lacks that the goal needs; null: nothing.</summary>
    private static (string Key, string Allowed)? Problem(HostPlan host, FleetMetric metric, FedGoal fed)
    {
        string name = host.Settings.Name;
        GoalAddress address = new(fed.Kdamond, fed.Scheme, fed.Goal);
        if (address.Of(host.Settings.Kdamonds)?.Metric != GoalMetric.UserInput)
        {
            string wanted = string.Create(CultureInfo.InvariantCulture, $"a goal of user_input of each host; {name} has none at {fed.Kdamond}.{fed.Scheme}.{fed.Goal}");
            return ("goal", wanted);
        }

        return HostMeter.Problem(host.Settings, metric);
    }
}
