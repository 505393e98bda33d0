using System.Text.Json;
using Damon.Damo.Values;

namespace Damon.Damo.Conformance;

/// <summary>Compares JSON as the recordings ask: numbers by value (100 = 100.0), strings exactly, keys in any order.</summary>
internal static class JsonDifference
{
    /// <summary>The first difference, or null when there is none.</summary>
    internal static string? Find(JsonElement expected, JsonElement found, string path)
    {
        if (expected.ValueKind != found.ValueKind) return Differs(expected, found, path);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return FindInObject(expected, found, path);
            case JsonValueKind.Array:
                if (expected.GetArrayLength() != found.GetArrayLength())
                    return $"{path}: expected {expected.GetArrayLength()} items, found {found.GetArrayLength()}";
                for (int i = 0; i < expected.GetArrayLength(); i++)
                {
                    if (Find(expected[i], found[i], $"{path}[{i}]") is { } difference) return difference;
                }

                return null;
            case JsonValueKind.Number:
                return Value(expected) == Value(found) ? null : Differs(expected, found, path);
            case JsonValueKind.String:
                return expected.GetString() == found.GetString() ? null : Differs(expected, found, path);
            default:
                return null;
        }
    }

    /// <summary>The value of a JSON number.</summary>
    internal static Number Value(JsonElement number) =>
        PlainNumber.TryRead(number.GetRawText(), out Number value)
            ? value
            : throw new DamoException($"the number {number.GetRawText()} is too long");

    private static string? FindInObject(JsonElement expected, JsonElement found, string path)
    {
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            if (!found.TryGetProperty(property.Name, out JsonElement value)) return $"{path}: the key '{property.Name}' is missing";
            if (Find(property.Value, value, $"{path}.{property.Name}") is { } difference) return difference;
        }

        foreach (JsonProperty property in found.EnumerateObject())
        {
            if (!expected.TryGetProperty(property.Name, out _)) return $"{path}: the key '{property.Name}' should not be there";
        }

        return null;
    }

    private static string Differs(JsonElement expected, JsonElement found, string path) =>
        $"{path}: expected {expected.GetRawText()}, found {found.GetRawText()}";
}
