namespace Damon.Model.Monitoring;

/// <summary>What a probe's filter looks at.</summary>
public enum ProbeFilterType
{
    /// <summary>Whether the folio is anonymous memory.</summary>
    Anon,

    /// <summary>Whether the folio is charged to a certain memory cgroup.</summary>
    Memcg,
}

/// <summary>One filter of a <see cref="Probe"/> (section 14).</summary>
/// <param name="Type">What is looked at.</param>
/// <param name="Matching">Whether the filter is meant for folios that match the type, or for the others.</param>
/// <param name="Allow">Whether a folio that it is meant for is a hit.</param>
/// <param name="MemcgId">For <see cref="ProbeFilterType.Memcg"/>: the memory cgroup's id.</param>
public sealed record ProbeFilter(ProbeFilterType Type, bool Matching, bool Allow, ulong MemcgId = 0)
{
    /// <summary>Whether the filter is meant for the folio; no folio at all never matches the type.</summary>
    public bool IsMeantFor(ProbedFolio? folio) => Matches(folio) == Matching;

    private bool Matches(ProbedFolio? folio) => folio is { } found && Type switch
    {
        ProbeFilterType.Anon => found.Anon,
        ProbeFilterType.Memcg => found.MemcgId != 0 && found.MemcgId == MemcgId,
        _ => false,
    };
}
