using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Results.Metrics;

/// <summary>A number that a host has at each of its readings. Amounts of what was done are all of it so far.</summary>
/// <param name="Name">Its name, with the unit at the end: <c>node.0.used_bytes</c>, <c>/web.slowdown</c>, <c>kdamond.0.scheme.1.score_bp</c>.</param>
/// <param name="Read">Reads it; null: it has no value at that reading.</param>
public sealed record HostMetric(string Name, Func<HostSample, double?> Read)
{
    /// <summary>All metrics of a host.</summary>
    public static ImmutableArray<HostMetric> Of(HostPlan plan) =>
    [
        new("host.psi_some_total_us", sample => sample.PsiTotalUs),
        new("host.swap_used_bytes", sample => sample.SwapUsedBytes),
        .. Enumerable.Range(0, plan.Settings.Nodes.Length).SelectMany(Node),
        .. Enumerable.Range(0, plan.Settings.Memcgs.Length).SelectMany(memcg => Memcg(plan, memcg)),
        .. Enumerable.Range(0, plan.Settings.Kdamonds.Length).SelectMany(kdamond => Kdamond(plan, kdamond)),
    ];

    private static IEnumerable<HostMetric> Node(int node)
    {
        string name = Invariant($"node.{node}");
        yield return new($"{name}.used_bytes", sample => sample.Nodes[node].UsedBytes);
        yield return new($"{name}.free_bytes", sample => sample.Nodes[node].FreeBytes);
        yield return new($"{name}.migrated_in_bytes", sample => sample.Nodes[node].MigratedInBytes);
        yield return new($"{name}.migrated_out_bytes", sample => sample.Nodes[node].MigratedOutBytes);
        yield return new($"{name}.reclaimed_bytes", sample => sample.Nodes[node].ReclaimedBytes);
        yield return new($"{name}.bandwidth_bytes_per_second", sample => sample.Costs?.Nodes[node].BandwidthBytesPerSecond);
        yield return new($"{name}.loaded_latency_ns", sample => sample.Costs?.Nodes[node].LoadedLatencyNs);
    }

    private static IEnumerable<HostMetric> Memcg(HostPlan plan, int memcg)
    {
        string path = plan.Settings.Memcgs[memcg].Path;
        for (int i = 0; i < plan.Settings.Nodes.Length; i++)
        {
            int node = i;
            yield return new(Invariant($"{path}.node.{node}.lru_bytes"), sample => sample.Memcgs[memcg].LruBytesByNode[node]);
            yield return new(Invariant($"{path}.node.{node}.resident_bytes"), sample => sample.Memcgs[memcg].ResidentBytesByNode[node]);
        }

        yield return new($"{path}.slowdown", sample => sample.Costs?.Tenants[memcg].Slowdown);
        yield return new($"{path}.latency_ns", sample => sample.Costs?.Tenants[memcg].AverageLatencyNs);
        yield return new($"{path}.accesses_per_second", sample => sample.Costs?.Tenants[memcg].AccessesPerSecond);
        yield return new($"{path}.migrated_bytes", sample => sample.Costs?.Tenants[memcg].MigratedBytes);
        yield return new($"{path}.swap_in_bytes", sample => sample.Costs?.Tenants[memcg].SwapInBytes);
        yield return new($"{path}.stall_ns", sample => sample.Costs?.Tenants[memcg].StallNs);
    }

    private static IEnumerable<HostMetric> Kdamond(HostPlan plan, int kdamond)
    {
        string name = Invariant($"kdamond.{kdamond}");
        yield return new($"{name}.nr_regions", sample => sample.Kdamonds[kdamond].NrRegions);
        yield return new($"{name}.sample_us", sample => sample.Kdamonds[kdamond].SampleUs);
        yield return new($"{name}.aggregation_us", sample => sample.Kdamonds[kdamond].AggregationUs);
        yield return new($"{name}.busy_ns", sample => sample.Kdamonds[kdamond].BusyNs);
        for (int scheme = 0; scheme < plan.Settings.Kdamonds[kdamond].Schemes.Length; scheme++)
        {
            foreach (HostMetric metric in Scheme(Invariant($"{name}.scheme.{scheme}"), kdamond, scheme)) yield return metric;
        }
    }

    private static IEnumerable<HostMetric> Scheme(string name, int kdamond, int scheme)
    {
        // A commit can leave a kdamond with fewer schemes.
        HostMetric Of(string what, Func<SchemeSample, double?> read) =>
            new($"{name}.{what}", sample => scheme < sample.Kdamonds[kdamond].Schemes.Length ? read(sample.Kdamonds[kdamond].Schemes[scheme]) : null);

        yield return Of("tried_bytes", sample => sample.Stats.SzTried);
        yield return Of("applied_bytes", sample => sample.Stats.SzApplied);
        yield return Of("ops_filter_passed_bytes", sample => sample.Stats.SzOpsFilterPassed);
        yield return Of("qt_exceeds", sample => sample.Stats.QtExceeds);
        yield return Of("effective_quota_bytes", sample => sample.EffectiveSizeBytes);
        yield return Of("charged_bytes", sample => sample.ChargedBytes);
        yield return Of("score_bp", sample => sample.Score);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
