using System.Text;
using System.Text.Json;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Trees;
using Damon.Damo.Values;
using Damon.Damo.Writing;

namespace Damon.Damo.Records;

/// <summary>
/// The file FILE.kdamonds beside a record: a list of kdamonds with state, pid and the schemes' statistics (records spec
/// section 1). Documents of <c>args damon</c>, a mapping with the key kdamonds, are read too.
/// </summary>
public static class KdamondsFile
{
    /// <summary>What is appended to a record's name.</summary>
    public const string Suffix = ".kdamonds";

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="DamoException">It is no list of kdamonds.</exception>
    public static IReadOnlyList<KdamondStatus> Read(string text, string name)
    {
        TreeNode root = JsonTree.Read(text, name);
        if (root is TreeList list) root = new TreeMap([new("kdamonds", list)]);
        DamoDocument document = new DocumentReader(new List<Notice>()).Read(root, name);
        IReadOnlyList<TreeCursor> nodes = new TreeCursor(root, name).Required("kdamonds").Items();
        return [.. document.Kdamonds.Select((kdamond, index) => ReadStatus(kdamond, nodes[index]))];
    }

    /// <summary>The file's text.</summary>
    /// <param name="kdamonds">The kdamonds.</param>
    public static string Write(IEnumerable<KdamondStatus> kdamonds) => JsonTree.Write(new TreeList([.. kdamonds.Select(ToTree)])) + "\n";

    private static KdamondStatus ReadStatus(Kdamond kdamond, TreeCursor node) => new(
        kdamond,
        node.Optional("state")?.TextOrNull(),
        Pid(node.Optional("pid")),
        [.. node.Required("contexts").Items().Select(context => new ContextStatus(
            [.. context.Optional("schemes")?.Items().Select(ReadScheme) ?? []]))]);

    private static long? Pid(TreeCursor? node)
    {
        if (node?.NumberOrNull(ValueReader.Nr) is not { } pid) return null;
        System.Numerics.BigInteger whole = pid.Truncate();
        return whole >= 0 && whole <= long.MaxValue ? (long)whole : null;
    }

    private static SchemeStatus ReadScheme(TreeCursor node) => node.Optional("stats") is { IsNull: false } stats
        ? new(ReadStatistics(stats), [])
        : SchemeStatus.None;

    private static DamosStatistics ReadStatistics(TreeCursor node)
    {
        return new(
            Count("nr_tried"), Count("sz_tried"), Count("nr_applied"), Count("sz_applied"), Count("sz_ops_filter_passed"), Count("qt_exceeds"),
            Count("nr_snapshots"), Count("max_nr_snapshots"));

        ulong Count(string key)
        {
            if (node.Optional(key) is not { } value) return 0;
            System.Numerics.BigInteger whole = value.Number(ValueReader.Bytes).Truncate();
            return whole >= 0 && whole <= ulong.MaxValue ? (ulong)whole : throw value.Refuse($"{whole} is out of range; allowed is 0 to {ulong.MaxValue}");
        }
    }

    private static TreeMap ToTree(KdamondStatus status)
    {
        var document = (TreeMap)DocumentWriter.ToTree(new([status.Kdamond]), new WriteOptions());
        var kdamond = (TreeMap)((TreeList)document.Entries[0].Value).Items[0];
        TreeNode pid = status.Pid is { } number ? new TreeNumber(number) : TreeNull.Instance;
        TreeNode state = status.State is { } word ? new TreeText(word) : TreeNull.Instance;
        return new TreeMap(
        [
            new("state", state),
            new("pid", pid),
            .. kdamond.Entries.Select(entry => entry.Key == "contexts" ? new("contexts", WithStatistics((TreeList)entry.Value, status)) : entry),
        ]);
    }

    private static TreeList WithStatistics(TreeList contexts, KdamondStatus status) => new(
        [.. contexts.Items.Cast<TreeMap>().Select((context, contextIndex) => new TreeMap(
            [.. context.Entries.Select(entry => entry.Key == "schemes"
                ? new("schemes", new TreeList([.. ((TreeList)entry.Value).Items.Cast<TreeMap>().Select((scheme, index) =>
                    new TreeMap([.. scheme.Entries, new("stats", ToTree(status.Scheme(contextIndex, index).Statistics))]))]))
                : entry)]))]);

    private static TreeNode ToTree(DamosStatistics statistics)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            SnapshotJson.Write(json, statistics);
            json.WriteEndObject();
        }

        return ((TreeMap)JsonTree.Read(Encoding.UTF8.GetString(bytes.ToArray()), "damos_stats")).Entries[0].Value;
    }
}
