using System.Globalization;
using System.Text.Json;
using Damon.Hocon.Reading;

namespace Damon.Hocon.Conformance;

/// <summary>One recorded call of a getter.</summary>
internal static class GetterCase
{
    /// <summary>How a getter's outcome differs from the recorded one; null when it does not.</summary>
    public static string? Difference(HoconObject root, JsonElement get, JsonElement expected)
    {
        string path = get.GetProperty("path").GetString()!;
        string type = get.GetProperty("as").GetString()!;
        string call = $"{path} as {type}";
        try
        {
            object found = Get(root, path, type);
            if (!expected.TryGetProperty("value", out JsonElement value)) return $"{call}: expected {expected}, found {found}";
            return Same(value, found) ? null : $"{call}: expected {value}, found {Convert.ToString(found, CultureInfo.InvariantCulture)}";
        }
        catch (HoconException error)
        {
            string kind = HoconConformance.KindName(error.Kind);
            bool same = expected.TryGetProperty("error", out JsonElement expectedError)
                && expectedError.GetProperty("kind").GetString() == kind;
            return same ? null : $"{call}: expected {expected}, found an error of kind {kind}: {error.Message}";
        }
    }

    private static object Get(HoconObject root, string path, string type) => type switch
    {
        "duration" => root.GetDuration(path),
        "bytes" => root.GetBytes(path),
        "int" => (long)root.GetInt32(path),
        "long" => root.GetInt64(path),
        "double" => root.GetDouble(path),
        "boolean" => root.GetBoolean(path),
        "string" => root.GetString(path),
        "string-list" => root.GetStrings(path),
        "period" => root.GetPeriod(path),
        _ => throw new NotSupportedException($"the case asks for the unknown getter '{type}'"),
    };

    private static bool Same(JsonElement expected, object found) => found switch
    {
        bool boolean => expected.ValueKind == (boolean ? JsonValueKind.True : JsonValueKind.False),
        long integer => expected.ValueKind == JsonValueKind.Number
            && expected.GetRawText() == integer.ToString(CultureInfo.InvariantCulture),
        double number when double.IsNaN(number) => expected.ValueKind == JsonValueKind.String && expected.GetString() == "NaN",
        double number => expected.ValueKind == JsonValueKind.Number && JsonComparison.SameDouble(expected.GetRawText(), number),
        string text => expected.ValueKind == JsonValueKind.String && expected.GetString() == text,
        IReadOnlyList<string> texts => expected.ValueKind == JsonValueKind.Array && SameTexts(expected, texts),
        _ => false,
    };

    private static bool SameTexts(JsonElement expected, IReadOnlyList<string> found)
    {
        if (expected.GetArrayLength() != found.Count) return false;
        for (int i = 0; i < found.Count; i++)
        {
            if (expected[i].ValueKind != JsonValueKind.String || expected[i].GetString() != found[i]) return false;
        }

        return true;
    }
}
