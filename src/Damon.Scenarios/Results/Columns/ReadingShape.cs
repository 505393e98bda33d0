using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Which quantities a reading of a host has, by name, in order.</summary>
internal static class ReadingShape
{
    /// <summary>A reading in which nothing has a meaning, to be given to who reads.</summary>
    public static HostSample Blank { get; } = new(0, [], [], []);

    private static NodeSample BlankNode { get; } = new(0, 0, 0, 0, 0);

    private static MemcgSample BlankMemcg { get; } = new([], []);

    private static KdamondSample BlankKdamond { get; } = new(0, 0, 0, 0, []);

    private static HugePageSample BlankHugePages { get; } = new(0, 0, 0, default);

    private static SchemeSample BlankScheme { get; } = new(default, 0, 0, null, false);

    /// <summary>Goes over a reading.</summary>
    public static HostSample Describe(IQuantities quantities, HostSample sample) => new(
        quantities.Number("at_us", sample.AtUs),
        quantities.Each("nodes", sample.Nodes, BlankNode, Node),
        quantities.Each("memcgs", sample.Memcgs, BlankMemcg, Memcg),
        quantities.Each("kdamonds", sample.Kdamonds, BlankKdamond, Kdamond))
    {
        PsiTotalUs = quantities.Number("psi_some_total_us", sample.PsiTotalUs),
        SwapUsedBytes = quantities.Number("swap_used_bytes", sample.SwapUsedBytes),
        HugePages = quantities.Each("huge_pages", sample.HugePages, BlankHugePages, HugePages),
        Costs = quantities.Flag("has_costs", sample.Costs is not null) ? CostShape.Describe(quantities, sample.Costs ?? CostShape.Blank) : null,
    };

    private static HugePageSample HugePages(IQuantities quantities, HugePageSample pages) => new(
        quantities.Number("huge_pages_resident_bytes", pages.ResidentBytes),
        quantities.Number("huge_pages_touched_bytes", pages.TouchedBytes),
        quantities.Number("huge_pages_huge_bytes", pages.HugeBytes),
        new HugePageCounts(
            quantities.Number("huge_pages_faults", pages.Counts.Faults),
            quantities.Number("huge_pages_fallbacks", pages.Counts.Fallbacks),
            quantities.Number("huge_pages_collapses", pages.Counts.Collapses),
            quantities.Number("huge_pages_failed_collapses", pages.Counts.FailedCollapses),
            quantities.Number("huge_pages_splits", pages.Counts.Splits)));

    private static NodeSample Node(IQuantities quantities, NodeSample node) => new(
        quantities.Number("node_used_bytes", node.UsedBytes),
        quantities.Number("node_free_bytes", node.FreeBytes),
        quantities.Number("node_migrated_in_bytes", node.MigratedInBytes),
        quantities.Number("node_migrated_out_bytes", node.MigratedOutBytes),
        quantities.Number("node_reclaimed_bytes", node.ReclaimedBytes))
    {
        ActiveBytes = quantities.Number("node_active_bytes", node.ActiveBytes),
        InactiveBytes = quantities.Number("node_inactive_bytes", node.InactiveBytes),
    };

    private static MemcgSample Memcg(IQuantities quantities, MemcgSample memcg) => new(
        quantities.Numbers("memcg_lru_nodes", "memcg_lru_bytes", memcg.LruBytesByNode),
        quantities.Numbers("memcg_resident_nodes", "memcg_resident_bytes", memcg.ResidentBytesByNode));

    private static KdamondSample Kdamond(IQuantities quantities, KdamondSample kdamond) => new(
        (int)quantities.Number("kdamond_nr_regions", (ulong)kdamond.NrRegions),
        quantities.Number("kdamond_sample_us", kdamond.SampleUs),
        quantities.Number("kdamond_aggregation_us", kdamond.AggregationUs),
        quantities.Number("kdamond_nr_aggregations", kdamond.NrAggregations),
        quantities.Each("schemes", kdamond.Schemes, BlankScheme, Scheme))
    {
        BusyNs = quantities.Number("kdamond_busy_ns", kdamond.BusyNs),
        CpuShare = quantities.Real("kdamond_cpu_share", kdamond.CpuShare),
        NrProbes = (int)quantities.Number("kdamond_nr_probes", (ulong)kdamond.NrProbes),
        Pages = quantities.Flag("kdamond_has_count", kdamond.Pages is not null) ? PageShape.Describe(quantities, kdamond.Pages ?? PageShape.Blank) : null,
        Regions = quantities.Each("regions", kdamond.Regions, default, (each, region) => Region(each, "region", region), apart: false),
    };

    /// <summary>Goes over a region.</summary>
    public static RegionSample Region(IQuantities quantities, string name, RegionSample region) => new(
        (int)quantities.Number(name + "_target", (ulong)region.Target),
        quantities.Number(name + "_start", region.Start),
        quantities.Number(name + "_end", region.End),
        (uint)quantities.Number(name + "_nr_accesses", region.NrAccesses),
        (uint)quantities.Number(name + "_age", region.Age))
    {
        ProbeHits = new ProbeHits((uint)quantities.Number(name + "_probe_hits", region.ProbeHits.Packed)),
    };

    private static SchemeSample Scheme(IQuantities quantities, SchemeSample scheme) => new(
        Stats(quantities, scheme.Stats),
        quantities.Number("scheme_effective_quota_bytes", scheme.EffectiveSizeBytes),
        quantities.Number("scheme_charged_bytes", scheme.ChargedBytes),
        quantities.Optional("scheme_has_score", "scheme_score_bp", scheme.Score),
        quantities.Flag("scheme_is_activated", scheme.Activated));

    private static SchemeStats Stats(IQuantities quantities, in SchemeStats stats) => new()
    {
        NrTried = quantities.Number("scheme_nr_tried", stats.NrTried),
        SzTried = quantities.Number("scheme_tried_bytes", stats.SzTried),
        NrApplied = quantities.Number("scheme_nr_applied", stats.NrApplied),
        SzApplied = quantities.Number("scheme_applied_bytes", stats.SzApplied),
        SzOpsFilterPassed = quantities.Number("scheme_ops_filter_passed_bytes", stats.SzOpsFilterPassed),
        QtExceeds = quantities.Number("scheme_qt_exceeds", stats.QtExceeds),
        NrSnapshots = quantities.Number("scheme_nr_snapshots", stats.NrSnapshots),
    };
}
