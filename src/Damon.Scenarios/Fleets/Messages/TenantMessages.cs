using System.Collections.Immutable;

namespace Damon.Scenarios.Fleets;

/// <summary>The placement gives a tenant to a host.</summary>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="Kind">Index of its kind.</param>
/// <param name="Slot">The slot that it is for.</param>
/// <param name="AgeUs">For how long it has run elsewhere, us.</param>
/// <param name="LifetimeUs">For how long it runs in all, us.</param>
public sealed record AdmitTenant(long Tenant, int Kind, int Slot, ulong AgeUs, ulong LifetimeUs) : FleetMessage;

/// <summary>The placement wants a tenant to leave its host.</summary>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="Slot">The slot that it is in.</param>
public sealed record EvictTenant(long Tenant, int Slot) : FleetMessage;

/// <summary>A tenant runs on the host that tells it.</summary>
/// <param name="Tenant">The tenant's number.</param>
public sealed record TenantArrived(long Tenant) : FleetMessage;

/// <summary>A host has no room for a tenant that it was given.</summary>
/// <param name="Tenant">The tenant's number.</param>
public sealed record TenantRefused(long Tenant) : FleetMessage;

/// <summary>A tenant has left its host, as was wanted.</summary>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="AgeUs">For how long it has run by now, us.</param>
public sealed record TenantLeft(long Tenant, ulong AgeUs) : FleetMessage;

/// <summary>A tenant has run for its lifetime and is gone.</summary>
/// <param name="Tenant">The tenant's number.</param>
public sealed record TenantFinished(long Tenant) : FleetMessage;

/// <summary>A host is to be emptied: its tenants move, and no others come.</summary>
/// <param name="ForUs">For how long from now on, us.</param>
public sealed record HostDrained(ulong ForUs) : FleetMessage;

/// <summary>A host tells how it is.</summary>
/// <param name="Pressure">Its pressure, in the unit of the metric; 0: it could not be measured.</param>
/// <param name="Tenants">What its tenants feel, by slot; those only that access memory.</param>
public sealed record HostFelt(double Pressure, ImmutableArray<TenantFeeling> Tenants) : FleetMessage;

/// <summary>What a tenant feels.</summary>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="SlowdownBp">Its slowdown, bp: 10,000 is none.</param>
public readonly record struct TenantFeeling(long Tenant, ulong SlowdownBp);
