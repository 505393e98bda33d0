namespace Damon.Model.Costs;

/// <summary>What a tenant's accesses took in a window: exact sums, whatever the order in which they are added.</summary>
public readonly record struct TenantLoad
{
    private const double MicroAccesses = 1e6;
    private const double PsPerNs = 1e3;

    private TenantLoad(UInt128 accesses, UInt128 time, UInt128 walks, UInt128 stall, long fastestPs)
    {
        Accesses = accesses;
        Time = time;
        Walks = walks;
        Stall = stall;
        FastestPs = fastestPs;
    }

    /// <summary>Accesses, in millionths.</summary>
    public UInt128 Accesses { get; }

    /// <summary>The time that they took, millionths of a ps.</summary>
    public UInt128 Time { get; }

    /// <summary>The time that page walks took, where translating addresses costs any, millionths of a ps.</summary>
    public UInt128 Walks { get; }

    /// <summary>The time that the tenant waited for pages, millionths of a ps.</summary>
    public UInt128 Stall { get; }

    /// <summary>The latency of the fastest memory of the host with no load on it, ps.</summary>
    public long FastestPs { get; }

    /// <summary>The mean latency of an access, ns; 0 without accesses.</summary>
    public double AverageLatencyNs => Accesses == 0 ? 0 : (double)Time / (double)Accesses / PsPerNs;

    /// <summary>
    /// How many times as long the tenant spends on memory as it would with all of it in the fastest tier and no load; 1 without
    /// accesses, as nobody is there to notice.
    /// </summary>
    public double Slowdown => Accesses == 0 ? 1 : (double)(Time + Walks + Stall) / (double)(Accesses * (ulong)FastestPs);

    /// <summary>Adds up a tenant.</summary>
    /// <param name="microAccessesByNode">Its accesses to each node, in millionths.</param>
    /// <param name="latencyPsByNode">The latency of each node, ps.</param>
    /// <param name="stallNs">For how long it waited for pages, ns.</param>
    /// <param name="fastestPs">The latency of the fastest memory of the host with no load on it, ps.</param>
    /// <param name="walks">The time that page walks took, millionths of a ps.</param>
    public static TenantLoad Of(
        ReadOnlySpan<UInt128> microAccessesByNode, ReadOnlySpan<long> latencyPsByNode, ulong stallNs, long fastestPs,
        UInt128 walks = default)
    {
        UInt128 accesses = 0;
        UInt128 time = 0;
        for (int node = 0; node < microAccessesByNode.Length; node++)
        {
            accesses += microAccessesByNode[node];
            time += microAccessesByNode[node] * (ulong)latencyPsByNode[node];
        }

        return new TenantLoad(accesses, time, walks, (UInt128)stallNs * (ulong)(PsPerNs * MicroAccesses), fastestPs);
    }

    /// <summary>Accesses per second of a window.</summary>
    /// <param name="windowUs">Its length, us.</param>
    public double AccessesPerSecond(long windowUs) => windowUs <= 0 ? 0 : (double)Accesses / windowUs;
}
