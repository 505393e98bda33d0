using System.Collections.Immutable;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Results;

/// <summary>What transparent huge pages were worth to a process, and what they wasted.</summary>
/// <param name="Process">Its name.</param>
/// <param name="Last">What it had at the end.</param>
public sealed record HugePageResult(string Process, HugePageSample Last)
{
    /// <summary>What page walks took, ns for each access, mean of the last readings; null where translating addresses costs nothing.</summary>
    public double? WalkNsPerAccess { get; init; }

    /// <summary>By how much more that would be without huge pages, ns for each access, mean of the last readings; null likewise.</summary>
    public double? SavedNsPerAccess { get; init; }

    /// <summary>The slowdown of its tenant, mean of the last readings; null where memory costs nothing.</summary>
    public double? TenantSlowdown { get; init; }

    /// <summary>The results of a host, by process; empty where it has no transparent huge pages.</summary>
    /// <param name="plan">The host.</param>
    /// <param name="samples">Its readings.</param>
    /// <param name="window">How many readings means are over.</param>
    public static ImmutableArray<HugePageResult> Of(HostPlan plan, ImmutableArray<HostSample> samples, int window)
    {
        if (samples.IsEmpty || samples[^1].HugePages.IsEmpty) return [];

        // The reading at time 0 shows no window of costs.
        HostSample[] last = [.. samples.Skip(Math.Max(Math.Min(1, samples.Length - 1), samples.Length - window))];
        return [.. samples[^1].HugePages.Select((pages, process) => Of(plan, last, process, pages))];
    }

    private static HugePageResult Of(HostPlan plan, HostSample[] window, int process, HugePageSample last)
    {
        ProcessSettings settings = plan.Settings.Processes[process];
        int tenant = plan.Settings.Memcgs.IndexOf(plan.Settings.Memcgs.First(memcg => memcg.Id == settings.Memcg));
        bool hasCosts = window[^1].Costs is not null;
        bool hasWalks = window[^1].Costs is { Walks.IsEmpty: false };
        return new HugePageResult(settings.Name, last)
        {
            WalkNsPerAccess = hasWalks ? window.Average(sample => sample.Costs!.Walks[process].NsPerAccess) : null,
            SavedNsPerAccess = hasWalks ? window.Average(sample => sample.Costs!.Walks[process].SavedNsPerAccess) : null,
            TenantSlowdown = hasCosts ? window.Average(sample => sample.Costs!.Tenants[tenant].Slowdown) : null,
        };
    }
}
