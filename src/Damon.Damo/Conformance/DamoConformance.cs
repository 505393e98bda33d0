using System.Text;
using System.Text.Json;
using Damon.Damo.Environment;

namespace Damon.Damo.Conformance;

/// <summary>The outcome of one recorded case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Passed">True when ours does what damo did.</param>
/// <param name="Message">The first difference; empty when passed.</param>
public sealed record ConformanceResult(string CaseId, bool Passed, string Message);

/// <summary>
/// Runs recorded cases of damo 3.3.0 by their comparison rules: numbers by value, strings exactly; errors only need to fail cleanly.
/// The kind of a file is told by its name: ok, err, staged or values.
/// </summary>
public static class DamoConformance
{
    /// <summary>Runs all cases of a file.</summary>
    /// <param name="path">The golden file. Staged cases find their command lines in the ok files of the same folder.</param>
    /// <exception cref="DamoException">The file cannot be read or is of no known kind.</exception>
    public static IEnumerable<ConformanceResult> Run(string path)
    {
        using JsonDocument file = Load(path);
        JsonElement root = file.RootElement;
        string name = Path.GetFileName(path);
        IEnumerable<ConformanceResult> results = root.ValueKind switch
        {
            JsonValueKind.Object when root.TryGetProperty("parse", out _) => ValueCases.Run(root),
            JsonValueKind.Array when root.GetArrayLength() == 0 => [],
            JsonValueKind.Array when root[0].TryGetProperty("writes", out _) => StagedCases.Run(root, CommandLines(path)),
            JsonValueKind.Array when root[0].TryGetProperty("kdamonds", out _) => OkCases.Run(root),
            JsonValueKind.Array when root[0].TryGetProperty("kind", out _) => ErrCases.Run(root),
            _ => throw new DamoException($"{name} holds no recorded cases of damo; allowed are ok, err, staged and values files"),
        };
        return [.. results];
    }

    /// <summary>True when a file name is that of recorded damo cases.</summary>
    /// <param name="path">The file.</param>
    public static bool IsCaseFile(string path)
    {
        string name = Path.GetFileName(path);
        return name.EndsWith(".json", StringComparison.Ordinal)
            && (name.StartsWith("ok", StringComparison.Ordinal) || name.StartsWith("err", StringComparison.Ordinal)
                || name.StartsWith("staged", StringComparison.Ordinal) || name.StartsWith("values", StringComparison.Ordinal));
    }

    private static JsonDocument Load(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path, Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DamoException($"{path}: cannot be read as recorded cases: {e.Message}", e);
        }
    }

    private static Dictionary<string, RecordedCommand> CommandLines(string stagedPath)
    {
        var commands = new Dictionary<string, RecordedCommand>(StringComparer.Ordinal);
        string folder = Path.GetDirectoryName(Path.GetFullPath(stagedPath))!;
        foreach (string path in Directory.GetFiles(folder, "ok*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument file = Load(path);
            foreach (JsonElement item in file.RootElement.EnumerateArray())
            {
                RecordedCommand command = RecordedCommand.Read(item);
                commands[command.Id] = command;
            }
        }

        return commands;
    }
}

/// <summary>A command line of a recorded case, with its files.</summary>
/// <param name="Id">The case.</param>
/// <param name="Argv">The words that were run.</param>
/// <param name="Files">Files of the working directory.</param>
internal sealed record RecordedCommand(string Id, IReadOnlyList<string> Argv, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Reads a case.</summary>
    internal static RecordedCommand Read(JsonElement item)
    {
        string[] argv = [.. item.GetProperty("argv").EnumerateArray().Select(word => word.GetString()!)];
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (item.TryGetProperty("files", out JsonElement named) && named.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty file in named.EnumerateObject())
                files[file.Name] = file.Value.ValueKind == JsonValueKind.String ? file.Value.GetString()! : file.Value.GetRawText();
        }

        return new(item.GetProperty("id").GetString()!, argv, files);
    }

    /// <summary>Understands the command on the machine of the recordings.</summary>
    internal DamoInvocation Parse(bool hasSampleControl, bool isDamonRunning, IProgramSource? programs = null)
    {
        DamoEnvironment environment = DamoEnvironment.Default with
        {
            Files = new MemoryFiles(Files),
            Programs = programs ?? DamoEnvironment.Default.Programs,
            HasSampleControl = hasSampleControl,
            IsDamonRunning = isDamonRunning,
        };
        return DamoCommand.Parse(Argv, environment);
    }
}
