using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>costs</c>: what a kdamond's own work takes of virtual time.</summary>
internal static class CostsReader
{
    private const long MaxNs = 1_000_000_000;

    public static CostSettings Read(LayeredSection section)
    {
        bool counts = section.Flag("kdamond-time");
        long region = section.DurationNs("apply-region", MaxNs);
        long page = section.DurationNs("apply-page", MaxNs);
        ApplyCost walk = new(region, page, 0);
        ApplyCost migrate = walk with { AppliedNs = section.DurationNs("migrate-page", MaxNs) };
        ApplyCost reclaim = walk with { AppliedNs = section.DurationNs("reclaim-page", MaxNs) };
        CostSettings costs = new()
        {
            WakeUpNs = section.DurationNs("wake-up", MaxNs),
            AccessCheckNs = section.DurationNs("access-check", MaxNs),
            AggregateRegionNs = section.DurationNs("aggregate-region", MaxNs),
            CoarseClockNs = Math.Max(1, section.DurationNs("clock-grain", MaxNs)),
            Apply = ImmutableDictionary<SchemeAction, ApplyCost>.Empty
                .Add(SchemeAction.MigrateHot, migrate)
                .Add(SchemeAction.MigrateCold, migrate)
                .Add(SchemeAction.PageOut, reclaim)
                .Add(SchemeAction.LruPrio, walk)
                .Add(SchemeAction.LruDeprio, walk)
                .Add(SchemeAction.Stat, walk),
        };
        return counts ? costs : CostSettings.Free;
    }
}
