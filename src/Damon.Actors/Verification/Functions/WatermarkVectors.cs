using System.Text.Json;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Functions;

/// <summary>When a scheme waits for memory to become scarce, or less scarce (section 11).</summary>
internal static class WatermarkVectors
{
    public static void WaitUs(JsonElement vector, Comparison comparison)
    {
        var watermarks = new Watermarks(
            Metric(vector.GetProperty("metric").GetString()!),
            vector.U64("interval"),
            vector.U64("high"),
            vector.U64("mid"),
            vector.U64("low"));
        ulong total = vector.U64("total_pages");
        bool activated = true;
        int number = 0;
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            ulong wait = watermarks.WaitUs(step[0].GetUInt64() * 1000 / total, ref activated);
            comparison.Expect($"steps[{number}].wait", step[1].GetUInt64(), wait);
            comparison.Expect($"steps[{number++}].activated", step[2].GetUInt64(), activated ? 1UL : 0UL);
        }
    }

    private static WatermarkMetric Metric(string name) => name switch
    {
        "none" => WatermarkMetric.None,
        "free_mem_rate" => WatermarkMetric.FreeMemRate,
        _ => throw new FormatException($"\"{name}\" is no metric; there are \"none\" and \"free_mem_rate\""),
    };
}
