using System.Globalization;
using System.Text.Json;
using Damon.Host.Output;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon nodes</c> and <c>damon shards RUN</c>: who computes what.</summary>
internal static class NodesCommand
{
    public static int Nodes(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("nodes", words, StoreOption.Option, new Option("--format", "table or json"));
        if (arguments.Others.Count > 0) throw arguments.Refuse($"found '{arguments.Others[0]}', allowed: only options");
        bool asJson = arguments.Choice("--format", "table", "json") == "json";
        return StoreOption.With(arguments, store =>
        {
            IReadOnlyList<Damon.Store.Nodes.Node> nodes = store.ListNodesAsync().GetAwaiter().GetResult();
            if (asJson) PlainJson.Write(json => Write(json, nodes));
            else if (nodes.Count == 0) Console.Out.WriteLine("no nodes");
            else PlainTable.Write(["node", "incarnation", "lease", "shards", "capacity", "process", "code"], nodes.Select(Row));
            return ExitCode.Ok;
        });
    }

    public static int Shards(ReadOnlySpan<string> words)
    {
        Arguments arguments = new("shards", words, StoreOption.Option, new Option("--format", "table or json"));
        string word = arguments.Only("RUN");
        bool asJson = arguments.Choice("--format", "table", "json") == "json";
        return StoreOption.With(arguments, store =>
        {
            IReadOnlyList<ShardEntry> shards = store.ListShardsAsync(StoreOption.Find(arguments, store, word).Id).GetAwaiter().GetResult();
            if (asJson) PlainJson.Write(json => Write(json, shards));
            else PlainTable.Write(["shard", "owner", "epoch", "done window", "results", "checkpoint", "digest"], shards.Select(Row));
            return ExitCode.Ok;
        });
    }

    private static string[] Row(Damon.Store.Nodes.Node node) =>
    [
        node.Name, node.Incarnation.ToString(),
        node.IsLive ? string.Create(CultureInfo.InvariantCulture, $"{node.ExpiresIn.TotalSeconds:0.0} s") : "run out",
        Text(node.Held), Text(node.Capacity), node.Info, node.Code,
    ];

    private static string[] Row(ShardEntry shard) =>
    [
        Text(shard.Shard.Index), shard.Owner ?? "nobody", Text(shard.Epoch), shard.DoneWindow.ToString(), shard.ResultsWindow.ToString(),
        shard.CheckpointWindow?.ToString() ?? "none", shard.Digest.ToString(),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Damon.Store.Nodes.Node> nodes)
    {
        json.WriteStartArray();
        foreach (Damon.Store.Nodes.Node node in nodes)
        {
            json.WriteStartObject();
            json.WriteString("node", node.Name);
            json.WriteString("incarnation", node.Incarnation.ToString());
            json.WriteBoolean("live", node.IsLive);
            json.WriteNumber("expires_in_s", node.ExpiresIn.TotalSeconds);
            json.WriteNumber("shards", node.Held);
            json.WriteNumber("capacity", node.Capacity);
            json.WriteString("process", node.Info);
            json.WriteString("code", node.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<ShardEntry> shards)
    {
        json.WriteStartArray();
        foreach (ShardEntry shard in shards)
        {
            json.WriteStartObject();
            json.WriteNumber("shard", shard.Shard.Index);
            json.WriteString("owner", shard.Owner);
            json.WriteNumber("epoch", shard.Epoch);
            json.WriteNumber("done_window", shard.DoneWindow.Number);
            json.WriteNumber("results_window", shard.ResultsWindow.Number);
            if (shard.CheckpointWindow is { } checkpoint) json.WriteNumber("checkpoint_window", checkpoint.Number);
            else json.WriteNull("checkpoint_window");
            json.WriteString("digest", shard.Digest.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
