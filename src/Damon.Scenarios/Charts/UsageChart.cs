using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Schemes;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Charts;

/// <summary>Draws a host's run: the memory usage that its report follows, with the targets.</summary>
public static class UsageChart
{
    private const double MiB = 1 << 20;

    /// <summary>The chart.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="outcome">A host that was read at least once.</param>
    public static LineChart Draw(string title, HostOutcome outcome)
    {
        ImmutableArray<double> seconds = [.. outcome.Samples.Select(sample => sample.AtUs / 1e6)];
        List<Curve> curves = [];
        for (int i = 0; i < outcome.Plan.Aims.Length; i++)
        {
            Aim aim = outcome.Plan.Aims[i];
            if (aim.TargetBp is { } bp)
            {
                double target = bp / 10_000.0 * UsageSeries.WholeBytes(aim, outcome) / MiB;
                curves.Add(new Curve("", [seconds[0], seconds[^1]], [target, target], CurveStyle.Dashed, i));
            }

            ImmutableArray<double> usage = [.. outcome.Samples.Select(sample => UsageSeries.Bytes(aim, sample) / MiB)];
            string name = aim.Memcg is null ? $"{aim.Name} used" : $"{aim.Name} on node {aim.Node}";
            curves.Add(new Curve(name, seconds, usage, CurveStyle.Line, i));
        }

        if (SortsLru(outcome))
        {
            curves.Add(Lru("active", seconds, outcome, curves.Count, node => node.ActiveBytes));
            curves.Add(Lru("inactive", seconds, outcome, curves.Count, node => node.InactiveBytes));
        }

        return new LineChart(title, "seconds", "MiB", curves);
    }

    /// <summary>Whether a goal is about the LRU lists, so that their lengths are what one wants to see.</summary>
    private static bool SortsLru(HostOutcome outcome) => outcome.Plan.Settings.Kdamonds
        .SelectMany(kdamond => kdamond.Schemes).SelectMany(scheme => scheme.Quota.Goals)
        .Any(goal => goal.Metric is GoalMetric.ActiveMemBp or GoalMetric.InactiveMemBp);

    private static Curve Lru(
        string name, ImmutableArray<double> seconds, HostOutcome outcome, int color, Func<NodeSample, ulong> bytes) => new(
        name, seconds, [.. outcome.Samples.Select(sample => sample.Nodes.Sum(node => bytes(node) / MiB))], CurveStyle.Line, color);
}
