using System.Text.Json;
using Damon.Damo.Writing;

namespace Damon.Damo.Conformance;

/// <summary>Cases that damo accepted: the printed document must be the same.</summary>
internal static class OkCases
{
    internal static IEnumerable<ConformanceResult> Run(JsonElement root) => root.EnumerateArray().Select(RunCase);

    /// <summary>With the options of damon/next two documents are recorded: with that kernel feature, and for mainline kernels.</summary>
    private static ConformanceResult RunCase(JsonElement item)
    {
        RecordedCommand command = RecordedCommand.Read(item);
        JsonElement next = item.GetProperty("kdamonds");
        bool hasTwo = item.TryGetProperty("kdamonds_mainline_features_only", out JsonElement mainline)
            && mainline.ValueKind != JsonValueKind.Null;
        string difference = Compare(command, false, hasTwo ? mainline : next);
        if (difference.Length == 0 && hasTwo) difference = Compare(command, true, next);
        return new(command.Id, difference.Length == 0, difference);
    }

    private static string Compare(RecordedCommand command, bool hasSampleControl, JsonElement expected)
    {
        try
        {
            DamoInvocation invocation = command.Parse(hasSampleControl, isDamonRunning: true, RecordedProgram.Of(expected));
            string text = DocumentWriter.Write(invocation.Document, invocation.Output with { Format = OutputFormat.Json });
            using JsonDocument ours = JsonDocument.Parse(text);
            return JsonDifference.Find(expected, ours.RootElement.GetProperty("kdamonds"), "kdamonds") ?? "";
        }
        catch (DamoException e)
        {
            return $"refused: {e.Message}";
        }
    }
}

/// <summary>Cases that damo refused: ours must fail too, with its own kind of error.</summary>
internal static class ErrCases
{
    internal static IEnumerable<ConformanceResult> Run(JsonElement root) => root.EnumerateArray().Select(RunCase);

    private static ConformanceResult RunCase(JsonElement item)
    {
        RecordedCommand command = RecordedCommand.Read(item);
        try
        {
            _ = command.Parse(hasSampleControl: false, isDamonRunning: false).Render();
            return new(command.Id, false, "accepted, but damo refuses it");
        }
        catch (DamoException)
        {
            return new(command.Id, true, "");
        }
    }
}
