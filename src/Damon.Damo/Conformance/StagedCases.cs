using System.Globalization;
using System.Text.Json;
using Damon.Damo.Staging;

namespace Damon.Damo.Conformance;

/// <summary>Cases of what reaches the kernel: the same files with the same texts in the same order.</summary>
internal static class StagedCases
{
    internal static IEnumerable<ConformanceResult> Run(JsonElement root, Dictionary<string, RecordedCommand> commands) =>
        root.EnumerateArray().Select(item => RunCase(item, commands));

    private static ConformanceResult RunCase(JsonElement item, Dictionary<string, RecordedCommand> commands)
    {
        string id = item.GetProperty("id").GetString()!;
        if (!commands.TryGetValue(id, out RecordedCommand? command))
            return new(id, false, "its command line is in no ok file of the folder");
        bool mustFail = item.TryGetProperty("err", out JsonElement err) && err.ValueKind != JsonValueKind.Null;
        try
        {
            StagingResult staged = Stager.Stage(command.Parse(hasSampleControl: false, isDamonRunning: true).Document);
            if (mustFail) return new(id, false, $"staged, but damo fails: {err}");
            string difference = Compare(item.GetProperty("writes"), staged) ?? CompareSnapshots(item, staged) ?? "";
            return new(id, difference.Length == 0, difference);
        }
        catch (DamoException e)
        {
            return new(id, mustFail, mustFail ? "" : $"refused: {e.Message}");
        }
    }

    private static string? Compare(JsonElement expected, StagingResult staged)
    {
        int count = Math.Max(expected.GetArrayLength(), staged.Writes.Count);
        for (int i = 0; i < count; i++)
        {
            string wanted = i < expected.GetArrayLength() ? $"{expected[i][0].GetString()} = {expected[i][1].GetString()}" : "nothing";
            string found = i < staged.Writes.Count ? $"{staged.Writes[i].Path} = {staged.Writes[i].Text}" : "nothing";
            if (wanted != found) return $"write {i}: expected {wanted}, found {found}";
        }

        return null;
    }

    private static string? CompareSnapshots(JsonElement item, StagingResult staged)
    {
        if (!item.TryGetProperty("max_nr_snapshots", out JsonElement expected)) return null;
        string ours = List(staged.Kdamonds, kdamond =>
            List(kdamond.Contexts, context =>
                List(context.Schemes, scheme => scheme.MaxNrSnapshots.ToString(CultureInfo.InvariantCulture))));
        using JsonDocument parsed = JsonDocument.Parse(ours);
        return JsonDifference.Find(expected, parsed.RootElement, "max_nr_snapshots");
    }

    private static string List<T>(IEnumerable<T> items, Func<T, string> write) => $"[{string.Join(',', items.Select(write))}]";
}
