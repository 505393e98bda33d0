using System.Text.Json;
using Damon.Hocon.Rendering;

namespace Damon.Hocon.Conformance;

/// <summary>
/// Runs recorded cases: documents and what the reference implementation makes of them. Trees are compared
/// by value, errors by kind, parse errors also by line and file where those are recorded, getters in their order.
/// </summary>
public static class HoconConformance
{
    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 512 };

    /// <summary>Ids of cases in which this library differs from the reference on purpose; docs/hocon.md gives the reasons.</summary>
    public static IReadOnlySet<string> KnownDifferences { get; } = new HashSet<string>();

    /// <summary>The outcome of every case of a file, in file order.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">The file is not an array of cases.</exception>
    public static IEnumerable<HoconCaseResult> Run(string casesPath)
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(casesPath), s_json);
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            string id = one.GetProperty("id").GetString()!;
            string? difference = Difference(one);
            bool passed = difference is null;
            yield return new HoconCaseResult(id, passed, !passed && KnownDifferences.Contains(id), difference ?? "");
        }
    }

    /// <summary>How the outcome differs from the recorded one; null when it does not.</summary>
    private static string? Difference(JsonElement one)
    {
        JsonElement expected = one.GetProperty("result");
        HoconObject root;
        try
        {
            root = Load(one.GetProperty("files"));
        }
        catch (HoconException error)
        {
            return expected.TryGetProperty("error", out JsonElement expectedError)
                ? ErrorDifference(expectedError, error)
                : $"expected a value, found the error: {error.Message}";
        }

        if (expected.TryGetProperty("error", out JsonElement missed))
        {
            return $"expected {missed}, found the value {JsonRenderer.Render(root)}";
        }

        string? difference = JsonComparison.Difference(expected.GetProperty("value"), root, "");
        if (difference is not null || !one.TryGetProperty("gets", out JsonElement gets)) return difference;

        int index = 0;
        foreach (JsonElement get in gets.EnumerateArray())
        {
            difference = GetterCase.Difference(root, get, expected.GetProperty("gets")[index++]);
            if (difference is not null) return difference;
        }

        return null;
    }

    private static HoconObject Load(JsonElement files)
    {
        Dictionary<string, string> texts = [];
        foreach (JsonProperty file in files.EnumerateObject()) texts[file.Name] = file.Value.GetString()!;
        return HoconDocument.Load("main.conf", new HoconOptions { Files = HoconFiles.InMemory(texts) });
    }

    private static string? ErrorDifference(JsonElement expected, HoconException found)
    {
        string kind = expected.GetProperty("kind").GetString()!;
        if (kind != KindName(found.Kind)) return $"expected an error of kind {kind}, found {KindName(found.Kind)}: {found.Message}";
        if (found.Kind != HoconErrorKind.Parse) return null;
        JsonElement line = expected.GetProperty("line");
        if (line.ValueKind == JsonValueKind.Number && line.GetInt32() != found.Line)
        {
            return $"expected the error on line {line}, found: {found.Message}";
        }

        string file = expected.TryGetProperty("file", out JsonElement name) ? name.GetString()! : "main.conf";
        bool placed = line.ValueKind == JsonValueKind.Number || file != "main.conf";
        return placed && found.File != file ? $"expected the error in {file}, found: {found.Message}" : null;
    }

    internal static string KindName(HoconErrorKind kind) => kind switch
    {
        HoconErrorKind.Parse => "parse",
        HoconErrorKind.Unresolved => "unresolved",
        HoconErrorKind.WrongType => "wrong-type",
        HoconErrorKind.BadValue => "bad-value",
        HoconErrorKind.Missing => "missing",
        HoconErrorKind.Null => "null",
        HoconErrorKind.BadPath => "bad-path",
        _ => "other",
    };
}
