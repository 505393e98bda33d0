using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Damo.Environment;
using Damon.Model.Memory;

namespace Damon.Scenarios.Explaining;

/// <summary>What is known of the machine that a configuration is for.</summary>
/// <param name="Ram">Its memory by node.</param>
/// <param name="Cgroups">Its memory cgroups; empty: unknown, so any name may be right.</param>
/// <param name="PageBytes">The size of a page, which is the least size of a monitoring region, bytes.</param>
/// <param name="FolioBytes">The size of its largest folios, bytes: 2 MiB where transparent huge pages are in use.</param>
public sealed record KnownMachine(
    SystemRam Ram, ImmutableArray<KnownCgroup> Cgroups, ulong PageBytes = 4096, ulong FolioBytes = 4096)
{
    /// <summary>Two nodes of 27 GiB, any cgroups: the machine of a pasted line.</summary>
    public static KnownMachine Default { get; } = new(SystemRam.Default, []);

    /// <summary>The machine that a simulated host is.</summary>
    /// <param name="host">The host.</param>
    public static KnownMachine Of(HostSettings host) => new(
        new SystemRam(host.Nodes.Select((node, i) =>
            new RamRange(i, node.StartPfn << host.PageShift, (node.StartPfn + node.NrPages) << host.PageShift))),
        [.. host.Memcgs.Select(memcg => new KnownCgroup(memcg.Path, BytesOf(host, memcg)))],
        1UL << host.PageShift,
        1UL << (HasHugeFolios(host) ? NodeMemory.HugeShift : host.PageShift));

    /// <summary>All memory, bytes.</summary>
    public ulong TotalBytes => Sum(Ram.Ranges);

    /// <summary>The size of a node, bytes; 0 when there is no such node.</summary>
    /// <param name="node">The node's number.</param>
    public ulong NodeBytes(int node) => Sum(Ram.Ranges.Where(range => range.Node == node));

    /// <summary>The nodes that have memory in a range of addresses, ascending.</summary>
    /// <param name="start">First address, bytes.</param>
    /// <param name="end">First address after the last, bytes.</param>
    public IEnumerable<int> NodesIn(ulong start, ulong end) =>
        Ram.Ranges.Where(range => range.Start < end && start < range.End).Select(range => range.Node).Distinct().Order();

    /// <summary>The most that a cgroup's processes can use; unknown where folios of two sizes are mixed.</summary>
    private static ulong? BytesOf(HostSettings host, MemcgSettings memcg)
    {
        if (HasHugeFolios(host)) return null;
        return host.Processes
            .Where(process => process.Memcg == memcg.Id)
            .Aggregate(0UL, (sum, process) => sum + ((ulong)process.NrPages << host.PageShift));
    }

    private static bool HasHugeFolios(HostSettings host) =>
        host.Processes.Any(process => process.Placements.Any(placement => placement.Kind.Huge))
        || host.Events.OfType<AllocateEvent>().Any(allocation => allocation.Kind.Huge);

    private static ulong Sum(IEnumerable<RamRange> ranges) =>
        ranges.Aggregate(0UL, (sum, range) => sum + (range.End - range.Start));
}

/// <summary>A memory cgroup of the machine.</summary>
/// <param name="Path">Its path below the cgroup file system's root, with a leading slash.</param>
/// <param name="Bytes">The memory that it uses; null: unknown.</param>
public sealed record KnownCgroup(string Path, ulong? Bytes = null);
