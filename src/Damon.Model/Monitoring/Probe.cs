using System.Collections.Immutable;

namespace Damon.Model.Monitoring;

/// <summary>
/// Watches an attribute of the sampled folios (sections 10 and 14). Its place in the context is the slot
/// of <see cref="ProbeHits"/> that it counts in.
/// </summary>
/// <param name="Weight">
/// What a hit counts for when regions are compared. Any weight above 0 makes the context look at
/// attributes only and no longer at accesses.
/// </param>
/// <param name="Filters">Looked at in order.</param>
public sealed record Probe(uint Weight, ImmutableArray<ProbeFilter> Filters)
{
    /// <summary>
    /// Whether sampling a folio, or none, is a hit: the first filter that is meant for it decides,
    /// otherwise the opposite of the last one; without filters everything is a hit.
    /// </summary>
    public bool IsHit(ProbedFolio? folio)
    {
        foreach (var filter in Filters)
            if (filter.IsMeantFor(folio)) return filter.Allow;
        return Filters.IsEmpty || !Filters[^1].Allow;
    }

    /// <summary>Which of the probes sampling a folio, or none, hits: bit i for probe i.</summary>
    public static byte HitMask(ReadOnlySpan<Probe> probes, ProbedFolio? folio)
    {
        int mask = 0;
        for (int slot = 0; slot < probes.Length; slot++)
            if (probes[slot].IsHit(folio)) mask |= 1 << slot;
        return (byte)mask;
    }
}
