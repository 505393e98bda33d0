using System.Collections.Immutable;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Actors.Hosts;

/// <summary>A process of a tenant: its virtual pages, where they are at first, and how they are touched.</summary>
public sealed record ProcessSettings
{
    /// <summary>Its name, unique in the host.</summary>
    public required string Name { get; init; }

    /// <summary>The cgroup that its memory is charged to; <see cref="MemcgId.None"/>: none.</summary>
    public MemcgId Memcg { get; init; }

    /// <summary>Whether it is started by a <see cref="StartEvent"/> rather than with the host.</summary>
    public bool StartsLater { get; init; }

    /// <summary>Whether reports ask how often its folios moved, which takes a byte for each of its pages.</summary>
    public bool FollowsMoves { get; init; }

    /// <summary>
    /// Whether transparent huge pages can hold its memory, where the host has them: anonymous memory in pages of 4 KiB that is mapped
    /// (see <see cref="Vmas"/>) and not locked.
    /// </summary>
    public bool CanHaveHugePages { get; init; }

    /// <summary>How many folio-granular virtual pages it has.</summary>
    public required uint NrPages { get; init; }

    /// <summary>Its mappings at first, in address order; a process that only paddr looks at needs none.</summary>
    public VmaLayout Vmas { get; init; } = VmaLayout.Empty;

    /// <summary>Folios that are in place at time 0.</summary>
    public ImmutableArray<PagePlacement> Placements { get; init; } = [];

    /// <summary>
    /// Its allocation policy: the nodes that a refault takes memory of, the first with room; empty: all nodes by number.
    /// </summary>
    public ImmutableArray<NodeId> AllocationNodes { get; init; } = [];

    /// <summary>How its pages are touched; never changes while the process lives.</summary>
    public ImmutableArray<AccessRule> Rules { get; init; } = [];
}

/// <summary>A run of folios in place at time 0: page first+i is at frame pfn+i*step.</summary>
public sealed record PagePlacement
{
    /// <summary>The first virtual page.</summary>
    public required uint FirstPage { get; init; }

    /// <summary>How many folios.</summary>
    public required uint Count { get; init; }

    /// <summary>The frame of the first.</summary>
    public required ulong FirstPfn { get; init; }

    /// <summary>Frames from one to the next.</summary>
    public ulong PfnStep { get; init; } = 1;

    /// <summary>What the folios are like.</summary>
    public required FolioKind Kind { get; init; }

    /// <summary>Whether the accessed bit is set at first.</summary>
    public bool Accessed { get; init; }

    /// <summary>Whether the idle flag is set at first.</summary>
    public bool Idle { get; init; }
}

/// <summary>What a folio is like.</summary>
/// <param name="Anon">Anonymous memory, else page cache.</param>
/// <param name="Active">On the active list, else the inactive one.</param>
/// <param name="Unevictable">Locked in memory.</param>
/// <param name="Mapped">In a page table.</param>
/// <param name="Huge">2 MiB, else one frame.</param>
/// <param name="OnLru">On an LRU list: DAMON sees no others.</param>
public readonly record struct FolioKind(
    bool Anon, bool Active, bool Unevictable, bool Mapped, bool Huge, bool OnLru = true)
{
    /// <summary>The same as the memory model's flags; a huge folio is told apart by its size, not by a flag.</summary>
    public FolioFlags ToFlags() =>
        (Anon ? FolioFlags.Anon : 0)
        | (Active ? FolioFlags.Active : 0)
        | (Unevictable ? FolioFlags.Unevictable : 0)
        | (Mapped ? FolioFlags.Mapped : 0)
        | (OnLru ? FolioFlags.OnLru : 0);
}
