using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Scenarios;
using Damon.Scenarios.Results;

namespace Damon.Host.Output;

/// <summary>Writes full counts of pages, and samples against them, as JSON.</summary>
internal static class PageJson
{
    /// <summary>A kdamond's last count, or null.</summary>
    public static void Write(Utf8JsonWriter json, HostPlan plan, PageSurvey? survey)
    {
        if (survey is null)
        {
            json.WriteNull("page_count");
            return;
        }

        json.WriteStartObject("page_count");
        json.WriteNumber("at_s", survey.AtUs / 1_000_000m);
        json.WriteNumber("samples", survey.Samples);
        json.WriteNumber("looks", survey.Looks);
        json.WriteStartObject("total");
        Write(json, plan, survey.Total);
        json.WriteEndObject();
        json.WriteStartArray("regions");
        foreach (RegionPages region in survey.Regions) Write(json, plan, survey, region);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, HostPlan plan, ProbeAccuracy one)
    {
        json.WriteStartObject();
        json.WriteNumber("kdamond", one.Kdamond);
        json.WriteNumber("probe", one.Slot);
        json.WriteString("hits", Words.Probe(plan, one.Probe));
        json.WriteNumber("counts", one.NrCounts);
        json.WriteNumber("exact_bytes", one.ExactBytes);
        json.WriteNumber("estimate_bytes", one.EstimateBytes);
        json.WriteNumber("standard_error_bytes", one.StandardErrorBytes);
        json.WriteNumber("error_bytes", one.ErrorBytes);
        json.WriteNumber("region_error_share", one.RegionError);
        json.WriteNumber("within_two_errors_share", one.WithinTwoErrors);
        Write(json, "stale_error_bytes", one.StaleErrorBytes);
        Write(json, "stale_region_error_share", one.StaleRegionError);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HostPlan plan, PageSurvey survey, RegionPages region)
    {
        json.WriteStartObject();
        json.WriteNumber("target", region.Region.Target);
        json.WriteNumber("start", region.Region.Start);
        json.WriteNumber("end", region.Region.End);
        json.WriteNumber("bytes", region.Bytes);
        Write(json, plan, region.Counts);
        json.WriteStartArray("probes");
        for (int probe = 0; probe < survey.Probes.Length; probe++)
        {
            ProbeEstimate? estimate = survey.EstimateOf(probe, region);
            json.WriteStartObject();
            json.WriteNumber("hits", region.Region.ProbeHits.Get(probe));
            json.WriteNumber("exact_bytes", region.Counts.HitBytes(survey.Probes[probe], region.Bytes));
            Write(json, "estimate_bytes", estimate?.Bytes);
            Write(json, "standard_error_bytes", estimate?.StandardErrorBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HostPlan plan, PageCounts counts)
    {
        json.WriteNumber("anon_bytes", counts.AnonBytes);
        json.WriteNumber("file_bytes", counts.FileBytes);
        json.WriteNumber("active_bytes", counts.ActiveBytes);
        json.WriteNumber("huge_bytes", counts.HugeBytes);
        json.WriteStartObject("memcg_bytes");
        foreach (MemcgId memcg in counts.Memcgs) json.WriteNumber(Words.Memcg(plan, memcg), counts.BytesOf(memcg));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
