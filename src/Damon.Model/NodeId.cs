using System.Globalization;

namespace Damon.Model;

/// <summary>The number of a NUMA node of a host, from 0; <see cref="None"/> (-1) names no node.</summary>
/// <param name="Value">The node's number, as in <c>/sys/devices/system/node/node0</c>.</param>
public readonly record struct NodeId(int Value)
{
    /// <summary>No node (the kernel's NUMA_NO_NODE).</summary>
    public static readonly NodeId None = new(-1);

    /// <summary>The plain number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
