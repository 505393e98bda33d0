namespace Damon.Model.Costs;

/// <summary>Where anonymous memory goes when it is reclaimed.</summary>
public enum SwapKind
{
    /// <summary>Compressed, in memory. What it takes there is not modelled.</summary>
    Zswap,

    /// <summary>A solid-state disk.</summary>
    Ssd,
}

/// <summary>
/// A host's swap. With it, reclaimed memory that is touched again comes back, and whoever touched it waits; without it
/// reclaimed memory is forgotten.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="LoadNs">Reading 4 KiB back, ns.</param>
/// <param name="CapacityBytes">How much memory it takes, uncompressed; null: any. Anonymous memory stays in place when it is full.</param>
public sealed record SwapSettings(SwapKind Kind, long LoadNs, ulong? CapacityBytes = null)
{
    /// <summary>Reading 4 KiB from an SSD: 80 us, an estimate.</summary>
    public const long SsdLoadNs = 80_000;

    /// <summary>Compressed memory: 6 us a load (Google's far memory, ASPLOS 2019).</summary>
    public static SwapSettings Zswap { get; } = new(SwapKind.Zswap, 6_000);

    /// <summary>An SSD: 80 us a load (an estimate).</summary>
    public static SwapSettings Ssd { get; } = new(SwapKind.Ssd, SsdLoadNs);

    /// <summary>Reading 4 KiB of a file again whose page was dropped, ns: files are on an SSD whatever the swap is.</summary>
    public long FileReadNs { get; init; } = SsdLoadNs;

    /// <summary>Checks all figures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One makes no sense; it is named.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LoadNs);
        ArgumentOutOfRangeException.ThrowIfNegative(FileReadNs);
    }

    /// <summary>What a refault waits for, ns.</summary>
    /// <param name="anon">Whether the memory is anonymous rather than of a file.</param>
    /// <param name="bytes">How much comes back; each 4 KiB of it is a load.</param>
    public long RefaultNs(bool anon, ulong bytes) => (anon ? LoadNs : FileReadNs) * (long)(bytes >> 12);
}
