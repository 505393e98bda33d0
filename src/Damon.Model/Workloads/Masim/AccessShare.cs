namespace Damon.Model.Workloads.Masim;

/// <summary>How much of memory's traffic a pattern makes, on average over draws and over its region's pages.</summary>
/// <param name="Rate">Accesses per second of the program.</param>
/// <param name="Weight">The pattern's weight.</param>
/// <param name="TotalWeight">The phase's weight, at least 1.</param>
/// <param name="LineBytes">
/// Bytes of a cache line, at most 64, that an access goes on by: accesses within a line are the cache's matter.
/// </param>
/// <param name="Units">The region in units of 4 KiB, at least 1.</param>
internal readonly record struct AccessShare(ulong Rate, ulong Weight, ulong TotalWeight, ulong LineBytes, ulong Units)
{
    /// <summary>Bytes of a cache line.</summary>
    public const ulong CacheLine = 64;

    /// <summary>Cache lines used of each 4 KiB while the phase runs, in millionths.</summary>
    /// <param name="openUs">For how long it runs, us.</param>
    public UInt128 MicroTouches(ulong openUs) =>
        (UInt128)openUs * Rate * Weight / TotalWeight * LineBytes / CacheLine / Units;
}
