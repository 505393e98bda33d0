using Damon.Actors.Memory;
using Damon.Actors.Runtime;

namespace Damon.Actors.Hosts;

/// <summary>The memory of all nodes of a host together.</summary>
internal static class HostMemory
{
    /// <summary>Free memory, permil of all memory.</summary>
    public static ulong FreePermil(HostMap map)
    {
        ulong free = 0;
        ulong total = 0;
        foreach (NodeEntry node in map.Nodes)
        {
            NodeUsage usage = node.Node.Ask<ReadNodeUsage, NodeUsage>(default);
            free += usage.Free;
            total += usage.Total;
        }

        return free * 1000 / total;
    }
}
