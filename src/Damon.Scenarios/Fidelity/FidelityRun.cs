using System.Collections.Immutable;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Fidelity;

/// <summary>A figure of a real kernel beside the same figure of simulated runs that differ in their seeds.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Real">What the real kernel gave.</param>
/// <param name="Simulated">By seed: what the simulation gave.</param>
public sealed record FigureComparison(string Experiment, Figure Figure, double Real, ImmutableArray<double> Simulated)
{
    /// <summary>The mean over the seeds.</summary>
    public double Mean => Statistics.Mean(Simulated.AsSpan());

    /// <summary>The standard deviation over the seeds, of the population that they are drawn from.</summary>
    public double Spread => Simulated.Length < 2
        ? 0
        : Statistics.Deviation(Simulated.AsSpan()) * Math.Sqrt(Simulated.Length / (Simulated.Length - 1.0));

    /// <summary>
    /// Whether the real figure could be one more simulated run: it lies within two spreads of the mean, or among the simulated ones.
    /// </summary>
    public bool IsInside =>
        (Simulated.Min() <= Real && Real <= Simulated.Max()) || Math.Abs(Real - Mean) <= 2 * Spread;
}

/// <summary>Repeats the experiments that were made with a real kernel, and compares.</summary>
/// <param name="measurements">Folder of the measurements.</param>
/// <param name="scenarios">Folder of the scenarios.</param>
public sealed class FidelityRun(string measurements, string scenarios)
{
    /// <summary>Runs the experiments with seeds 1 to <paramref name="seeds"/>.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <param name="seeds">How many runs of each.</param>
    /// <param name="interruption">Ends it before its time.</param>
    public IEnumerable<FigureComparison> Compare(
        IReadOnlyList<Experiment> experiments, int seeds, CancellationToken interruption = default)
    {
        foreach (IGrouping<string, Experiment> group in experiments.GroupBy(experiment => experiment.Scenario))
        {
            ImmutableArray<HostOutcome>[] runs = [.. Enumerable.Range(1, seeds).Select(seed => Run(group.Key, (ulong)seed, interruption))];
            interruption.ThrowIfCancellationRequested();
            foreach (Experiment experiment in group)
            {
                foreach (FigureComparison comparison in Compare(experiment, runs)) yield return comparison;
            }
        }
    }

    private IEnumerable<FigureComparison> Compare(Experiment experiment, ImmutableArray<HostOutcome>[] runs)
    {
        Trace real = CsvTrace.Read(Path.Combine(measurements, experiment.Measured));
        Trace[] simulated = [.. runs.Select(run => experiment.Simulated(run.Single(host => host.Plan.Settings.Name == experiment.Host)))];
        return experiment.Figures.Select(
            figure => new FigureComparison(experiment.Name, figure, figure.Of(real), [.. simulated.Select(figure.Of)]));
    }

    private ImmutableArray<HostOutcome> Run(string scenario, ulong seed, CancellationToken interruption)
    {
        Scenario read = ScenarioReader.Load(Path.Combine(scenarios, scenario), new RunOverrides(seed));
        ImmutableArray<HostOutcome> outcomes = new ScenarioRun(read).Run(interruption: interruption);
        return outcomes.FirstOrDefault(host => host.Failure is not null) is { } failed
            ? throw new InvalidOperationException($"{scenario}: {failed.Failure}")
            : outcomes;
    }
}
