using System.Collections.Immutable;
using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>Probes' filters and weights (section 14).</summary>
internal static class ProbeVectors
{
    public static void Filters(JsonElement vector, Comparison comparison)
    {
        var probe = new Probe(Weight: 0, [.. vector.GetProperty("filters").EnumerateArray().Select(Filter)]);
        comparison.Expect("pass", probe.IsHit(Folio(vector.GetProperty("folio"))));
    }

    public static void Validity(JsonElement vector, Comparison comparison) =>
        comparison.Expect("valid", vector.Weights().Validate(vector.Intervals()) is null);

    private static ProbeFilter Filter(JsonElement filter) => new(
        filter.GetProperty("type").GetString() switch
        {
            "anon" => ProbeFilterType.Anon,
            "memcg" => ProbeFilterType.Memcg,
            var other => throw new FormatException($"a probe filter's type is \"{other}\"; allowed are anon and memcg"),
        },
        filter.GetProperty("matching").GetBoolean(),
        filter.GetProperty("allow").GetBoolean(),
        filter.TryGetProperty("memcg_id", out var id) ? id.GetUInt64() : 0);

    private static ProbedFolio? Folio(JsonElement folio) =>
        folio.ValueKind == JsonValueKind.Null ? null : new ProbedFolio(folio[0].GetBoolean(), folio[1].GetUInt64());
}
