using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>Splitting of regions (section 4).</summary>
internal static class SplittingVectors
{
    /// <summary>What the recordings merge with between two splits.</summary>
    private const uint MergeThreshold = 3;
    private const ulong MergeSizeLimit = 1UL << 50;

    public static void ApplyMinNrRegions(JsonElement vector, Comparison comparison)
    {
        var targets = vector.Targets("before");
        ulong limit = RegionSplitting.ApplyMinNrRegions(targets, vector.U64("min_nr_regions"), vector.U64("min_region_sz"));
        comparison.Expect("ret_max_region_sz", limit);
        comparison.Expect("after", targets);
    }

    public static void SplitTarget(JsonElement vector, Comparison comparison)
    {
        var random = new Lfsr113(vector.U64("seed"));
        var regions = vector.Target("before").Regions;
        RegionSplitting.SplitTarget(regions, (int)vector.U32("nr_subs"), vector.U64("min_region_sz"), random);
        comparison.Expect("after", regions);
        comparison.Expect("next_u32", random.Next());
    }

    public static void SplitSome(JsonElement vector, Comparison comparison)
    {
        var random = new Lfsr113(vector.U64("seed"));
        var rotation = new FreshRotation();
        var targets = vector.Targets("before");
        foreach (ulong step in vector.U64s("steps"))
            RegionSplitting.SplitSome(targets, step, vector.U64("min_region_sz"), random, rotation);
        comparison.Expect("after", targets);
        comparison.Expect("next_u32", random.Next());
    }

    public static void Split(JsonElement vector, Comparison comparison)
    {
        var random = new Lfsr113(vector.U64("seed"));
        var rotation = new FreshRotation();
        var targets = vector.Targets("before");
        bool merge = vector.TryGetProperty("merge_between", out var between) && between.GetBoolean();
        int call = 0;
        foreach (var expected in vector.GetProperty("after_each_call").EnumerateArray())
        {
            RegionSplitting.Split(targets, vector.U64("max_nr_regions"), vector.U64("min_region_sz"), random, rotation);
            comparison.Expect($"after_each_call[{call++}]", expected, targets);
            if (merge) Merge(targets);
        }

        comparison.Expect("next_u32", random.Next());
    }

    private static void Merge(Target[] targets)
    {
        foreach (var target in targets)
            RegionMerging.MergeTarget(target.Regions, ProbeWeights.None, MergeThreshold, MergeSizeLimit, countAge: false);
    }

    /// <summary>A kernel in which nothing was split yet.</summary>
    private sealed class FreshRotation : ISplitRotation
    {
        public uint Rotation { get; set; }

        public uint LastNrRegions { get; set; }
    }
}
