using System.Text.Json;
using Damon.Scenarios.Running;

namespace Damon.Host.Output;

/// <summary>Writes what moved between the changes to a host.</summary>
internal static class PeriodJson
{
    public static void Write(Utf8JsonWriter json, Period period)
    {
        json.WriteStartObject();
        json.WriteNumber("from_s", period.FromUs / 1_000_000m);
        json.WriteNumber("to_s", period.ToUs / 1_000_000m);
        json.WriteNumber("migrated_bytes", period.MigratedBytes);
        json.WriteNumber("quiet_s", period.QuietUs / 1_000_000m);
        json.WriteStartArray("processes");
        foreach (ProcessPeriod process in period.Processes) Write(json, process);
        json.WriteEndArray();
        json.WriteStartArray("nodes");
        for (int node = 0; node < period.Nodes.Length; node++) Write(json, period, node);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProcessPeriod process)
    {
        json.WriteStartObject();
        json.WriteString("name", process.Process.Name);
        json.WriteNumber("moved_bytes", process.MovedBytes);
        json.WriteNumber("hot_bytes", process.Process.NrHot * process.Process.FolioBytes);
        json.WriteNumber("moved_folios", process.MovedFolios);
        json.WriteNumber("moved_more_than_once_folios", process.MovedAgain);
        Write(json, "hot_bytes_by_node", process.HotBytesByNode);
        Write(json, "weights_by_node", process.Weights);
        WriteNumber(json, "off_weights_percent", process.OffWeights * 100);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Period period, int index)
    {
        NodePeriod node = period.Nodes[index];
        json.WriteStartObject();
        json.WriteNumber("node", index);
        json.WriteNumber("bytes_per_second", node.BytesPerSecond);
        WriteNumber(json, "bandwidth_bytes_per_second", node.Use is null ? null : node.Memory.BandwidthBytesPerSecond);
        WriteNumber(json, "bandwidth_use_percent", node.Use * 100);
        json.WriteNumber("traffic_percent", period.TrafficShare(index) * 100);
        WriteNumber(json, "weight_percent", period.WeightShare(index) * 100);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ulong> numbers)
    {
        json.WriteStartArray(name);
        foreach (ulong number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
