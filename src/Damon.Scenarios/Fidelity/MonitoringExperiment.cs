using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.VirtualMemory;

namespace Damon.Scenarios.Fidelity;

/// <summary>What DAMON sees of memory whose true heat is known, and what of it is so.</summary>
internal static class MonitoringExperiment
{
    private const double MiB = 1 << 20;

    /// <summary>The first readings are of regions that have not found their bounds yet.</summary>
    private const double SettledSeconds = 30;

    /// <summary>Half of the samples of an aggregation.</summary>
    private const uint HotSamples = 10;

    private const string Hot = "tot_ge10_mib";
    private const string Warm = "warm_mean_nr_acc";
    private const string Regions = "nr_regions";

    /// <summary>A process whose first 20 MiB are hot and whose next 40 MiB are warm.</summary>
    public static Experiment OfProcess(string name, string measured, string host) => new(
        name,
        measured,
        "e4-monitoring.conf",
        host,
        ToTrace,
        [new("bytes seen as hot", "MiB", trace => [.. trace[Hot]]), new("rate of the warm memory", "of 20", trace => [.. trace[Warm]])],
        [
            new("bytes seen as hot: mean", "MiB", trace => Statistics.Mean(Settled(trace, Hot))),
            new("bytes seen as hot: sd", "MiB", trace => Statistics.Deviation(Settled(trace, Hot))),
            new("rate of the warm memory: mean", "of 20", trace => Statistics.Mean(Settled(trace, Warm))),
            new("rate of the warm memory: sd", "of 20", trace => Statistics.Deviation(Settled(trace, Warm))),
            new("regions: mean", "regions", trace => Statistics.Mean(Settled(trace, Regions))),
            new("regions: least", "regions", trace => Least(Settled(trace, Regions))),
            new("regions: most", "regions", trace => Most(Settled(trace, Regions))),
        ]);

    private static ReadOnlySpan<double> Settled(Trace trace, string column) => trace.From(SettledSeconds)[column];

    private static double Least(ReadOnlySpan<double> values)
    {
        double least = double.PositiveInfinity;
        foreach (double value in values) least = Math.Min(least, value);
        return least;
    }

    private static double Most(ReadOnlySpan<double> values)
    {
        double most = double.NegativeInfinity;
        foreach (double value in values) most = Math.Max(most, value);
        return most;
    }

    /// <summary>The snapshots were taken every 2 s.</summary>
    private static Trace ToTrace(HostPlan plan, ImmutableArray<HostSample> samples)
    {
        Vma memory = plan.Settings.Processes[0].Vmas.Vmas.Single(vma => vma.FirstPage == 0);
        ulong warm = memory.Start + (20UL << 20);
        HostSample[] taken = [.. samples.Where(sample => !sample.Kdamonds[0].Regions.IsEmpty && sample.AtUs % 2_000_000 == 1_000_000)];
        ImmutableArray<double> Column(Func<ImmutableArray<RegionSample>, double> of) => [.. taken.Select(sample => of(sample.Kdamonds[0].Regions))];
        return new Trace(
            [.. taken.Select(sample => sample.AtUs / 1e6)],
            ImmutableDictionary<string, ImmutableArray<double>>.Empty
                .Add(Hot, Column(regions => regions.Where(region => region.NrAccesses >= HotSamples).Sum(region => region.Size / MiB)))
                .Add(Warm, Column(regions => MeanRate(regions, warm, warm + (40UL << 20))))
                .Add(Regions, Column(regions => regions.Length)));
    }

    /// <summary>The mean number of samples with an access over the bytes of a range.</summary>
    private static double MeanRate(ImmutableArray<RegionSample> regions, ulong start, ulong end)
    {
        double sum = 0;
        foreach (RegionSample region in regions)
        {
            ulong from = Math.Max(region.Start, start);
            ulong to = Math.Min(region.End, end);
            if (from < to) sum += (double)(to - from) * region.NrAccesses;
        }

        return sum / (end - start);
    }
}
