using System.Collections.Immutable;

namespace Damon.Scenarios.Fleets.Plans;

/// <summary>Tenants that come to a fleet and go: who they are, when they come, and where they are put.</summary>
public sealed record TenantsPlan
{
    /// <summary>The name of the placement among the members of its fleet.</summary>
    public const string Name = "/fleet/tenants";

    /// <summary>The kinds of tenants.</summary>
    public required ImmutableArray<TenantKind> Kinds { get; init; }

    /// <summary>All that ever come, in order of time.</summary>
    public required ImmutableArray<TenantArrival> Arrivals { get; init; }

    /// <summary>How a host is chosen for a tenant.</summary>
    public required PlacementPolicy Policy { get; init; }

    /// <summary>How long a tenant waits for a place before it is refused, us; <see cref="ulong.MaxValue"/>: as long as it takes.</summary>
    public ulong PatienceUs { get; init; } = ulong.MaxValue;

    /// <summary>How long a host waits for memory before it refuses a tenant that it was given, us: whole windows.</summary>
    public required ulong AdmitWithinUs { get; init; }

    /// <summary>How often hosts tell what their tenants feel, us: whole windows.</summary>
    public required ulong EveryUs { get; init; }

    /// <summary>What is measured as a host's pressure.</summary>
    public required FleetMetric Pressure { get; init; }

    /// <summary>When tenants move from a host under pressure; null: never.</summary>
    public MovesPlan? Moves { get; init; }

    /// <summary>When hosts are emptied.</summary>
    public ImmutableArray<DrainPlan> Drains { get; init; } = [];
}

/// <summary>A kind of tenants.</summary>
/// <param name="Name">Its name, unique among the kinds.</param>
/// <param name="Bytes">The memory that one of them takes of its host, bytes: whole pages of the largest size.</param>
public sealed record TenantKind(string Name, ulong Bytes);

/// <summary>A tenant comes to the fleet.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Kind">Index of its kind.</param>
/// <param name="LifetimeUs">For how long it runs once it is on a host, us; <see cref="ulong.MaxValue"/>: for ever.</param>
public readonly record struct TenantArrival(ulong AtUs, int Kind, ulong LifetimeUs);

/// <summary>When tenants move from a host under pressure to another one.</summary>
/// <param name="Above">The pressure above which they do, and at which a host gets no tenant, in the unit of the metric.</param>
/// <param name="AtOnce">How many move at a time in the whole fleet.</param>
/// <param name="RestUs">How long a tenant that came by a move is left in peace, us.</param>
public sealed record MovesPlan(double Above, int AtOnce, ulong RestUs);

/// <summary>Hosts are emptied for a while: their tenants move away, and none are put there.</summary>
/// <param name="Hosts">Indexes of the hosts, ascending.</param>
/// <param name="FromUs">From when, us.</param>
/// <param name="ToUs">Until when, us.</param>
public sealed record DrainPlan(ImmutableArray<int> Hosts, ulong FromUs, ulong ToUs);

/// <summary>How a host is chosen for a tenant, among those that have a free slot and enough memory for it. Equals are taken in the fleet's order.</summary>
public enum PlacementPolicy
{
    /// <summary>The first in the fleet's order.</summary>
    FirstFit,

    /// <summary>The one with the least memory left afterwards.</summary>
    BestFit,

    /// <summary>The one with the most memory left afterwards.</summary>
    WorstFit,

    /// <summary>The one with the least pressure, as last told; among equals the one with the most memory left.</summary>
    LeastPressure,

    /// <summary>Any, each as likely.</summary>
    Random,

    /// <summary>The one that needs least of the fleet's pool for it; among equals the one with the least memory left. Never more than the pool has.</summary>
    PoolAware,
}
