using System.Collections.Immutable;
using Damon.Actors.Hosts;
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

        return new LineChart(title, "seconds", "MiB", curves);
    }
}
