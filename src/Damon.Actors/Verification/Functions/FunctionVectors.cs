using System.Text.Json;

namespace Damon.Actors.Verification.Functions;

/// <summary>
/// Checks one file of recorded calls of one kernel function:
/// <c>{"function": name, "vectors": [{...}, ...]}</c>.
/// </summary>
/// <param name="path">The file.</param>
public sealed class FunctionVectors(string path)
{
    /// <summary>
    /// One result for each vector, in the file's order. A file that cannot be read, or whose function is
    /// not known, gives one failed result with index -1.
    /// </summary>
    public IEnumerable<VectorResult> Check()
    {
        if (!TryOpen(out var document, out string? error)) return [FileFailed("", "a file of vectors", error)];
        using (document)
        {
            return CheckDocument(document.RootElement);
        }
    }

    private List<VectorResult> CheckDocument(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("function", out var name) || name.ValueKind != JsonValueKind.String
            || !root.TryGetProperty("vectors", out var vectors) || vectors.ValueKind != JsonValueKind.Array)
            return [FileFailed("", "an object with \"function\" and \"vectors\"", "something else")];

        string function = name.GetString()!;
        if (FunctionCheckers.Find(function) is not { } checker)
            return [FileFailed(function, $"one of: {string.Join("; ", FunctionCheckers.Names)}", $"\"{function}\"")];

        var results = new List<VectorResult>(vectors.GetArrayLength());
        foreach (var vector in vectors.EnumerateArray())
            results.Add(new VectorResult(path, function, results.Count, CheckVector(checker, vector)));
        return results;
    }

    private static Difference? CheckVector(FunctionChecker checker, JsonElement vector)
    {
        var comparison = new Comparison(vector);
        try
        {
            checker(vector, comparison);
            return comparison.Difference;
        }
        catch (Exception failure) when (IsFailureOfOneVector(failure))
        {
            return new Difference("the whole vector", "a result", $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    /// <summary>A field is missing or of the wrong kind, or the model broke on the numbers.</summary>
    private static bool IsFailureOfOneVector(Exception failure) => failure
        is KeyNotFoundException or InvalidOperationException or FormatException
        or ArithmeticException or ArgumentException or IndexOutOfRangeException;

    private bool TryOpen(out JsonDocument document, out string error)
    {
        (document, error) = (null!, "");
        try
        {
            using var stream = File.OpenRead(path);
            document = JsonDocument.Parse(stream);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            error = failure.Message;
            return false;
        }
    }

    private VectorResult FileFailed(string function, string expected, string found) =>
        new(path, function, -1, new Difference("function", expected, found));
}
