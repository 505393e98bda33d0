using System.Collections.Immutable;
using System.Numerics;
using Damon.Actors.Hosts;
using Damon.Model.Costs;

namespace Damon.Scenarios.Reading;

/// <summary>The memory of a machine.</summary>
/// <param name="PageShift">Bits of an address inside a page.</param>
/// <param name="Allocation">How free pages are picked.</param>
/// <param name="Nodes">The NUMA nodes, by number.</param>
internal sealed record Machine(int PageShift, AllocationPolicy Allocation, ImmutableArray<MachineNode> Nodes)
{
    public ulong Bytes => Nodes.Aggregate(0UL, (sum, node) => sum + node.Size);

    /// <summary>Whether another machine is the same in all.</summary>
    public bool IsLike(Machine other) =>
        ReferenceEquals(this, other) || (PageShift == other.PageShift && Allocation == other.Allocation && Nodes.SequenceEqual(other.Nodes));
}

/// <summary>A NUMA node of a machine.</summary>
/// <param name="Start">Its first physical address.</param>
/// <param name="Size">Its size, bytes.</param>
/// <param name="Tier">The kind of its memory.</param>
/// <param name="Memory">How fast it is.</param>
internal sealed record MachineNode(ulong Start, ulong Size, string Tier, MemoryTier Memory)
{
    /// <summary>What it has of the fleet's pool at the start, bytes; null: its memory is its own.</summary>
    public ulong? PooledAtStart { get; init; }

    public ulong End => Start + Size;
}

/// <summary>Reads <c>machine</c>.</summary>
internal static class MachineReader
{
    private const ulong MaxAddress = 1UL << 52;
    private const int MaxNodes = 64;

    public static Machine Read(LayeredSection section, EachSections each)
    {
        ulong pageSize = section.Size("page-size", 1UL << 12, 1UL << 21);
        if (!BitOperations.IsPow2(pageSize))
        {
            section.Refuse("page-size", "a power of two");
            pageSize = 1UL << 12;
        }

        AllocationPolicy allocation = section.Choice("allocation", "lowest-first", "scatter") == "scatter"
            ? AllocationPolicy.Scatter
            : AllocationPolicy.LowestFirst;
        return new Machine(BitOperations.Log2(pageSize), allocation, Nodes(section, each, pageSize));
    }

    private static ImmutableArray<MachineNode> Nodes(LayeredSection section, EachSections each, ulong pageSize)
    {
        ulong next = section.Size("start", 0, MaxAddress);
        IReadOnlyList<LayeredSection> items = section.Items("nodes", each, "node");
        if (items.Count is 0 or > MaxNodes) section.Refuse("nodes", $"1..{MaxNodes} nodes");
        var nodes = ImmutableArray.CreateBuilder<MachineNode>(items.Count);
        foreach (LayeredSection item in items)
        {
            ulong start = item.SizeOrNull("start", 0, MaxAddress) ?? next;
            ulong size = item.Size("size", 1 << 12, MaxAddress);
            string tier = item.Choice("tier", "dram", "remote", "cxl", "cxl-fpga");
            if (start % pageSize != 0) item.Refuse("start", "a multiple of page-size");
            if (size % pageSize != 0) item.Refuse("size", "a multiple of page-size");
            if (nodes.Any(other => start < other.End && other.Start < start + size)) item.Refuse("start", "memory that no other node has");
            nodes.Add(new MachineNode(start, size, tier, Memory(item, tier)) { PooledAtStart = PooledAtStart(item, size, pageSize) });
            next = start + size;
        }

        // Where there is none, which is refused above, one stands in, so that the rest can be read.
        return nodes.Count > 0 ? nodes.ToImmutable() : [new MachineNode(next, 1UL << 40, "dram", MemoryTier.Dram)];
    }

    private static ulong? PooledAtStart(LayeredSection item, ulong size, ulong pageSize)
    {
        ulong atStart = item.Size("at-start", 0, MaxAddress);
        bool isPooled = item.Flag("pooled");
        if (!isPooled && atStart > 0) item.Refuse("at-start", "0 B of a node that is not pooled");
        if (atStart % pageSize != 0) item.Refuse("at-start", "a multiple of page-size");
        if (atStart > size) item.Refuse("at-start", "not more than size");
        return isPooled ? Math.Min(atStart, size) : null;
    }

    private static MemoryTier Memory(LayeredSection item, string tier)
    {
        MemoryTier preset = tier switch
        {
            "remote" => MemoryTier.RemoteDram,
            "cxl" => MemoryTier.CxlAsic,
            "cxl-fpga" => MemoryTier.CxlFpga,
            _ => MemoryTier.Dram,
        };
        return new MemoryTier(
            tier,
            item.DurationNsOrNull("latency", 1, 1_000_000) ?? preset.IdleLoadNs,
            item.SizeOrNull("bandwidth", 1 << 20, 1UL << 50) ?? preset.BandwidthBytesPerSecond,
            item.Number("load-factor", 0, 100));
    }
}
