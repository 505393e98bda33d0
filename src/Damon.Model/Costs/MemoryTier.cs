namespace Damon.Model.Costs;

/// <summary>
/// How fast one node's memory is. The latency of a load grows with the share of the bandwidth in use (rho), as in a
/// queue with one server: <c>idle * (1 + k * rho / (1 - rho))</c>.
/// </summary>
/// <param name="Name">Its name, as scenarios write it.</param>
/// <param name="IdleLoadNs">A load's latency while nobody else loads, ns; at least 1.</param>
/// <param name="BandwidthBytesPerSecond">What the device moves at most, bytes/s; 0: without limit, so never loaded.</param>
/// <param name="LoadFactor">k: how much a queue hurts; 0: the latency is always the idle one.</param>
public sealed record MemoryTier(string Name, long IdleLoadNs, ulong BandwidthBytesPerSecond, double LoadFactor = MemoryTier.DefaultLoadFactor)
{
    /// <summary>
    /// The k of the presets, an estimate: at <see cref="MostRho"/> local memory takes 4.8 times its idle latency, about 2.5 times
    /// what the remote socket takes idle; Colloid reports that relation for a loaded default tier.
    /// </summary>
    public const double DefaultLoadFactor = 0.2;

    /// <summary>rho is not taken higher than this: a full device makes its users wait, and they then ask for less.</summary>
    public const double MostRho = 0.95;

    /// <summary>Memory of the own socket: 100 ns (80..120 ns on DDR5 servers, an estimate), 200 GB/s (an estimate).</summary>
    public static MemoryTier Dram { get; } = new("dram", 100, 200_000_000_000);

    /// <summary>Memory of the other socket: 180 ns (140..200 ns, an estimate), 90 GB/s over the link (an estimate).</summary>
    public static MemoryTier RemoteDram { get; } = new("remote-dram", 180, 90_000_000_000);

    /// <summary>CXL memory behind an ASIC, 8 lanes: 220 ns, 2.18 times the local figure (CXL-DMSim), 26 GB/s.</summary>
    public static MemoryTier CxlAsic { get; } = new("cxl-asic", 220, 26_000_000_000);

    /// <summary>CXL memory behind an FPGA: 290 ns, 2.88 times the local figure (CXL-DMSim), 26 GB/s.</summary>
    public static MemoryTier CxlFpga { get; } = new("cxl-fpga", 290, 26_000_000_000);

    /// <summary>The preset of a name, or null.</summary>
    /// <param name="name">dram, remote-dram, cxl-asic or cxl-fpga.</param>
    public static MemoryTier? Named(string name) =>
        Array.Find([Dram, RemoteDram, CxlAsic, CxlFpga], tier => tier.Name == name);

    /// <summary>The share of the bandwidth in use, 0..<see cref="MostRho"/>.</summary>
    /// <param name="bytesPerSecond">The traffic, bytes/s.</param>
    public double Rho(double bytesPerSecond) =>
        BandwidthBytesPerSecond == 0 ? 0 : Math.Min(bytesPerSecond / BandwidthBytesPerSecond, MostRho);

    /// <summary>A load's latency under traffic, in ps: whole numbers, so that sums of it are exact.</summary>
    /// <param name="bytesPerSecond">The traffic, bytes/s.</param>
    public long LoadedPs(double bytesPerSecond)
    {
        double rho = Rho(bytesPerSecond);
        long idlePs = checked(IdleLoadNs * 1000);
        return idlePs + (long)(idlePs * (LoadFactor * rho / (1 - rho)));
    }
}
