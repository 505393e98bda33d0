using System.Globalization;
using System.Text.Json;
using Damon.Hocon.Rendering;

namespace Damon.Hocon.Conformance;

/// <summary>Compares a tree with recorded JSON by value; the order of keys has no meaning.</summary>
internal static class JsonComparison
{
    /// <summary>The first difference, with its path; null when there is none.</summary>
    public static string? Difference(JsonElement expected, HoconValue found, string path)
    {
        bool same = (expected.ValueKind, found) switch
        {
            (JsonValueKind.Object, HoconObject) or (JsonValueKind.Array, HoconArray) or (JsonValueKind.Null, HoconNull) => true,
            (JsonValueKind.String, HoconString text) => expected.GetString() == text.Value,
            (JsonValueKind.True, HoconBoolean boolean) => boolean.Value,
            (JsonValueKind.False, HoconBoolean boolean) => !boolean.Value,
            (JsonValueKind.Number, HoconNumber number) => SameNumber(expected.GetRawText(), number),
            _ => false,
        };
        if (!same) return $"{path}: expected {expected}, found {JsonRenderer.Render(found).TrimEnd()}";
        if (found is HoconObject fields) return FieldDifference(expected, fields, path);
        return found is HoconArray items ? ItemDifference(expected, items, path) : null;
    }

    /// <summary>Whether recorded number text means the same double.</summary>
    public static bool SameDouble(string expected, double found) =>
        double.Parse(expected, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(found == 0 ? 0 : found);

    /// <summary>A recorded number without a fraction or exponent is an integer, any other a double.</summary>
    private static bool SameNumber(string expected, HoconNumber found) => expected.AsSpan().IndexOfAny('.', 'e', 'E') < 0
        ? found.IsInteger && found.Int64.ToString(CultureInfo.InvariantCulture) == expected
        : SameDouble(expected, found.Double);

    private static string? FieldDifference(JsonElement expected, HoconObject found, string path)
    {
        int count = 0;
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            count++;
            if (!found.TryGetValue(property.Name, out HoconValue? value)) return $"{path}.{property.Name}: expected a value, found none";
            if (Difference(property.Value, value, $"{path}.{property.Name}") is { } difference) return difference;
        }

        return count == found.Count ? null : $"{path}: expected {count} keys, found {string.Join(", ", found.Keys)}";
    }

    private static string? ItemDifference(JsonElement expected, HoconArray found, string path)
    {
        if (expected.GetArrayLength() != found.Count) return $"{path}: expected {expected.GetArrayLength()} elements, found {found.Count}";
        for (int i = 0; i < found.Count; i++)
        {
            if (Difference(expected[i], found[i], $"{path}[{i}]") is { } difference) return difference;
        }

        return null;
    }
}
