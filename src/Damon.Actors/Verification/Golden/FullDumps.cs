using System.Text.Json;

namespace Damon.Actors.Verification.Golden;

/// <summary>The recorded full dumps of regions, found by their moment.</summary>
internal sealed class FullDumps
{
    private readonly Dictionary<(int Context, string When, int Aggregation), JsonElement> _dumps = [];
    private int _seen;

    public FullDumps(JsonElement full)
    {
        foreach (JsonElement dump in full.EnumerateArray())
        {
            string when = dump.GetProperty("when").GetString()!;
            _dumps.Add((dump.GetProperty("ctx").GetInt32(), when, dump.GetProperty("agg").GetInt32()), dump);
        }
    }

    /// <summary>The dump of a moment, or null when there is none.</summary>
    public JsonElement? Find(int context, string when, int aggregation)
    {
        if (!_dumps.TryGetValue((context, when, aggregation), out JsonElement dump)) return null;
        _seen++;
        return dump;
    }

    /// <summary>Reports dumps whose moment never came.</summary>
    public void ExpectAllSeen(Differences differences) => differences.Expect("number of full dumps", _dumps.Count, _seen);
}
