using System.Collections.Immutable;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Kdamonds;

namespace Damon.Actors.Hosts;

/// <summary>Everything that makes one simulated host; with the same settings two hosts run to the same bits.</summary>
public sealed record HostSettings
{
    /// <summary>The host's name, unique in its run; random streams derive from it.</summary>
    public required string Name { get; init; }

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Bits of an address inside a frame: 12 (4 KiB) to 21 (2 MiB).</summary>
    public int PageShift { get; init; } = 12;

    /// <summary>The NUMA nodes; a node's id is its index.</summary>
    public required ImmutableArray<NodeSettings> Nodes { get; init; }

    /// <summary>The memory cgroups.</summary>
    public ImmutableArray<MemcgSettings> Memcgs { get; init; } = [];

    /// <summary>The processes, in the order of their page tables in the placement hash.</summary>
    public ImmutableArray<ProcessSettings> Processes { get; init; } = [];

    /// <summary>The kdamonds; an earlier one goes first at equal times.</summary>
    public ImmutableArray<KdamondSettings> Kdamonds { get; init; } = [];

    /// <summary>What happens to the host at virtual times, in the order in which equal times are applied.</summary>
    public ImmutableArray<HostEvent> Events { get; init; } = [];

    /// <summary>What goals of user_input are fed with again and again.</summary>
    public ImmutableArray<FeedSettings> Feeds { get; init; } = [];

    /// <summary>Memory pressure given from outside, added to what the model itself finds.</summary>
    public ImmutableArray<PsiSegment> Psi { get; init; } = [];

    /// <summary>How free frames are picked.</summary>
    public AllocationPolicy Allocation { get; init; }

    /// <summary>Whether reclaim spares folios with the accessed bit set (the kernel's reclaim ignores it).</summary>
    public bool ReclaimSkipsAccessed { get; init; }

    /// <summary>Whether kdamonds also keep that a value was fed without an error, among what became of requests to them.</summary>
    public bool KeepsFeeds { get; init; }

    /// <summary>When the kdamonds are turned off, us: each ends at its next look after that.</summary>
    public ulong StopAtUs { get; init; } = ulong.MaxValue;

    /// <summary>What work costs in virtual time.</summary>
    public CostSettings Costs { get; init; } = CostSettings.Free;

    /// <summary>Where reclaimed memory goes; null: reclaimed memory is forgotten, as in the goldens.</summary>
    public SwapSettings? Swap { get; init; }

    /// <summary>How transparent huge pages are used; null: there are none, and nobody asks what they would be worth.</summary>
    public ThpSettings? Thp { get; init; }

    /// <summary>What memory costs on this host: null when nothing is measured. Whoever swaps is measured at least by its refaults.</summary>
    internal MemoryCosts? EffectiveMemoryCosts => Costs.Memory ?? (Swap is null ? null : MemoryCosts.None);
}

/// <summary>How a node picks the frame of a new folio.</summary>
public enum AllocationPolicy
{
    /// <summary>The lowest free frame: the goldens' rule.</summary>
    LowestFirst,

    /// <summary>A free frame at a reproducible pseudo-random place, as a buddy allocator looks after some uptime.</summary>
    Scatter,
}

/// <summary>A NUMA node: a contiguous range of frames.</summary>
/// <param name="StartPfn">Its first frame.</param>
/// <param name="NrPages">Its number of frames.</param>
public sealed record NodeSettings(ulong StartPfn, ulong NrPages);

/// <summary>A memory cgroup.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Its path below the cgroup file system's root, with a leading slash.</param>
public sealed record MemcgSettings(MemcgId Id, string Path)
{
    /// <summary>Whether a path is that of a cgroup or of one below it.</summary>
    public static bool IsBelow(string path, string cgroup) =>
        cgroup == "/" || path == cgroup || path.StartsWith(cgroup + "/", StringComparison.Ordinal);
}

/// <summary>Memory pressure from outside: in [StartUs, EndUs) tasks stall this many us each second.</summary>
/// <param name="StartUs">Begin, us of virtual time.</param>
/// <param name="EndUs">End, us of virtual time.</param>
/// <param name="StallUsPerSecond">Stall, us a second.</param>
public sealed record PsiSegment(ulong StartUs, ulong EndUs, ulong StallUsPerSecond);
