using System.Collections.Immutable;
using Damon.Scenarios.Charts;

namespace Damon.Scenarios.Fidelity;

/// <summary>A course that a chart of an experiment shows.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Of">Its values, reading by reading.</param>
public sealed record Course(string Name, string Unit, Func<Trace, ImmutableArray<double>> Of);

/// <summary>Draws an experiment: the real kernel's course above those of the simulated runs.</summary>
public static class FidelityChart
{
    /// <summary>The chart.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="real">What the real kernel did.</param>
    /// <param name="simulated">What the simulated runs did.</param>
    public static LineChart Draw(Experiment experiment, Trace real, IReadOnlyList<Trace> simulated)
    {
        List<Curve> curves = [];
        for (int i = 0; i < experiment.Courses.Length; i++)
        {
            Course course = experiment.Courses[i];
            for (int run = 0; run < simulated.Count; run++)
            {
                string name = run == 0 ? $"{course.Name}, simulated" : "";
                curves.Add(new Curve(name, simulated[run].Seconds, course.Of(simulated[run]), CurveStyle.Thin, i));
            }
        }

        for (int i = 0; i < experiment.Courses.Length; i++)
        {
            Course course = experiment.Courses[i];
            curves.Add(new Curve($"{course.Name}, real", real.Seconds, course.Of(real), CurveStyle.Line, i));
        }

        return new LineChart(experiment.Name, "seconds since DAMON was turned on", experiment.Courses[0].Unit, curves);
    }
}
