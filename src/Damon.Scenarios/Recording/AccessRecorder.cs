using Damon.Actors;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Damo.Document;
using Damon.Damo.Records;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;

namespace Damon.Scenarios.Recording;

/// <summary>Observes a host's kdamonds and records each aggregation as damo does: one record a kdamond and target.</summary>
/// <param name="sink">Where to.</param>
internal sealed class AccessRecorder(IRecordSink sink) : Actor, IRespond<KdamondMoment, Done>
{
    /// <inheritdoc/>
    public Done Respond(in KdamondMoment moment)
    {
        if (moment.Kind != MomentKind.Aggregated) return default;
        Model.Kdamonds.MonitoringContext context = moment.Context;
        long endNs = Context.Now.Nanoseconds;
        long startNs = Math.Max(0, endNs - ((long)context.Attributes.AggregationUs * 1_000));
        for (int target = 0; target < context.Targets.Count; target++)
        {
            RecordHeader header = new(new RecordKey(target, moment.Kdamond, 0), Intervals(context.Attributes));
            sink.Append(header, new AccessSnapshot(startNs, endNs, Regions(context, target))
            {
                ProbeHits = Hits(context, target),
                SampleIntervalUs = context.Attributes.IntervalsGoal.IsOn ? (long)context.Attributes.SampleUs : null,
            });
        }

        return default;
    }

    private static RecordedRegion[] Regions(Model.Kdamonds.MonitoringContext context, int target)
    {
        ReadOnlySpan<Region> regions = context.Targets[target].Regions.Span;
        RecordedRegion[] recorded = new RecordedRegion[regions.Length];
        for (int i = 0; i < regions.Length; i++)
        {
            recorded[i] = new RecordedRegion(
                regions[i].Start * context.AddrUnit, regions[i].End * context.AddrUnit, regions[i].NrAccesses, regions[i].Age);
        }

        return recorded;
    }

    /// <summary>As many for each region as there are probes.</summary>
    private static Sequence<long> Hits(Model.Kdamonds.MonitoringContext context, int target)
    {
        int probes = context.Probes.Length;
        ReadOnlySpan<Region> regions = context.Targets[target].Regions.Span;
        long[] hits = new long[regions.Length * probes];
        for (int i = 0; i < hits.Length; i++) hits[i] = regions[i / probes].ProbeHits.Get(i % probes);
        return Sequence.Create<long>(hits);
    }

    private static Intervals Intervals(MonitoringAttributes attributes)
    {
        Model.Monitoring.IntervalsGoal goal = attributes.IntervalsGoal;
        return new Intervals(
            (long)attributes.SampleUs, (long)attributes.AggregationUs, (long)attributes.OpsUpdateUs,
            new Damo.Document.IntervalsGoal((long)goal.AccessBp, (long)goal.Aggrs, (long)goal.MinSampleUs, (long)goal.MaxSampleUs));
    }
}
