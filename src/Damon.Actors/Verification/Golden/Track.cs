using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Golden;

/// <summary>What is followed of one kdamond through a run.</summary>
internal sealed class Track(bool withProbes)
{
    private MonitoringContext? _context;

    public RegionChain Pre { get; } = new(withProbes);

    public RegionChain Post { get; } = new(withProbes);

    public int NrRegionsPre { get; private set; }

    public int NrAggregations { get; private set; }

    public ulong[] ProbeHitsTotal { get; } = new ulong[ProbeHits.Slots];

    public IReadOnlyList<ActorRef> Schemes { get; private set; } = [];

    public void Aggregated(MonitoringContext context)
    {
        NrAggregations++;
        NrRegionsPre = context.NrRegions;
        Pre.Feed(context.Targets);
        foreach (Target target in context.Targets)
        {
            foreach (ref readonly Region region in target.Regions.Span)
            {
                for (int slot = 0; slot < ProbeHits.Slots; slot++) ProbeHitsTotal[slot] += region.ProbeHits.Get(slot);
            }
        }
    }

    public void IterationEnded(in KdamondMoment moment)
    {
        (_context, Schemes) = (moment.Context, moment.Schemes);
        Post.Feed(moment.Context.Targets);
    }

    /// <summary>Sampling and aggregation interval, the user's ratio of them, and the sampling intervals passed.</summary>
    public ulong[] FinalAttributes()
    {
        if (_context is null) return [];
        MonitoringAttributes attributes = _context.Attributes;
        return [attributes.SampleUs, attributes.AggregationUs, attributes.AggrSamples, _context.Schedule.Sis];
    }
}
