using System.Text.Json;
using Damon.Damo.Values;

namespace Damon.Damo.Conformance;

/// <summary>Cases of value readers and printers.</summary>
internal static class ValueCases
{
    private static readonly Dictionary<string, ReadValue> _readers = new(StringComparer.Ordinal)
    {
        ["text_to_nr"] = ValueReader.Nr,
        ["text_to_bytes"] = ValueReader.Bytes,
        ["text_to_ns"] = ValueReader.Nanoseconds,
        ["text_to_us"] = ValueReader.Microseconds,
        ["text_to_ms"] = ValueReader.Milliseconds,
        ["text_to_sec"] = ValueReader.Seconds,
        ["text_to_ratio"] = ValueReader.Ratio,
        ["text_to_percent"] = ValueReader.Percent,
        ["text_to_permil"] = ValueReader.Permil,
        ["text_to_bp"] = ValueReader.BasisPoints,
    };

    private static readonly Dictionary<string, Func<Number, bool, string>> _printers = new(StringComparer.Ordinal)
    {
        ["format_nr"] = ValuePrinter.Nr,
        ["format_sz"] = ValuePrinter.Size,
        ["format_sz_accurate"] = ValuePrinter.SizeAccurate,
        ["format_time_ns"] = ValuePrinter.Nanoseconds,
        ["format_time_us"] = ValuePrinter.Microseconds,
        ["format_time_us_exact"] = ValuePrinter.MicrosecondsExact,
        ["format_time_ms"] = ValuePrinter.Milliseconds,
        ["format_time_ms_exact"] = ValuePrinter.MillisecondsExact,
        ["format_time_sec"] = ValuePrinter.Seconds,
        ["format_hz"] = ValuePrinter.Hertz,
        ["format_ratio"] = ValuePrinter.Ratio,
        ["format_percent"] = ValuePrinter.Percent,
        ["format_permil"] = ValuePrinter.Permil,
        ["format_bp"] = ValuePrinter.BasisPoints,
    };

    internal static IEnumerable<ConformanceResult> Run(JsonElement root)
    {
        foreach (JsonElement item in root.GetProperty("parse").EnumerateArray())
        {
            string text = item.GetProperty("text").GetString()!;
            foreach (JsonProperty expected in item.EnumerateObject())
            {
                if (_readers.TryGetValue(expected.Name, out ReadValue? read))
                    yield return Parse($"parse {expected.Name} '{text}'", text, read, expected.Value);
                else if (expected.Name != "text")
                    yield return new($"parse {expected.Name} '{text}'", false, "the reader is not known");
            }
        }

        if (root.TryGetProperty("parse_bool", out JsonElement truths))
        {
            foreach (JsonElement item in truths.EnumerateArray()) yield return ParseBool(item[0].GetString()!, item[1]);
        }

        foreach (JsonProperty printer in root.GetProperty("format").EnumerateObject())
        {
            foreach (JsonElement item in printer.Value.EnumerateArray()) yield return Print(printer.Name, item);
        }
    }

    private static ConformanceResult Parse(string id, string text, ReadValue read, JsonElement expected)
    {
        bool mustFail = expected.ValueKind == JsonValueKind.Object;
        try
        {
            Number found = read(text);
            if (mustFail) return new(id, false, $"read as {found}, but damo refuses it");
            bool isSame = expected.ValueKind == JsonValueKind.String && expected.GetString() == "nan"
                ? found.IsReal && double.IsNaN(found.ToDouble())
                : Expected(expected) == found;
            return new(id, isSame, isSame ? "" : $"expected {expected}, found {found}");
        }
        catch (DamoException e)
        {
            return new(id, mustFail, mustFail ? "" : $"refused: {e.Message}");
        }
    }

    private static ConformanceResult ParseBool(string text, JsonElement expected)
    {
        string id = $"parse_bool '{text}'";
        bool mustFail = expected.ValueKind == JsonValueKind.Object;
        try
        {
            bool found = ValueReader.Bool(text);
            bool isSame = !mustFail && found == expected.GetBoolean();
            return new(id, isSame, isSame ? "" : $"expected {expected}, found {found}");
        }
        catch (DamoException e)
        {
            return new(id, mustFail, mustFail ? "" : $"refused: {e.Message}");
        }
    }

    private static ConformanceResult Print(string name, JsonElement item)
    {
        string id = $"{name} {item.GetProperty("value")}";
        if (!_printers.TryGetValue(name, out Func<Number, bool, string>? print)) return new(id, false, "the printer is not known");
        try
        {
            Number value = Expected(item.GetProperty("value"));
            foreach ((string key, bool raw) in (ReadOnlySpan<(string, bool)>)[("text", false), ("raw", true)])
            {
                if (!item.TryGetProperty(key, out JsonElement expected) || expected.ValueKind != JsonValueKind.String) continue;
                string found = print(value, raw);
                if (expected.GetString() != found) return new(id, false, $"{key}: expected '{expected}', found '{found}'");
            }

            return new(id, true, "");
        }
        catch (DamoException e)
        {
            return new(id, false, $"refused: {e.Message}");
        }
    }

    /// <summary>A recorded number: integers above 2^53, inf and nan are strings.</summary>
    private static Number Expected(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? PlainNumber.TryRead(value.GetString()!, out Number number) ? number : throw new DamoException($"'{value}' is no recorded number")
        : JsonDifference.Value(value);
}
