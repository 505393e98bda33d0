using System.Collections.Immutable;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>page-monitoring</c>.</summary>
internal static class PageMonitoringReader
{
    private const long LongestUs = 365L * 86_400 * 1_000_000;

    public static ImmutableArray<PageMonitoring> Read(LayeredSection section, EachSections each)
    {
        var all = ImmutableArray.CreateBuilder<PageMonitoring>();
        foreach (LayeredSection item in section.Items("page-monitoring", each, "page-monitoring"))
        {
            int kdamond = (int)item.Count("kdamond", 0, int.MaxValue);
            if (all.Any(pages => pages.Kdamond == kdamond)) item.Refuse("kdamond", $"each kdamond once; {kdamond} was before");
            ImmutableArray<ulong> weights = item.Counts("weights", 0, uint.MaxValue);
            if (weights.Length > ProbeHits.Slots) item.Refuse("weights", $"at most {ProbeHits.Slots} weights, as a kdamond has at most so many probes");
            ulong? every = item.DurationUsOrNull("count-every", 1_000, LongestUs);
            bool isFree = !item.Flag("count-costs");
            all.Add(new PageMonitoring(
                kdamond, [.. weights.Select(weight => (uint)weight)], every is { } us ? new PageCounting(us, isFree) : null));
        }

        return all.ToImmutable();
    }

    /// <summary>Holds it against the kdamonds that it is for.</summary>
    public static void Check(LayeredSection section, ImmutableArray<PageMonitoring> all, ImmutableArray<KdamondSettings> kdamonds)
    {
        foreach (PageMonitoring pages in all)
        {
            if (pages.Kdamond >= kdamonds.Length)
                section.Refuse("page-monitoring", $"kdamonds of the host; there is no kdamond {pages.Kdamond}, it has {kdamonds.Length}");
        }
    }
}
