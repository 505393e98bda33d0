using Damon.Actors.Hosts;
using Damon.Damo.Records;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Recording;

/// <summary>What memory a host's tenants and the host had, as damo records it beside accesses.</summary>
internal static class Footprints
{
    /// <summary>A footprint for each reading of the host.</summary>
    public static IEnumerable<MemoryFootprint> Of(HostOutcome outcome) => outcome.Samples.Select(sample => Footprint(sample, outcome.Plan));

    /// <summary>Each cgroup as one process: what it has at most, and what is resident.</summary>
    private static MemoryFootprint Footprint(HostSample sample, HostPlan plan)
    {
        const ulong KiB = 1024;
        IEnumerable<ProcessFootprint> processes = sample.Memcgs.Select((memcg, i) => new ProcessFootprint(
            i + 1,
            PagesOf(plan.Settings.Processes.Where(process => process.Memcg == plan.Settings.Memcgs[i].Id)
                .Aggregate(0UL, (sum, process) => sum + ((ulong)process.NrPages << plan.Settings.PageShift))),
            PagesOf(memcg.ResidentBytesByNode.Aggregate(0UL, (sum, bytes) => sum + bytes))));
        ulong used = sample.Nodes.Aggregate(0UL, (sum, node) => sum + node.UsedBytes);
        ulong free = sample.Nodes.Aggregate(0UL, (sum, node) => sum + node.FreeBytes);
        return new MemoryFootprint(
            sample.AtUs / 1e6, [.. processes], new SystemFootprint((long)((used + free) / KiB), (long)(free / KiB), (long)(free / KiB)));
    }

    private static long PagesOf(ulong bytes) => (long)(bytes / (ulong)ProcessFootprint.PageBytes);
}
