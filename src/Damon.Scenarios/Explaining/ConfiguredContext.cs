using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining;

/// <summary>A context, with what follows from its numbers.</summary>
/// <param name="Configuration">The whole configuration.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Staged">What the kernel gets.</param>
public sealed record ConfiguredContext(Configuration Configuration, Place Place, StagedContext Staged)
{
    /// <summary>The machine.</summary>
    public KnownMachine Machine => Configuration.Machine;

    /// <summary>The most samples that an aggregation can count (spec 0).</summary>
    public ulong MaxSamples => Math.Max(1, (uint)(Staged.AggrUs / Math.Max(1, Staged.SampleUs)));

    /// <summary>Samples from one aggregation to the next, 0 when the sampling interval is the longer one.</summary>
    public ulong SamplesPerAggregation => Staged.AggrUs / Math.Max(1, Staged.SampleUs);

    /// <summary>Whether the intervals tune themselves.</summary>
    public bool TunesIntervals => Staged.IntervalsGoal.Aggrs > 0;

    /// <summary>Samples from one tuning of the intervals to the next; the same for ever (spec 6).</summary>
    public ulong SamplesPerTuning => SamplesPerAggregation * Staged.IntervalsGoal.Aggrs;

    /// <summary>Whether physical addresses are watched.</summary>
    public bool IsPhysical => Staged.Operations == Operations.Paddr;

    /// <summary>The watched ranges, bytes.</summary>
    public IEnumerable<StagedRange> Ranges => Staged.Targets
        .SelectMany(target => target.Regions)
        .Select(range => unchecked(new StagedRange(range.Start * Unit, range.End * Unit)));

    /// <summary>The nodes whose memory is watched; none for virtual addresses.</summary>
    public IReadOnlyList<int> Nodes => IsPhysical
        ? [.. Ranges.SelectMany(range => Machine.NodesIn(range.Start, range.End)).Distinct().Order()]
        : [];

    /// <summary>The schemes.</summary>
    public IEnumerable<ConfiguredScheme> Schemes => Staged.Schemes.Select((scheme, i) =>
        new ConfiguredScheme(this, Place with { Scheme = i }, scheme, Written?.Schemes[i]));

    /// <summary>The context of the document that this was staged from, if there is one.</summary>
    private MonitoringContext? Written => Configuration.Document?.Kdamonds[Place.Kdamond].Contexts[Place.Context];

    private ulong Unit => Math.Max(1, Staged.AddrUnit);
}
