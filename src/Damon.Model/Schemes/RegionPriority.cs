using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>Which end of the scale a scheme's action prefers when its quota does not suffice for all (spec 9).</summary>
public static class RegionPriority
{
    /// <summary>The priority of a region, 0 to <see cref="RegionScore.Highest"/>.</summary>
    /// <param name="action">The scheme's action: some prefer hot memory, some cold.</param>
    /// <param name="isVirtual">Whether the address space is a virtual one: it knows fewer preferences.</param>
    /// <param name="region">The region.</param>
    /// <param name="quota">The weights.</param>
    /// <param name="window">Where in the aggregation the context is.</param>
    /// <param name="aggregationUs">The aggregation interval, us.</param>
    public static int Of(
        SchemeAction action, bool isVirtual, in Region region, QuotaSettings quota, in AggregationWindow window, ulong aggregationUs) =>
        action switch
        {
            SchemeAction.MigrateHot => Hot(region, quota, window, aggregationUs),
            SchemeAction.LruPrio when !isVirtual => Hot(region, quota, window, aggregationUs),
            SchemeAction.PageOut or SchemeAction.MigrateCold => RegionScore.Cold(Hot(region, quota, window, aggregationUs)),
            SchemeAction.LruDeprio when !isVirtual => RegionScore.Cold(Hot(region, quota, window, aggregationUs)),
            _ => RegionScore.Highest,
        };

    private static int Hot(in Region region, QuotaSettings quota, in AggregationWindow window, ulong aggregationUs) =>
        RegionScore.Hot(
            window.NrAccesses(region), region.Age, window.MaxSamples, aggregationUs, quota.WeightNrAccesses, quota.WeightAge);
}
