using System.Collections.Immutable;
using Damon.Actors;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Scenarios.Running;
using Kdamond = Damon.Damo.Document.Kdamond;

namespace Damon.Scenarios.Recording;

/// <summary>What a host's kdamonds do at its end, as damo reports it.</summary>
internal static class KdamondStatuses
{
    /// <summary>The kdamonds of the host's damo command, with what their schemes did.</summary>
    /// <param name="outcome">The host at its end.</param>
    /// <param name="state">The state of those that run: on, or off when the status is for later.</param>
    /// <param name="host">The host itself, where its schemes keep the regions that they were tried on; null: it is gone.</param>
    public static IReadOnlyList<KdamondStatus> Of(HostOutcome outcome, string state, SimulatedHost? host = null)
    {
        if (outcome.Plan.Document is not { } document) return [];
        return [.. document.Kdamonds.Select((kdamond, i) => Status(kdamond, i, outcome, state, host))];
    }

    /// <summary>Has all schemes of a host keep the regions that they are tried on.</summary>
    public static void KeepTriedRegions(SimulatedHost host)
    {
        foreach (ActorRef scheme in host.Map.Kdamonds.SelectMany(Schemes)) scheme.Ask<KeepTriedRegions, Done>(new KeepTriedRegions());
    }

    private static KdamondStatus Status(Kdamond kdamond, int index, HostOutcome outcome, string state, SimulatedHost? host)
    {
        if (outcome.Samples.IsEmpty || index >= outcome.Samples[^1].Kdamonds.Length) return new KdamondStatus(kdamond, "off");
        ImmutableArray<SchemeSample> samples = outcome.Samples[^1].Kdamonds[index].Schemes;
        ActorRef[] actors = host is null ? [] : [.. Schemes(host.Map.Kdamonds[index])];
        SchemeStatus[] schemes = [.. samples.Select((sample, i) => new SchemeStatus(Statistics(sample), i < actors.Length ? Tried(actors[i]) : []))];
        return new KdamondStatus(WithEffectiveSizes(kdamond, samples), state, Contexts: [new ContextStatus(schemes)]);
    }

    private static IEnumerable<ActorRef> Schemes(ActorRef kdamond) => kdamond.Ask<ReadSchemes, IReadOnlyList<ActorRef>>(new ReadSchemes());

    private static Sequence<RecordedRegion> Tried(ActorRef scheme) => scheme.Ask<ReadTriedRegions, ImmutableArray<TriedRegion>>(new ReadTriedRegions())
        .Select(region => new RecordedRegion(region.Start, region.End, region.NrAccesses, region.Age, region.PassedBytes))
        .OrderBy(region => region.Start).ToSequence();

    /// <summary>The kdamond with what the quotas of its first context, the only one that the kernel runs, came to.</summary>
    private static Kdamond WithEffectiveSizes(Kdamond kdamond, ImmutableArray<SchemeSample> samples)
    {
        MonitoringContext context = kdamond.Contexts[0];
        Sequence<Scheme> schemes = context.Schemes.Select((scheme, i) => i < samples.Length
            ? scheme with { Quotas = scheme.Quotas with { EffectiveSizeBytes = Damo.Values.Number.Whole(samples[i].EffectiveSizeBytes) } }
            : scheme).ToSequence();
        return kdamond with { Contexts = kdamond.Contexts.Select((one, i) => i == 0 ? context with { Schemes = schemes } : one).ToSequence() };
    }

    private static DamosStatistics Statistics(SchemeSample scheme) => new(
        scheme.Stats.NrTried,
        scheme.Stats.SzTried,
        scheme.Stats.NrApplied,
        scheme.Stats.SzApplied,
        scheme.Stats.SzOpsFilterPassed,
        scheme.Stats.QtExceeds,
        scheme.Stats.NrSnapshots);
}
