using Damon.Damo.Document;
using Damon.Damo.Values;

namespace Damon.Damo.Records;

/// <summary>A kdamond with what it does at the moment: the neutral input of <c>report damon</c>, from a file or a running simulation.</summary>
/// <param name="Kdamond">Its parameters.</param>
/// <param name="State">on or off; null when not known, as for a mere description.</param>
/// <param name="Pid">Process id of the kernel thread; null when off or not known.</param>
/// <param name="Contexts">Status of each context; empty when not known.</param>
public sealed record KdamondStatus(Kdamond Kdamond, string? State = null, long? Pid = null, IReadOnlyList<ContextStatus>? Contexts = null)
{
    /// <summary>Status of a scheme: nothing happened when it is not known.</summary>
    /// <param name="context">Index of the context.</param>
    /// <param name="scheme">Index of the scheme in the context.</param>
    public SchemeStatus Scheme(int context, int scheme) =>
        Contexts is { } contexts && context < contexts.Count && scheme < contexts[context].Schemes.Count
            ? contexts[context].Schemes[scheme]
            : SchemeStatus.None;
}

/// <summary>What a context does at the moment.</summary>
/// <param name="Schemes">Status of each scheme.</param>
public sealed record ContextStatus(IReadOnlyList<SchemeStatus> Schemes);

/// <summary>What a scheme did.</summary>
/// <param name="Statistics">Counts since it started.</param>
/// <param name="TriedRegions">Regions of the last aggregation that it was tried on, by address.</param>
/// <param name="TriedBytes">Bytes of the tried regions.</param>
public sealed record SchemeStatus(DamosStatistics Statistics, Sequence<RecordedRegion> TriedRegions, Number TriedBytes)
{
    /// <summary>Nothing happened.</summary>
    public static SchemeStatus None { get; } = new(DamosStatistics.None, []);

    /// <summary>A status whose tried bytes are the sum of the regions.</summary>
    /// <param name="statistics">Counts since the scheme started.</param>
    /// <param name="triedRegions">Regions that it was tried on.</param>
    public SchemeStatus(DamosStatistics statistics, Sequence<RecordedRegion> triedRegions)
        : this(statistics, triedRegions, triedRegions.Aggregate(Number.Zero, (sum, region) => sum + Number.Whole(region.Size)))
    {
    }
}
