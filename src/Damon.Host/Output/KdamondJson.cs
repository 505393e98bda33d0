using System.Text.Json;
using Damon.Actors.Hosts;

namespace Damon.Host.Output;

/// <summary>Writes kdamonds, and their regions where snapshots are kept, as JSON.</summary>
internal static class KdamondJson
{
    public static void Write(Utf8JsonWriter json, HostSample sample)
    {
        for (int i = 0; i < sample.Kdamonds.Length; i++) Write(json, i, sample.Kdamonds[i]);
    }

    private static void Write(Utf8JsonWriter json, int index, KdamondSample kdamond)
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
