using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>Counters between aggregations (section 5).</summary>
internal static class MovingSumVectors
{
    public static void MovingSum(JsonElement vector, Comparison comparison) => comparison.Expect(
        "ret",
        AggregationWindow.MovingSum(vector.U64("current_nr"), vector.U64("last_nr"), vector.U64("left_window_bp")));

    public static void NrAccesses(JsonElement vector, Comparison comparison) => comparison.Expect(
        "ret", vector.Window().MovingSum(vector.U32("nr_accesses"), vector.U32("last_nr_accesses")));

    public static void ProbeHits(JsonElement vector, Comparison comparison)
    {
        var region = new Region
        {
            ProbeHits = default(ProbeHits).With(0, vector.U32("probe_hits")),
            LastProbeHits = default(ProbeHits).With(0, vector.U32("last_probe_hits")),
        };
        comparison.Expect("ret", (ulong)vector.Window().ProbeHits(region, slot: 0));
    }
}
