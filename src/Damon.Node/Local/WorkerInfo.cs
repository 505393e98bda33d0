using System.Diagnostics;
using System.Globalization;
using Damon.Store;

namespace Damon.Node.Local;

/// <summary>What a worker tells of itself: machine and process. On its own machine anybody can tell by it whether it is dead.</summary>
public static class WorkerInfo
{
    /// <summary>This process.</summary>
    public static string Own { get; } = Of(Environment.ProcessId);

    /// <summary>A process of this machine.</summary>
    public static string Of(int processId) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{processId}");

    /// <summary>Removes workers from the cluster that ran on this machine and whose processes are gone, so that nobody waits for their leases.</summary>
    public static async Task EvictDeadAsync(IRunStore store, CancellationToken ct = default)
    {
        foreach (Damon.Store.Nodes.Node node in await store.ListNodesAsync(ct).ConfigureAwait(false))
        {
            if (IsDead(node.Info)) await store.EvictAsync(node.Incarnation, ct).ConfigureAwait(false);
        }
    }

    private static bool IsDead(string info)
    {
        string here = Environment.MachineName + "/";
        if (!info.StartsWith(here, StringComparison.Ordinal)
            || !int.TryParse(info.AsSpan(here.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return false;
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
