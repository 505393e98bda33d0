using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Scenarios;

namespace Damon.Host.Output;

/// <summary>Writes kdamonds, and their regions where snapshots are kept, as JSON.</summary>
internal static class KdamondJson
{
    public static void Write(Utf8JsonWriter json, HostPlan plan, HostSample sample)
    {
        for (int i = 0; i < sample.Kdamonds.Length; i++) Write(json, plan, i, sample.Kdamonds[i]);
    }

    private static void Write(Utf8JsonWriter json, HostPlan plan, int index, KdamondSample kdamond)
    {
        json.WriteStartObject();
        json.WriteNumber("kdamond", index);
        json.WriteNumber("nr_regions", kdamond.NrRegions);
        json.WriteNumber("sample_us", kdamond.SampleUs);
        json.WriteNumber("aggregation_us", kdamond.AggregationUs);
        json.WriteNumber("nr_aggregations", kdamond.NrAggregations);
        json.WriteNumber("cpu_share", kdamond.CpuShare);
        json.WriteStartArray("regions");
        foreach (RegionSample region in kdamond.Regions) Write(json, region, kdamond.NrProbes);
        json.WriteEndArray();
        PageJson.Write(json, plan, kdamond.Pages);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in RegionSample region, int nrProbes)
    {
        json.WriteStartObject();
        json.WriteNumber("target", region.Target);
        json.WriteNumber("start", region.Start);
        json.WriteNumber("end", region.End);
        json.WriteNumber("nr_accesses", region.NrAccesses);
        json.WriteNumber("age_aggregations", region.Age);
        json.WriteStartArray("probe_hits");
        for (int probe = 0; probe < nrProbes; probe++) json.WriteNumberValue(region.ProbeHits.Get(probe));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
