using System.Collections.Immutable;

namespace Damon.Scenarios.Fleets.Plans;

/// <summary>What belongs to all hosts of a scenario together.</summary>
public sealed record FleetPlan
{
    /// <summary>Hosts that know nothing of each other.</summary>
    public static FleetPlan None { get; } = new();

    /// <summary>Goals over all hosts.</summary>
    public ImmutableArray<FleetGoalPlan> Goals { get; init; } = [];

    /// <summary>Memory that hosts share; null: none.</summary>
    public PoolPlan? Pool { get; init; }

    /// <summary>Tenants that come and go; null: none.</summary>
    public TenantsPlan? Tenants { get; init; }

    /// <summary>The names of the members that stand for all this, in the order in which they follow the hosts.</summary>
    public ImmutableArray<string> Names =>
    [
        .. Goals.Select(goal => $"/fleet/goals/{goal.Name}"),
        .. Pool is null ? [] : (string[])[PoolPlan.Name],
        .. Tenants is null ? [] : (string[])[TenantsPlan.Name],
    ];
}
