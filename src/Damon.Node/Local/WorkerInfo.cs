using System.Diagnostics;
using System.Globalization;
using Damon.Store;

namespace Damon.Node.Local;

/// <summary>
/// What a worker tells of itself: machine, boot, space of process ids, process. Where these are the same anybody can tell by it
/// whether it is dead; machines and containers of one name are not taken for each other.
/// </summary>
public static class WorkerInfo
{
    private static readonly string s_here = $"{Environment.MachineName}/{Boot()}-{ProcessSpace()}/";

    /// <summary>This process.</summary>
    public static string Own { get; } = Of(Environment.ProcessId);

    /// <summary>A process of this machine.</summary>
    public static string Of(int processId) => string.Create(CultureInfo.InvariantCulture, $"{s_here}{processId}");

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
        if (!info.StartsWith(s_here, StringComparison.Ordinal)
            || !int.TryParse(info.AsSpan(s_here.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return false;
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

    /// <summary>The first part of the kernel's boot id; where there is none, of one that no other process has.</summary>
    private static string Boot()
    {
        const string File = "/proc/sys/kernel/random/boot_id";
        string id = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : Guid.NewGuid().ToString();
        return id[..8];
    }

    /// <summary>The number of the namespace of process ids, as containers have one each.</summary>
    private static string ProcessSpace()
    {
        string? target = Directory.Exists("/proc/self/ns") ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
        return target is null ? "0" : string.Concat(target.Where(char.IsAsciiDigit));
    }
}
