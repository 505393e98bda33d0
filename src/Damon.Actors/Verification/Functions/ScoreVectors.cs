using System.Text.Json;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Functions;

/// <summary>Hotness and coldness of regions (section 9).</summary>
internal static class ScoreVectors
{
    public static void HotAndCold(JsonElement vector, Comparison comparison)
    {
        var window = vector.Window();
        int hot = RegionScore.Hot(
            window.MovingSum(vector.U32("nr_accesses"), vector.U32("last_nr_accesses")),
            vector.U32("age"),
            window.MaxSamples,
            vector.U64("aggr_interval"),
            vector.U32("weight_nr_accesses"),
            vector.U32("weight_age"));
        comparison.Expect("hot_score", hot);
        comparison.Expect("cold_score", RegionScore.Cold(hot));
    }
}
