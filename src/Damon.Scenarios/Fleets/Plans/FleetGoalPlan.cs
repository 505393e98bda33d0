using System.Collections.Immutable;

namespace Damon.Scenarios.Fleets.Plans;

/// <summary>A goal over all hosts: a metric is measured on each, aggregated, and what comes out is fed to a goal of user_input on each.</summary>
/// <param name="Name">Its name, unique among the goals.</param>
/// <param name="Hosts">Indexes of the hosts that it is about, ascending.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Aggregate">How the hosts' values become one.</param>
/// <param name="EveryUs">From one measurement to the next, us: whole windows.</param>
/// <param name="Goal">What it is fed to on each of the hosts.</param>
public sealed record FleetGoalPlan(
    string Name, ImmutableArray<int> Hosts, FleetMetric Metric, FleetAggregate Aggregate, ulong EveryUs, FedGoal Goal);

/// <summary>A goal of a host's scheme.</summary>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Scheme">Index of its scheme.</param>
/// <param name="Goal">Index of the scheme's goal.</param>
public readonly record struct FedGoal(int Kdamond, int Scheme, int Goal);

/// <summary>What a fleet-wide goal measures on a host.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Cgroup">Path of the cgroup that feels it; null: all of the host, weighted by their accesses.</param>
/// <param name="Node">The node, for metrics of a node.</param>
public sealed record FleetMetric(FleetMetricKind Kind, string? Cgroup, int Node);

/// <summary>The kinds of metrics.</summary>
public enum FleetMetricKind
{
    /// <summary>1 / slowdown, bp.</summary>
    Speed,

    /// <summary>slowdown - 1, bp.</summary>
    ExcessSlowdown,

    /// <summary>The mean latency of accesses, ns.</summary>
    Latency,

    /// <summary>The used share of a node, bp.</summary>
    NodeUsed,

    /// <summary>How long tasks waited for memory since the last measurement, us a second.</summary>
    Stall,
}

/// <summary>How the values of many hosts become one.</summary>
public enum FleetAggregate
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The value that half of the hosts do not exceed.</summary>
    P50,

    /// <summary>The value that 95 of 100 hosts do not exceed.</summary>
    P95,

    /// <summary>The greatest.</summary>
    Max,

    /// <summary>The least.</summary>
    Min,

    /// <summary>All together.</summary>
    Sum,
}
