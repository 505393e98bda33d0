using System.Collections.Immutable;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Fidelity;

/// <summary>The experiments of which there are measurements of a real kernel, and the figures that its report gives.</summary>
public static class Experiments
{
    private const double MiB = 1 << 20;
    private const double KiB = 1 << 10;
    private const double GoalFree = 0.4;

    /// <summary>All of them.</summary>
    public static ImmutableArray<Experiment> All { get; } =
    [
        Tiering("E1, memory on node 0 at first", "e1_p60_n0.csv", "n0"),
        Tiering("E1, memory on node 1 at first", "e1_p60_n1.csv", "n1"),
        Distribution("E2, temporal", "e2_temporal.csv", "temporal", seconds: 240),
        Distribution("E2, consist", "e2_consist.csv", "consist", seconds: 300),
        Reclaim("E3, failures charged in full", "e3_nofc.csv", "nofc"),
        Reclaim("E3, 1/4096 of failures charged", "e3_fc4096.csv", "fc4096"),
        MonitoringExperiment.OfProcess("E4, a process monitored by vaddr", "e4_vaddr_accuracy.csv", "vaddr"),
    ];

    private static Experiment Tiering(string name, string measured, string host) => new(
        name,
        measured,
        "e1-per-memcg-tiering.conf",
        host,
        (plan, samples) => ToTrace(
            samples,
            ("workload_a_anon_n0", sample => sample.Memcgs[0].LruBytesByNode[0]),
            ("workload_b_anon_n0", sample => sample.Memcgs[1].LruBytesByNode[0]),
            ("n0_total_kb", _ => plan.NodeBytes(0) / KiB)),
        [
            new("a", "% of node 0", trace => [.. PercentOfNode(trace, "workload_a_anon_n0")]),
            new("b", "% of node 0", trace => [.. PercentOfNode(trace, "workload_b_anon_n0")]),
        ],
        [
            .. Usage("a, 42 readings at 5 s", "workload_a_anon_n0", trace => trace.LastReadings(42, 5)),
            .. Usage("b, 42 readings at 5 s", "workload_b_anon_n0", trace => trace.LastReadings(42, 5)),
            .. Usage("a, from 300 s on", "workload_a_anon_n0", trace => trace.From(300)),
            .. Usage("b, from 300 s on", "workload_b_anon_n0", trace => trace.From(300)),
        ]);

    private static IEnumerable<Figure> Usage(string name, string column, Func<Trace, Trace> pick)
    {
        yield return new Figure($"{name}: mean", "% of node 0", trace => Statistics.Mean(PercentOfNode(pick(trace), column)));
        yield return new Figure($"{name}: sd", "% of node 0", trace => Statistics.Deviation(PercentOfNode(pick(trace), column)));
    }

    private static double[] PercentOfNode(Trace trace, string column)
    {
        double[] percent = [.. trace[column]];
        for (int i = 0; i < percent.Length; i++) percent[i] *= 100 / (trace["n0_total_kb"][i] * KiB);
        return percent;
    }

    private static Experiment Distribution(string name, string measured, string host, double seconds)
    {
        static double[] HotOnNode0(Trace trace)
        {
            double[] percent = [.. trace["w_hot_n0_pg"]];
            for (int i = 0; i < percent.Length; i++) percent[i] *= 100 / (trace["w_hot_n0_pg"][i] + trace["w_hot_n1_pg"][i]);
            return percent;
        }

        static double[] Percent(Trace trace) => HotOnNode0(trace.From(60));

        return new Experiment(
            name,
            measured,
            "e2-hot-distribution.conf",
            host,
            (_, samples) => ToTrace(
                [.. samples.Where(sample => sample.AtUs <= (seconds + Experiment.DamonStartSeconds) * 1e6)],
                ("w_hot_n0_pg", sample => sample.Memcgs[0].LruBytesByNode[0] / 4096.0),
                ("w_hot_n1_pg", sample => sample.Memcgs[0].LruBytesByNode[1] / 4096.0),
                ("pull_sz_applied", sample => sample.Kdamonds[0].Schemes[0].Stats.SzApplied),
                ("push_sz_applied", sample => sample.Kdamonds[0].Schemes[1].Stats.SzApplied)),
            [new("hot memory on node 0", "%", trace => [.. HotOnNode0(trace)])],
            [
                new("hot memory on node 0: mean", "%", trace => Statistics.Mean(Percent(trace))),
                new("hot memory on node 0: sd", "%", trace => Statistics.Deviation(Percent(trace))),
                new("hot memory on node 0: least", "%", trace => Percent(trace).Min()),
                new("hot memory on node 0: most", "%", trace => Percent(trace).Max()),
                new("time within 65..75%", "%", trace => 100 * Statistics.ShareWithin(Percent(trace), 65, 75)),
                new("period of swings", "s", trace => Statistics.PeriodOfSwings(trace.From(60).Seconds.AsSpan(), Percent(trace))),
                new("pulled", "MiB", trace => trace["pull_sz_applied"][^1] / MiB),
                new("pushed", "MiB", trace => trace["push_sz_applied"][^1] / MiB),
            ]);
    }

    private static Experiment Reclaim(string name, string measured, string host)
    {
        static double[] Free(Trace trace)
        {
            double[] free = [.. trace["n0_free_kb"]];
            for (int i = 0; i < free.Length; i++) free[i] /= trace["n0_total_kb"][i];
            return free;
        }

        static int AtGoal(Trace trace)
        {
            int at = Array.FindIndex(Free(trace), share => share >= GoalFree);
            return at < 0 ? trace.Seconds.Length - 1 : at;
        }

        // MiB reclaimed in each second until the goal.
        static double[] Progress(Trace trace)
        {
            double[] rates = new double[Math.Max(1, AtGoal(trace))];
            for (int i = 1; i <= AtGoal(trace); i++)
                rates[i - 1] = (trace["po_sz_applied"][i] - trace["po_sz_applied"][i - 1]) / MiB / (trace.Seconds[i] - trace.Seconds[i - 1]);
            return rates;
        }

        return new Experiment(
            name,
            measured,
            "e3-failed-charge.conf",
            host,
            (plan, samples) => ToTrace(
                samples,
                ("n0_free_kb", sample => sample.Nodes[0].FreeBytes / KiB),
                ("n0_total_kb", _ => plan.NodeBytes(0) / KiB),
                ("po_sz_tried", sample => sample.Kdamonds[0].Schemes[0].Stats.SzTried),
                ("po_sz_applied", sample => sample.Kdamonds[0].Schemes[0].Stats.SzApplied)),
            [new("free memory of node 0", "%", trace => [.. Free(trace).Select(share => share * 100)])],
            [
                new("time to 40% free", "s", trace => trace.Seconds[AtGoal(trace)]),
                new("progress: mean", "MiB/s", trace => Statistics.Mean(Progress(trace))),
                new("progress: sd", "MiB/s", trace => Statistics.Deviation(Progress(trace))),
                new("seconds without progress", "s", trace => Progress(trace).Count(rate => rate == 0)),
                new("tried until the goal", "MiB", trace => trace["po_sz_tried"][AtGoal(trace)] / MiB),
                new("applied until the goal", "MiB", trace => trace["po_sz_applied"][AtGoal(trace)] / MiB),
            ]);
    }

    private static Trace ToTrace(ImmutableArray<HostSample> samples, params (string Name, Func<HostSample, double> Read)[] columns) => new(
        [.. samples.Select(sample => sample.AtUs / 1e6)],
        columns.ToImmutableDictionary(
            column => column.Name, column => samples.Select(column.Read).ToImmutableArray(), StringComparer.Ordinal));
}
