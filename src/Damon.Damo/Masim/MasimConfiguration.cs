using Damon.Damo.Document;

namespace Damon.Damo.Masim;

/// <summary>
/// A configuration of masim, the access simulator of DAMON's developers (masim spec). Phases run in order, each for its time: draw a
/// pattern with probability p / sum(p), make <see cref="AccessesPerDraw"/> accesses with it, draw again. Where all probabilities of a
/// phase are 0 nothing is accessed. Nothing here is paced: how many accesses a second makes is for the simulator to say.
/// </summary>
/// <param name="Regions">Memory regions, each mapped for the whole run.</param>
/// <param name="Phases">Phases in the order of running.</param>
public sealed record MasimConfiguration(Sequence<MasimRegion> Regions, Sequence<MasimPhase> Phases)
{
    /// <summary>Accesses that are made with a pattern before the next is drawn.</summary>
    public const int AccessesPerDraw = 131_072;

    /// <summary>Milliseconds that all phases take together.</summary>
    public long TotalMilliseconds => Phases.Sum(phase => phase.Milliseconds);

    /// <summary>Bytes of all regions together.</summary>
    public long TotalBytes => Regions.Sum(region => region.Bytes);
}

/// <summary>A region of memory.</summary>
/// <param name="Name">Its name; unique.</param>
/// <param name="Bytes">Its size, more than 0.</param>
/// <param name="DataFile">File whose content fills it at the start; null for zeroes. The simulator has no content.</param>
public sealed record MasimRegion(string Name, long Bytes, string? DataFile = null);

/// <summary>A phase.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Milliseconds">How long it takes, 0 or more.</param>
/// <param name="Patterns">Its access patterns, at least one.</param>
public sealed record MasimPhase(string Name, long Milliseconds, Sequence<MasimPattern> Patterns)
{
    /// <summary>Sum of the patterns' weights; 0 when the phase accesses nothing.</summary>
    public long TotalWeight => Patterns.Sum(pattern => (long)pattern.Weight);
}

/// <summary>An access pattern of a phase.</summary>
/// <param name="RegionIndex">Index of the region in the configuration.</param>
/// <param name="IsRandom">True for uniformly random bytes of the region; false for a walk.</param>
/// <param name="Stride">
/// Bytes from one access of a walk to the next, more than 0. The offset starts at 0 with the phase, is advanced before each access, becomes 0 where
/// it reaches the region's size, and goes on where it was when the pattern is drawn again: the first access is at <c>Stride</c>. Without meaning when random.
/// </param>
/// <param name="Weight">Chance to be drawn, against the sum of the phase; 0 or more.</param>
/// <param name="Mode">What an access does.</param>
public sealed record MasimPattern(int RegionIndex, bool IsRandom, long Stride, int Weight, MasimAccessMode Mode = MasimAccessMode.Write)
{
    /// <summary>The offset of a walk's next access.</summary>
    /// <param name="offset">Offset of the last access, 0 at the start of the phase.</param>
    /// <param name="regionBytes">The region's size.</param>
    public long Next(long offset, long regionBytes) => Stride >= regionBytes - offset ? 0 : offset + Stride;
}

/// <summary>What an access does.</summary>
public enum MasimAccessMode
{
    /// <summary>wo: only writes, the default.</summary>
    Write,

    /// <summary>ro: only reads.</summary>
    Read,

    /// <summary>rw: reads and writes.</summary>
    ReadWrite,
}
