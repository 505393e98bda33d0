using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>What a scheme is told at the begin of a pass over the regions; it holds until the pass ends (spec 7).</summary>
/// <param name="Targets">The regions, to be read only.</param>
/// <param name="Window">Where in the aggregation the context is.</param>
/// <param name="AggregationUs">The aggregation interval, us.</param>
/// <param name="MinRegionSize">The smallest region, core address units.</param>
/// <param name="AddrUnit">Bytes of a core address unit.</param>
/// <param name="IsVirtual">Whether the address space is a virtual one.</param>
/// <param name="Jiffies">The kernel's tick, ms since boot.</param>
public readonly record struct SchemePass(
    IReadOnlyList<Target> Targets,
    AggregationWindow Window,
    ulong AggregationUs,
    ulong MinRegionSize,
    ulong AddrUnit,
    bool IsVirtual,
    ulong Jiffies);

/// <summary>A scheme's answer to the begin of a pass.</summary>
/// <param name="Cuts">Where its core filters' borders cut regions that fit, in address order; valid until the next message.</param>
/// <param name="HasRoom">Whether the quota has room, so that the scheme wants to see the regions.</param>
public readonly record struct PassBegun(ReadOnlyMemory<RegionCut> Cuts, bool HasRoom);

/// <summary>A region offered to a scheme.</summary>
/// <param name="TargetIndex">Its target.</param>
/// <param name="Region">The region.</param>
/// <param name="IsLast">Whether it is the target's last one.</param>
public readonly record struct RegionOffer(int TargetIndex, Region Region, bool IsLast);

/// <summary>What a scheme made of a region.</summary>
/// <param name="Cuts">
/// Where the region was cut, from right to left: each takes the right part off, and the scheme's verdict is on what is
/// left at last. Valid until the next message.
/// </param>
/// <param name="Acted">Whether the action was applied, so that the region's age starts anew.</param>
/// <param name="HasRoom">Whether the scheme wants to see more regions in this pass.</param>
public readonly record struct RegionVerdict(ReadOnlyMemory<RegionCut> Cuts, bool Acted, bool HasRoom);
