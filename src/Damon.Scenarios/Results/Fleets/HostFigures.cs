using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results.Fleets;

/// <summary>The main figures of one host of a fleet.</summary>
/// <param name="Report">The whole report about the host.</param>
/// <param name="MigratedBytes">What moved between its nodes since the start, bytes.</param>
/// <param name="ReclaimedBytes">What was reclaimed of its nodes since the start, bytes.</param>
/// <param name="Slowdown">
/// The slowdown of its tenants, each as often as it accesses memory, mean over the window; null: nobody measured it, or nobody accessed memory.
/// </param>
/// <param name="TenantSlowdowns">By cgroup: the same of it alone, mean over the readings in which it accessed memory.</param>
public sealed record HostFigures(
    HostReport Report, ulong MigratedBytes, ulong ReclaimedBytes, double? Slowdown, ImmutableArray<double?> TenantSlowdowns)
{
    /// <summary>Its name.</summary>
    public string Name => Report.Outcome.Plan.Settings.Name;

    /// <summary>How many targets its tenants and nodes have.</summary>
    public int Targets => Report.Aims.Count(aim => aim.TargetBytes is not null);

    /// <summary>How many of them were never settled.</summary>
    public int Missed => Report.Aims.Count(aim => aim.Missed);

    /// <summary>The figures of a host.</summary>
    public static HostFigures Of(HostReport report, RunSettings run)
    {
        HostOutcome outcome = report.Outcome;
        if (outcome.Samples.IsEmpty) return new HostFigures(report, 0, 0, null, []);
        HostSample last = outcome.Samples[^1];
        CostReading[] window = [.. outcome.Samples.Skip(Math.Max(1, outcome.Samples.Length - run.Window)).Select(sample => sample.Costs).OfType<CostReading>()];
        return new HostFigures(
            report,
            last.Nodes.Aggregate(0UL, (sum, node) => sum + node.MigratedInBytes),
            last.Nodes.Aggregate(0UL, (sum, node) => sum + node.ReclaimedBytes),
            Mean(window.SelectMany(reading => reading.Tenants)),
            [.. outcome.Plan.Settings.Memcgs.Select((_, tenant) => Mean(window.Select(reading => reading.Tenants[tenant])))]);
    }

    private static double? Mean(IEnumerable<TenantSample> samples)
    {
        double sum = 0;
        double accesses = 0;
        foreach (TenantSample sample in samples)
        {
            sum += sample.Slowdown * sample.AccessesPerSecond;
            accesses += sample.AccessesPerSecond;
        }

        return accesses > 0 ? sum / accesses : null;
    }
}
