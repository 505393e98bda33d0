namespace Damon.Model.Monitoring;

/// <summary>What a probe sees of the folio under a sampled address (section 14).</summary>
/// <param name="Anon">Anonymous, not file memory.</param>
/// <param name="MemcgId">The memory cgroup that it is charged to, 0 for none.</param>
public readonly record struct ProbedFolio(bool Anon, ulong MemcgId);
