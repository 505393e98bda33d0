using Damon.Damo.Document;
using Damon.Damo.Reading;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Records;

/// <summary>Collects a record's header while its keys pass by.</summary>
internal sealed class RecordHeaderReader
{
    private readonly Dictionary<string, TreeNode> _values = [];

    /// <summary>True when the record has the list that it needs.</summary>
    internal bool HasSnapshots { get; set; }

    /// <summary>Takes the key that the cursor stands on, with its value.</summary>
    internal void ReadKey(ref JsonCursor cursor)
    {
        string key = cursor.KeyText();
        if (key is "target_id" or "kdamond_idx" or "context_idx" or "scheme_idx" or "data_source" or "intervals" or "scheme_filters")
            _values[key] = cursor.ReadTree(key);
        else
            cursor.Skip();
    }

    internal RecordHeader Build(int index)
    {
        string path = $"record {index}";
        if (!HasSnapshots || !_values.ContainsKey("target_id"))
            throw new DamoException($"{path} lacks {(HasSnapshots ? "target_id" : "snapshots")}; both target_id and snapshots are needed");
        return new(
            new(Whole("target_id", path), Whole("kdamond_idx", path), Whole("context_idx", path), Whole("scheme_idx", path)),
            Cursor("intervals", path) is { } intervals ? ReadIntervals(intervals) : null,
            Cursor("scheme_filters", path)?.Items().Select(FilterReader.Read).ToSequence() ?? [],
            Cursor("data_source", path)?.Text() ?? RecordHeader.UnknownSource);
    }

    /// <summary>The value of a key; an explicit null counts as absent.</summary>
    private TreeCursor? Cursor(string key, string path) =>
        _values.TryGetValue(key, out TreeNode? node) && node is not TreeNull ? new TreeCursor(node, $"{path}.{key}") : null;

    private long? Whole(string key, string path)
    {
        if (Cursor(key, path) is not { } cursor) return null;
        System.Numerics.BigInteger whole = cursor.Number(ValueReader.Nr).Truncate();
        return whole >= 0 && whole <= long.MaxValue ? (long)whole : throw cursor.Refuse("allowed is 0 or more, or null");
    }

    private static Intervals ReadIntervals(TreeCursor node) => new(
        node.Required("sample_us").Number(ValueReader.Microseconds),
        node.Required("aggr_us").Number(ValueReader.Microseconds),
        node.Optional("ops_update_us")?.Number(ValueReader.Microseconds) ?? Intervals.Default.OpsUpdateUs,
        node.Optional("intervals_goal") is { IsNull: false } goal
            ? new(
                goal.Required("access_bp").Number(ValueReader.BasisPoints),
                goal.Required("aggrs").Number(ValueReader.Nr),
                goal.Required("min_sample_us").Number(ValueReader.Microseconds),
                goal.Required("max_sample_us").Number(ValueReader.Microseconds))
            : IntervalsGoal.Off);
}
