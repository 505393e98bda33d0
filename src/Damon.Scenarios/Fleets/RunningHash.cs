using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Fleets;

/// <summary>A 64-bit hash over what is added to it one after the other; the same on every machine.</summary>
/// <param name="Value">The hash so far.</param>
public readonly record struct RunningHash(ulong Value)
{
    /// <summary>With a number added.</summary>
    public RunningHash Add(ulong number) => new(Seeds.Mix(unchecked((Value * 0x9E3779B97F4A7C15) ^ number) + 1));

    /// <summary>With the bits of a number added.</summary>
    public RunningHash Add(double number) => Add(BitConverter.DoubleToUInt64Bits(number));

    /// <summary>With a text added.</summary>
    public RunningHash Add(string text)
    {
        RunningHash hash = Add((ulong)text.Length);
        foreach (char unit in text) hash = hash.Add(unit);
        return hash;
    }

    /// <summary>With bytes added.</summary>
    public RunningHash Add(ReadOnlySpan<byte> bytes)
    {
        RunningHash hash = Add((ulong)bytes.Length);
        foreach (byte one in bytes) hash = hash.Add(one);
        return hash;
    }

    /// <summary>With all that a reading says added.</summary>
    public RunningHash Add(HostSample sample)
    {
        RunningHash hash = Add(sample.AtUs).Add(sample.PsiTotalUs).Add(sample.SwapUsedBytes);
        foreach (NodeSample node in sample.Nodes)
            hash = hash.Add(node.UsedBytes).Add(node.MigratedInBytes).Add(node.MigratedOutBytes).Add(node.ReclaimedBytes).Add(node.ActiveBytes);
        foreach (MemcgSample memcg in sample.Memcgs)
        {
            foreach (ulong bytes in memcg.LruBytesByNode) hash = hash.Add(bytes);
            foreach (ulong bytes in memcg.ResidentBytesByNode) hash = hash.Add(bytes);
        }

        foreach (KdamondSample kdamond in sample.Kdamonds)
        {
            hash = hash.Add((ulong)kdamond.NrRegions).Add(kdamond.NrAggregations).Add(kdamond.AggregationUs).Add(kdamond.BusyNs);
            foreach (SchemeSample scheme in kdamond.Schemes) hash = hash.Add(scheme);
        }

        foreach (var tenant in sample.Costs?.Tenants ?? [])
            hash = hash.Add(tenant.AverageLatencyNs).Add(tenant.Slowdown).Add(tenant.StallNs).Add(tenant.RefaultCount);
        return hash;
    }

    private RunningHash Add(SchemeSample scheme)
    {
        SchemeStats stats = scheme.Stats;
        return Add(stats.NrTried).Add(stats.SzTried).Add(stats.NrApplied).Add(stats.SzApplied).Add(stats.QtExceeds)
            .Add(scheme.EffectiveSizeBytes).Add(scheme.Score ?? ulong.MaxValue);
    }
}
