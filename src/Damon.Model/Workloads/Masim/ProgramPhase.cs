using System.Collections.Immutable;

namespace Damon.Model.Workloads.Masim;

/// <summary>A phase of a <see cref="MasimProgram"/>.</summary>
/// <param name="Milliseconds">How long it takes at least: a draw that has begun is finished.</param>
/// <param name="Patterns">What is drawn from; without any weight nothing is accessed.</param>
public sealed record ProgramPhase(long Milliseconds, ImmutableArray<RegionPattern> Patterns)
{
    /// <summary>The sum of the patterns' weights.</summary>
    public ulong TotalWeight => Patterns.Aggregate(0UL, (sum, pattern) => sum + pattern.Weight);

    /// <summary>Whether there is something to draw: more than one pattern with a weight.</summary>
    public bool IsMixed => Patterns.Count(pattern => pattern.Weight > 0) > 1;
}

/// <summary>An access pattern of a phase.</summary>
/// <param name="Region">The region's index.</param>
/// <param name="IsRandom">Whether random bytes of the region are accessed, else it is walked through.</param>
/// <param name="Stride">Bytes from one access of a walk to the next, at least 1.</param>
/// <param name="Weight">The chance to be drawn, against the sum of the phase.</param>
/// <param name="WritePercent">The share of the accesses that write, 0..100.</param>
public sealed record RegionPattern(int Region, bool IsRandom, ulong Stride, uint Weight, int WritePercent = 100);
