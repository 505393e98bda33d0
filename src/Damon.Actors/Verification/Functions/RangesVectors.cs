using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>Fitting regions to address ranges (section 4).</summary>
internal static class RangesVectors
{
    public static void Set(JsonElement vector, Comparison comparison)
    {
        var regions = vector.Target("before").Regions;
        AddressRange[] ranges =
        [
            .. vector.GetProperty("ranges").EnumerateArray()
                .Select(range => new AddressRange(range[0].GetUInt64(), range[1].GetUInt64())),
        ];
        string? error = RegionRanges.Set(regions, ranges, vector.U64("min_region_sz"));
        comparison.Expect("ret", ErrorCode.Of(error));
        comparison.Expect("after", regions);
    }
}
