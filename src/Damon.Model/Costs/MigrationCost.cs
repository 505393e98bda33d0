namespace Damon.Model.Costs;

/// <summary>What moving a folio to another node takes: unmapping, copying and mapping again.</summary>
/// <param name="BaseNs">A folio of 4 KiB, ns.</param>
/// <param name="MediumNs">A folio of 64 KiB, ns.</param>
/// <param name="HugeNs">A folio of 2 MiB, ns.</param>
public sealed record MigrationCost(long BaseNs, long MediumNs, long HugeNs)
{
    private const ulong Base = 4UL << 10;
    private const ulong Medium = 64UL << 10;
    private const ulong Huge = 2UL << 20;

    /// <summary>Moving takes no time.</summary>
    public static MigrationCost Free { get; } = new(0, 0, 0);

    /// <summary>
    /// 1.2 us, 10.6 us and 193 us, which is 3.55, 6.16 and 10.88 GB/s (AMD's batch migration series, RFC v4, on Zen 3).
    /// </summary>
    public static MigrationCost Measured { get; } = new(1_200, 10_600, 193_000);

    /// <summary>The cost of one folio, ns: on the straight line between the two nearest of the three sizes.</summary>
    /// <param name="bytes">Its size, 4 KiB to 2 MiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside that range.</exception>
    public long OfFolio(ulong bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, Base);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Huge);
        return bytes <= Medium
            ? BaseNs + ((MediumNs - BaseNs) * (long)(bytes - Base) / (long)(Medium - Base))
            : MediumNs + ((HugeNs - MediumNs) * (long)(bytes - Medium) / (long)(Huge - Medium));
    }
}
