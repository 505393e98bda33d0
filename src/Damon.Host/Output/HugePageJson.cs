using System.Text.Json;
using Damon.Scenarios.Results;

namespace Damon.Host.Output;

/// <summary>Writes what transparent huge pages were worth as JSON.</summary>
internal static class HugePageJson
{
    public static void Write(Utf8JsonWriter json, HugePageResult pages)
    {
        json.WriteStartObject();
        json.WriteString("process", pages.Process);
        json.WriteNumber("resident_bytes", pages.Last.ResidentBytes);
        json.WriteNumber("touched_bytes", pages.Last.TouchedBytes);
        json.WriteNumber("bloat_bytes", pages.Last.BloatBytes);
        json.WriteNumber("huge_bytes", pages.Last.HugeBytes);
        json.WriteNumber("thp_faults", pages.Last.Counts.Faults);
        json.WriteNumber("thp_fallbacks", pages.Last.Counts.Fallbacks);
        json.WriteNumber("thp_collapses", pages.Last.Counts.Collapses);
        json.WriteNumber("thp_failed_collapses", pages.Last.Counts.FailedCollapses);
        json.WriteNumber("thp_splits", pages.Last.Counts.Splits);
        Write(json, "walk_ns_per_access", pages.WalkNsPerAccess);
        Write(json, "saved_ns_per_access", pages.SavedNsPerAccess);
        Write(json, "tenant_slowdown", pages.TenantSlowdown);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
