using System.Text.Json;
using Damon.Actors.Verification.Functions;
using Damon.Actors.Verification.Golden;
using Damon.Damo;
using Damon.Damo.Conformance;
using Damon.Hocon.Conformance;

namespace Damon.Host.Verification;

/// <summary>What became of one recorded case.</summary>
/// <param name="Verdict">Whether it passed.</param>
/// <param name="Message">What differs, in one line; empty when it passed.</param>
internal sealed record CaseResult(CaseVerdict Verdict, string Message)
{
    public static CaseResult Passed { get; } = new(CaseVerdict.Passed, "");

    public static CaseResult Failed(string message) => new(CaseVerdict.Failed, message.ReplaceLineEndings(" "));
}

/// <summary>Whether a case passed.</summary>
internal enum CaseVerdict
{
    Passed,
    Failed,

    /// <summary>It differs on purpose, and the difference is documented.</summary>
    Known,
}

/// <summary>Runs files of recorded cases, whose kind is told by their shape.</summary>
internal static class CaseFiles
{
    /// <summary>The results of all cases of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cpuClock">Tells the CPU time of this process.</param>
    public static IReadOnlyList<CaseResult> Run(string path, Func<TimeSpan> cpuClock)
    {
        try
        {
            return Kind(path) switch
            {
                CaseKind.Functions => [.. new FunctionVectors(path).Check().Select(Result)],
                CaseKind.Run => [Result(GoldenRun.Verify(path))],
                CaseKind.Speed => [.. SpeedRun.Run(path, cpuClock).Select(result =>
                    result.Difference is null ? CaseResult.Passed : CaseResult.Failed($"{path}: {result.Name}: {result.Difference}"))],
                CaseKind.Hocon => [.. HoconConformance.Run(path).Select(result => Result(path, result))],
                CaseKind.Damo => [.. DamoConformance.Run(path).Select(result =>
                    result.Passed ? CaseResult.Passed : CaseResult.Failed($"{path}: case {result.CaseId}: {result.Message}"))],
                CaseKind.Document => [],
                _ => [CaseResult.Failed($"{path}: holds no recorded cases that are known here")],
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or DamoException
            or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return [CaseResult.Failed($"{path}: cannot be run: {failure.Message}")];
        }
    }

    private static CaseResult Result(VectorResult result) => result.Passed ? CaseResult.Passed : CaseResult.Failed(result.Message);

    private static CaseResult Result(string path, HoconCaseResult result) => result switch
    {
        { Passed: true } => CaseResult.Passed,
        { Known: true } => new CaseResult(CaseVerdict.Known, ""),
        _ => CaseResult.Failed($"{path}: case {result.Id}: {result.Message}"),
    };

    private static CaseKind Kind(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 512 });
        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array) return root.GetArrayLength() == 0 ? CaseKind.Unknown : KindOfList(root[0]);
        if (root.ValueKind != JsonValueKind.Object) return CaseKind.Unknown;
        if (root.TryGetProperty("function", out _)) return CaseKind.Functions;
        if (root.TryGetProperty("case", out _) && root.TryGetProperty("result", out _)) return CaseKind.Run;
        if (root.TryGetProperty("cases", out _)) return CaseKind.Speed;
        if (root.TryGetProperty("parse", out _)) return CaseKind.Damo;
        return root.TryGetProperty("kdamonds", out _) ? CaseKind.Document : CaseKind.Unknown;
    }

    private static CaseKind KindOfList(JsonElement first)
    {
        if (first.ValueKind != JsonValueKind.Object) return CaseKind.Unknown;
        if (first.TryGetProperty("files", out _) && first.TryGetProperty("result", out _)) return CaseKind.Hocon;
        bool isDamo = first.TryGetProperty("writes", out _) || first.TryGetProperty("argv", out _);
        return isDamo ? CaseKind.Damo : CaseKind.Unknown;
    }

    private enum CaseKind
    {
        Unknown,

        /// <summary>Calls of one function of the kernel.</summary>
        Functions,

        /// <summary>A whole run.</summary>
        Run,

        /// <summary>Large runs of which only the end was recorded.</summary>
        Speed,

        /// <summary>HOCON documents and what they resolve to.</summary>
        Hocon,

        /// <summary>Command lines and what damo makes of them.</summary>
        Damo,

        /// <summary>A document of damo that other files are about; nothing to run.</summary>
        Document,
    }
}
