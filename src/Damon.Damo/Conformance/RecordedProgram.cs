using System.Text.Json;
using Damon.Damo.Environment;
using Damon.Damo.Values;

namespace Damon.Damo.Conformance;

/// <summary>A program that the recorded damo started: its process id is what the recording says.</summary>
internal sealed class RecordedProgram(int recordedPid) : IProgramSource
{
    /// <summary>The program behind the first process of a recorded document, or null when there is no process.</summary>
    internal static IProgramSource? Of(JsonElement kdamonds)
    {
        IEnumerable<JsonElement> pids = Items(kdamonds, "contexts")
            .SelectMany(context => context.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("pid"));
        foreach (JsonElement recorded in pids)
        {
            if (recorded.ValueKind == JsonValueKind.Number && recorded.TryGetInt32(out int pid)) return new RecordedProgram(pid);
        }

        return null;
    }

    /// <summary>Every word but a process id names the program.</summary>
    public bool TryStart(string command, out int pid)
    {
        pid = recordedPid;
        return !PlainNumber.TryReadInteger(command, out _);
    }

    private static IEnumerable<JsonElement> Items(JsonElement list, string key) =>
        list.EnumerateArray().SelectMany(item => item.GetProperty(key).EnumerateArray());
}
