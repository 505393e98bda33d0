using System.Text.Json;
using Damon.Actors.Verification.Functions;
using Damon.Actors.Verification.Golden;
using Damon.Damo;
using Damon.Damo.Conformance;
using Damon.Hocon.Conformance;

namespace Damon.Host.Verifying;

/// <summary>Finds out what a file of recorded cases holds, and checks them.</summary>
internal static class GoldenFile
{
    private const int DeepestJson = 1024;

    /// <summary>The files of recorded cases at a path: itself, or all below a directory, in order.</summary>
    /// <exception cref="BadInputException">There is nothing at the path.</exception>
    public static IEnumerable<string> Find(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new BadInputException($"{path}: no such file or directory; allowed are golden files (*.json) and directories of them");
        return Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories)
            .Where(file => !IsSampleRecord(file))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Checks all cases of a file; one that is not understood is one failure with its name.</summary>
    public static IEnumerable<CheckResult> Check(string file) => KindOf(file) switch
    {
        Kind.Functions => new FunctionVectors(file).Check().Select(result => Result(result.Passed, result.Message)),
        Kind.Run => [GoldenRun.Verify(file) is var run ? Result(run.Passed, run.Message) : default],
        Kind.Speed => SpeedRun.Run(file, () => Environment.CpuUsage.TotalTime)
            .Select(run => Result(run.Difference is null, $"{file}: {run.Name}: {run.Difference}")),
        Kind.Hocon => HoconConformance.Run(file).Select(
            result => new CheckResult(result.Passed, result.Known, $"{file}: {result.Id}: {result.Message}")),
        Kind.Damo => DamoConformance.Run(file).Select(result => Result(result.Passed, $"{file}: {result.CaseId}: {result.Message}")),
        _ => [Result(false, $"{file}: holds no recorded cases that are known (functions, runs, speed, HOCON, damo)")],
    };

    private enum Kind
    {
        Unknown,
        Functions,
        Run,
        Speed,
        Hocon,
        Damo,
    }

    private static CheckResult Result(bool passed, string message) => new(passed, false, message);

    /// <summary>What damo's records name beside them describes the record and is no case.</summary>
    private static bool IsSampleRecord(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "records";

    private static Kind KindOf(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using JsonDocument json = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = DeepestJson });
            return KindOf(json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return Kind.Unknown;
        }
    }

    private static Kind KindOf(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty("function", out _)) return Kind.Functions;
            if (root.TryGetProperty("case", out _) && root.TryGetProperty("result", out _)) return Kind.Run;
            if (root.TryGetProperty("cases", out _)) return Kind.Speed;
            return root.TryGetProperty("parse", out _) ? Kind.Damo : Kind.Unknown;
        }

        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() == 0) return Kind.Unknown;
        JsonElement first = root[0];
        if (first.ValueKind != JsonValueKind.Object) return Kind.Unknown;
        if (first.TryGetProperty("section", out _) && first.TryGetProperty("files", out _)) return Kind.Hocon;
        return first.TryGetProperty("id", out _) ? Kind.Damo : Kind.Unknown;
    }
}
