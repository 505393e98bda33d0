using System.Collections.Immutable;

namespace Damon.Model.Costs;

/// <summary>What using memory costs the tenants of a host, and what moving it costs whoever moves it.</summary>
public sealed record MemoryCosts
{
    /// <summary>What one access moves between a processor and memory: a cache line, bytes.</summary>
    public const ulong AccessBytes = 64;

    /// <summary>
    /// Nothing but the time of refaults is counted: every node is as fast as any, moving is free. What a host with swap but without a
    /// cost model has.
    /// </summary>
    public static MemoryCosts None { get; } = new()
    {
        Migration = MigrationCost.Free,
        Shootdown = ShootdownCost.Free,
        MinorFaultNs = 0,
        Unlisted = new MemoryTier("any", 100, 0, 0),
    };

    /// <summary>By node: its memory. A node that is not listed has <see cref="Unlisted"/>.</summary>
    public ImmutableArray<MemoryTier> Tiers { get; init; } = [];

    /// <summary>The memory of nodes that <see cref="Tiers"/> does not list.</summary>
    public MemoryTier Unlisted { get; init; } = MemoryTier.Dram;

    /// <summary>Moving a folio to another node.</summary>
    public MigrationCost Migration { get; init; } = MigrationCost.Measured;

    /// <summary>Making CPUs forget translations.</summary>
    public ShootdownCost Shootdown { get; init; } = ShootdownCost.Measured;

    /// <summary>What translating addresses takes; null: nothing.</summary>
    public TlbCost? Tlb { get; init; }

    /// <summary>The CPUs that a shoot-down interrupts.</summary>
    public int Cpus { get; init; } = 16;

    /// <summary>A page fault without I/O, ns; part of each refault. An estimate: 0.7 us.</summary>
    public long MinorFaultNs { get; init; } = 700;

    /// <summary>Over how long traffic and latencies are averaged, us.</summary>
    public long WindowUs { get; init; } = 1_000_000;

    /// <summary>The memory of a node.</summary>
    /// <param name="node">The node's index.</param>
    public MemoryTier TierOf(int node) => node < Tiers.Length ? Tiers[node] : Unlisted;

    /// <summary>The idle latency of the fastest of a host's nodes, ps: what slowdowns are measured against.</summary>
    /// <param name="nodes">How many nodes the host has.</param>
    public long FastestIdlePs(int nodes)
    {
        long fastest = long.MaxValue;
        for (int node = 0; node < nodes; node++) fastest = Math.Min(fastest, TierOf(node).LoadedPs(0));
        return fastest;
    }

    /// <summary>Checks all figures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One makes no sense; it is named.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WindowUs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Cpus);
        ArgumentOutOfRangeException.ThrowIfNegative(MinorFaultNs);
        Tlb?.Validate();
        foreach (MemoryTier tier in Tiers.Add(Unlisted))
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tier.IdleLoadNs, tier.Name);
            ArgumentOutOfRangeException.ThrowIfNegative(tier.LoadFactor, tier.Name);
        }
    }
}
