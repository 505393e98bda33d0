using System.Collections.Frozen;

namespace Damon.Actors.Verification.Functions;

/// <summary>The checkers by the name that the vector files give as "function".</summary>
public static class FunctionCheckers
{
    private static readonly FrozenDictionary<string, FunctionChecker> ByName =
        new Dictionary<string, FunctionChecker>(StringComparer.Ordinal)
        {
            ["prandom_seed_state, prandom_u32_state"] = RandomVectors.Outputs,
            ["damon_rand"] = RandomVectors.Between,
            ["damon_mvsum"] = MovingSumVectors.MovingSum,
            ["damon_nr_accesses_mvsum"] = MovingSumVectors.NrAccesses,
            ["damon_probe_hits_mvsum"] = MovingSumVectors.ProbeHits,
            ["damon_apply_min_nr_regions"] = SplittingVectors.ApplyMinNrRegions,
            ["damon_split_regions_of"] = SplittingVectors.SplitTarget,
            ["damon_split_some_regions"] = SplittingVectors.SplitSome,
            ["kdamond_split_regions"] = SplittingVectors.Split,
            ["damon_merge_regions_of"] = MergingVectors.MergeTarget,
            ["kdamond_merge_regions"] = MergingVectors.Merge,
            ["kdamond_merge_regions with probes"] = MergingVectors.MergeWithProbes,
            ["damon_set_regions"] = RangesVectors.Set,
            ["damon_set_attrs"] = AttributesVectors.Set,
            ["damon_update_monitoring_results"] = AttributesVectors.Convert,
            ["damon_update_monitoring_results with probes"] = AttributesVectors.ConvertWithProbes,
            ["damon_get_intervals_adaptation_bp, kdamond_tune_intervals"] = TuningVectors.Intervals,
            ["damon_feed_loop_next_input"] = TuningVectors.FeedbackLoop,
            ["damon_pa_filter_pass"] = ProbeVectors.Filters,
            ["damon_valid_probe_params"] = ProbeVectors.Validity,
            ["damon_hot_score, damon_cold_score"] = ScoreVectors.HotAndCold,
            ["damos_adjust_quota"] = QuotaVectors.Adjust,
            ["damos_set_effective_quota"] = QuotaVectors.SetEffectiveSize,
            ["damos_quota_score"] = QuotaVectors.Score,
            ["damos_quota_is_full"] = ChargeVectors.IsFull,
            ["damos_charge_quota"] = ChargeVectors.Charge,
            ["damos_skip_charged_region"] = ChargeVectors.SkipCharged,
            ["damos_core_filter_out"] = CoreFilterVectors.FilterOut,
            ["damos_wmark_wait_us"] = WatermarkVectors.WaitUs,
            ["__damon_va_three_regions"] = VirtualVectors.ThreeRegions,
            ["damon_va_init, damon_va_update"] = VirtualVectors.Update,
            ["damos_va_migrate_dests_add"] = VirtualVectors.Destinations,
            ["damos_va_migrate"] = MigrationVectors.Migrate,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The functions that can be checked, in alphabetical order.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The checker of a function, or null when there is none.</summary>
    public static FunctionChecker? Find(string function) => ByName.GetValueOrDefault(function);
}
