using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Costs;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>costs</c> and <c>swap</c>: what a kdamond's own work takes of virtual time, and what memory costs tenants.</summary>
internal static class CostsReader
{
    private const long MaxNs = 1_000_000_000;
    private const long LongestWindowUs = 3_600_000_000;

    public static CostSettings Read(LayeredSection section, Machine machine)
    {
        MemoryCosts? memory = Memory(section.Section("memory"), machine);
        bool counts = section.Flag("kdamond-time");
        long region = section.DurationNs("apply-region", MaxNs);
        long page = section.DurationNs("apply-page", MaxNs);
        ApplyCost walk = new(region, page, 0);
        long migratePage = section.DurationNs("migrate-page", MaxNs);
        ApplyCost migrate = memory is null ? walk with { AppliedNs = migratePage } : walk;
        ApplyCost reclaim = walk with { AppliedNs = section.DurationNs("reclaim-page", MaxNs) };
        CostSettings costs = new()
        {
            WakeUpNs = section.DurationNs("wake-up", MaxNs),
            AccessCheckNs = section.DurationNs("access-check", MaxNs),
            ProbeCheckNs = section.DurationNs("probe-check", MaxNs),
            CountPageNs = section.DurationNs("count-page", MaxNs),
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
        return (counts ? costs : CostSettings.Free) with { Memory = memory };
    }

    public static SwapSettings? Swap(LayeredSection section)
    {
        string kind = section.Choice("kind", "none", "zswap", "ssd");
        SwapSettings swap = kind == "ssd" ? SwapSettings.Ssd : SwapSettings.Zswap;
        swap = swap with
        {
            LoadNs = section.DurationNsOrNull("load", 0, MaxNs) ?? swap.LoadNs,
            CapacityBytes = section.SizeOrNull("capacity", 1 << 12, 1UL << 52),
            FileReadNs = section.DurationNs("file-read", MaxNs),
        };
        return kind == "none" ? null : swap;
    }

    private static MemoryCosts? Memory(LayeredSection section, Machine machine)
    {
        bool counts = section.Flag("counts");
        MemoryCosts costs = new()
        {
            Tiers = [.. machine.Nodes.Select(node => node.Memory)],
            Migration = new MigrationCost(
                section.DurationNs("migrate-4k", MaxNs), section.DurationNs("migrate-64k", MaxNs), section.DurationNs("migrate-2m", MaxNs)),
            Shootdown = new ShootdownCost(section.DurationNs("shootdown", MaxNs), section.DurationNs("shootdown-per-cpu", MaxNs)),
            Tlb = Tlb(section.Section("tlb"), counts),
            Cpus = (int)section.Count("cpus", 1, 65_536),
            MinorFaultNs = section.DurationNs("minor-fault", MaxNs),
            WindowUs = (long)section.DurationUs("window", 1_000, LongestWindowUs),
        };
        return counts ? costs : null;
    }

    private static TlbCost? Tlb(LayeredSection section, bool memoryCounts)
    {
        bool counts = section.Flag("counts");
        if (counts && !memoryCounts) section.Refuse("counts", "off, unless costs.memory.counts is on");
        TlbCost tlb = new(
            (int)section.Count("entries", 1, 1 << 24), section.DurationNs("walk", MaxNs), section.DurationNs("walk-2m", MaxNs));
        return counts ? tlb : null;
    }
}
