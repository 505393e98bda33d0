using Damon.Actors.Costs;
using Damon.Model.Costs;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Which quantities a reading of costs has, by name, in order.</summary>
internal static class CostShape
{
    /// <summary>A reading in which nothing has a meaning, to be given to who reads.</summary>
    public static CostReading Blank { get; } = new([], []);

    private static NodeLoadSample BlankTier { get; } = new(0, 0);

    private static WalkSample BlankWalk { get; } = new(0, 0);

    private static TenantSample BlankTenant { get; } = new(0, 0, 0, new MemoryTraffic());

    /// <summary>Goes over a reading.</summary>
    public static CostReading Describe(IQuantities quantities, CostReading costs) => new(
        quantities.Each("tiers", costs.Nodes, BlankTier, Tier),
        quantities.Each("tenants", costs.Tenants, BlankTenant, Tenant))
    {
        Walks = quantities.Each("walks", costs.Walks, BlankWalk, Walk),
    };

    private static WalkSample Walk(IQuantities quantities, WalkSample walk) => new(
        quantities.Real("walk_ns_per_access", walk.NsPerAccess), quantities.Real("walk_saved_ns_per_access", walk.SavedNsPerAccess));

    private static NodeLoadSample Tier(IQuantities quantities, NodeLoadSample tier) => new(
        quantities.Real("tier_bandwidth_bytes_per_second", tier.BandwidthBytesPerSecond),
        quantities.Real("tier_loaded_latency_ns", tier.LoadedLatencyNs));

    private static TenantSample Tenant(IQuantities quantities, TenantSample tenant) => new(
        quantities.Real("tenant_latency_ns", tenant.AverageLatencyNs),
        quantities.Real("tenant_slowdown", tenant.Slowdown),
        quantities.Real("tenant_accesses_per_second", tenant.AccessesPerSecond),
        Traffic(quantities, tenant.Traffic));

    private static MemoryTraffic Traffic(IQuantities quantities, MemoryTraffic traffic) => new()
    {
        MappedBytes = quantities.Number("tenant_mapped_bytes", traffic.MappedBytes),
        FreedBytes = quantities.Number("tenant_freed_bytes", traffic.FreedBytes),
        MigratedBytes = quantities.Number("tenant_migrated_bytes", traffic.MigratedBytes),
        ReclaimedBytes = quantities.Number("tenant_reclaimed_bytes", traffic.ReclaimedBytes),
        SwapOutBytes = quantities.Number("tenant_swap_out_bytes", traffic.SwapOutBytes),
        RefaultedBytes = quantities.Number("tenant_refaulted_bytes", traffic.RefaultedBytes),
        SwapInBytes = quantities.Number("tenant_swap_in_bytes", traffic.SwapInBytes),
        ForgottenBytes = quantities.Number("tenant_forgotten_bytes", traffic.ForgottenBytes),
        SwapForgottenBytes = quantities.Number("tenant_swap_forgotten_bytes", traffic.SwapForgottenBytes),
        Refaults = quantities.Number("tenant_refaults", traffic.Refaults),
        FailedFaults = quantities.Number("tenant_failed_faults", traffic.FailedFaults),
        StallNs = quantities.Number("tenant_stall_ns", traffic.StallNs),
    };
}
