using System.Collections.Immutable;
using Damon.Model.Monitoring;

namespace Damon.Model.Memory;

/// <summary>The pages of a range by kind, counted one by one: those on LRU lists, which are what DAMON can see.</summary>
/// <param name="Kinds">The kinds that there are, in their order.</param>
public sealed record PageCounts(ImmutableArray<PagesOfKind> Kinds)
{
    /// <summary>No pages.</summary>
    public static PageCounts None { get; } = new(ImmutableArray<PagesOfKind>.Empty);

    /// <summary>Bytes of any kind.</summary>
    public ulong Bytes => Sum(_ => true);

    /// <summary>Bytes of anonymous memory.</summary>
    public ulong AnonBytes => Sum(kind => kind.Anon);

    /// <summary>Bytes of files.</summary>
    public ulong FileBytes => Sum(kind => !kind.Anon);

    /// <summary>Bytes on active LRU lists.</summary>
    public ulong ActiveBytes => Sum(kind => kind.Active);

    /// <summary>Bytes in folios of 2 MiB.</summary>
    public ulong HugeBytes => Sum(kind => kind.Huge);

    /// <summary>Bytes of a memory cgroup.</summary>
    public ulong BytesOf(MemcgId memcg) => Sum(kind => kind.Memcg == memcg);

    /// <summary>The memory cgroups that have some, by id; memory of none is not listed.</summary>
    public IEnumerable<MemcgId> Memcgs => Kinds.Select(one => one.Kind.Memcg).Where(memcg => memcg.Exists).Distinct();

    /// <summary>
    /// In how many bytes of the range a sample would be a hit of a probe: what the probe's samples estimate.
    /// </summary>
    /// <param name="probe">The probe.</param>
    /// <param name="rangeBytes">The length of the range; what is not counted in it is no folio for the probe.</param>
    public ulong HitBytes(Probe probe, ulong rangeBytes)
    {
        ulong hits = Sum(kind => probe.IsHit(new ProbedFolio(kind.Anon, kind.Memcg.Value)));
        return hits + (probe.IsHit(folio: null) ? rangeBytes - Bytes : 0);
    }

    /// <summary>The pages of both.</summary>
    public static PageCounts Sum(IEnumerable<PageCounts> all)
    {
        PageTally tally = new();
        foreach (PagesOfKind one in all.SelectMany(counts => counts.Kinds)) tally.Add(one.Kind, one.Bytes);
        return tally.ToCounts();
    }

    /// <summary>Whether both have the same bytes of each kind.</summary>
    public bool Equals(PageCounts? other) => other is not null && Kinds.AsSpan().SequenceEqual(other.Kinds.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Kinds.Length;

    private ulong Sum(Func<PageKind, bool> counts)
    {
        ulong bytes = 0;
        foreach (PagesOfKind one in Kinds)
        {
            if (counts(one.Kind)) bytes += one.Bytes;
        }

        return bytes;
    }
}
