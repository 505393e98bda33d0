using System.Collections.Immutable;
using System.Text.Json;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Functions;

/// <summary>The filters on addresses and targets, and both groups' defaults (section 8).</summary>
internal static class CoreFilterVectors
{
    public static void FilterOut(JsonElement vector, Comparison comparison)
    {
        var targets = vector.Targets("before");
        ulong minRegionSize = vector.U64("min_region_sz");
        var filters = new CoreFilters(Filters(vector));
        comparison.Expect("core_filters_default_reject", filters.CoreRejectsByDefault);
        comparison.Expect("ops_filters_default_reject", filters.OperationsRejectByDefault);

        var visits = new RegionVisits(comparison, vector.GetProperty("visits"));
        visits.Walk(targets, (int target, ref Region region, bool _, RegionCutList cuts) =>
        {
            var verdict = filters.Judge(target, ref region, minRegionSize, cuts);
            return [verdict.Rejected, verdict.Allowed];
        });
        comparison.Expect("after", targets);
    }

    /// <summary>The core filters of a vector and, where it has one, an operations filter, which allows.</summary>
    private static ImmutableArray<SchemeFilter> Filters(JsonElement vector)
    {
        var filters = vector.GetProperty("filters").EnumerateArray().Select(Filter);
        return vector.GetProperty("has_ops_filter").GetBoolean()
            ? [.. filters, new SchemeFilter(SchemeFilterType.Anon, Matching: true, Allow: true)]
            : [.. filters];
    }

    private static SchemeFilter Filter(JsonElement fields)
    {
        bool matching = fields.GetProperty("matching").GetBoolean();
        bool allow = fields.GetProperty("allow").GetBoolean();
        return fields.GetProperty("type").GetString() switch
        {
            "addr" => new SchemeFilter(
                SchemeFilterType.Addr, matching, allow, From: fields.U64("start"), To: fields.U64("end")),
            "target" => new SchemeFilter(SchemeFilterType.Target, matching, allow, From: fields.U64("target_idx")),
            var other => throw new FormatException($"\"{other}\" is no core filter; there are \"addr\" and \"target\""),
        };
    }
}
