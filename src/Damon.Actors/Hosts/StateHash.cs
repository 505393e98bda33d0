using Damon.Actors.Memory;
using Damon.Actors.Schemes;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Hosts;

/// <summary>A running 64-bit hash of simulated state: equal states, equal hashes, on any machine.</summary>
internal sealed class StateHash
{
    /// <summary>The hash of everything added so far.</summary>
    public ulong Value { get; private set; } = 0x9e3779b97f4a7c15;

    /// <summary>Adds a number: one round of a multiply-xorshift mix, far cheaper than a byte-wise hash.</summary>
    public void Add(ulong number)
    {
        ulong mixed = (Value ^ number) * 0xff51afd7ed558ccd;
        Value = mixed ^ (mixed >> 32);
    }

    /// <summary>Adds what a kdamond knows.</summary>
    public void Add(MonitoringContext context)
    {
        (uint s1, uint s2, uint s3, uint s4) = context.Random.State;
        Add(s1);
        Add(s2);
        Add(s3);
        Add(s4);
        Add(context.Schedule.Sis);
        Add(context.Schedule.NextAggregation);
        Add(context.Schedule.NextOpsUpdate);
        Add(context.Schedule.NextIntervalsTune);
        Add(context.IsPaused ? 1UL : 0);
        Add(context.Attributes.SampleUs);
        Add(context.Attributes.AggregationUs);
        foreach (Target target in context.Targets)
        {
            Add((ulong)target.Regions.Count);
            foreach (ref readonly Region region in target.Regions.Span) Add(region);
        }
    }

    /// <summary>Adds what can be read of a scheme.</summary>
    public void Add(SchemeReading reading)
    {
        SchemeStats stats = reading.Sample.Stats;
        Add(stats.NrTried);
        Add(stats.SzTried);
        Add(stats.NrApplied);
        Add(stats.SzApplied);
        Add(stats.SzOpsFilterPassed);
        Add(stats.QtExceeds);
        Add(stats.NrSnapshots);
        Add(reading.Sample.EffectiveSizeBytes);
        Add(reading.Sample.ChargedBytes);
        Add(reading.MinScore);
        Add(reading.TotalChargedSize);
        Add(reading.TotalChargedNs);
        Add(reading.Sample.Score ?? 0);
        Add(reading.Sample.Activated ? 1UL : 0);
    }

    /// <summary>Adds a node's usage.</summary>
    public void Add(NodeUsage usage)
    {
        Add(usage.Free);
        Add(usage.ActiveLru);
        Add(usage.InactiveLru);
        Add(usage.MigratedIn);
        Add(usage.MigratedOut);
        Add(usage.Reclaimed);
    }

    private void Add(in Region region)
    {
        Add(region.Start);
        Add(region.End);
        Add(region.NrAccesses);
        Add(region.LastNrAccesses);
        Add(region.Age);
        Add(region.ProbeHits.Packed);
        Add(region.LastProbeHits.Packed);
    }
}
