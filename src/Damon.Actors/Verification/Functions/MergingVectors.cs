using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>Merging of regions (section 4), by accesses and by weighted probe hits (section 14).</summary>
internal static class MergingVectors
{
    public static void MergeTarget(JsonElement vector, Comparison comparison)
    {
        var regions = vector.Target("before").Regions;
        RegionMerging.MergeTarget(
            regions, ProbeWeights.None, vector.U32("thres"), vector.U64("sz_limit"), vector.GetProperty("count_age").GetBoolean());
        comparison.Expect("after", regions);
    }

    public static void Merge(JsonElement vector, Comparison comparison)
    {
        var targets = vector.Targets("before");
        MergeAll(vector, targets, ProbeWeights.None);
        comparison.Expect("after", targets);
    }

    public static void MergeWithProbes(JsonElement vector, Comparison comparison)
    {
        var target = vector.Target("before");
        MergeAll(vector, [target], vector.Weights());
        comparison.Expect("after", target.Regions);
    }

    private static void MergeAll(JsonElement vector, Target[] targets, in ProbeWeights weights)
    {
        var attributes = vector.Intervals() with { MaxNrRegions = vector.U64("max_nr_regions") };
        RegionMerging.Merge(targets, attributes, weights, vector.U32("threshold"), vector.U64("sz_limit"));
    }
}
