using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Fidelity;

/// <summary>One number that a real and a simulated run are compared by.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Of">How it is computed, for both in the same way.</param>
public sealed record Figure(string Name, string Unit, Func<Trace, double> Of);

/// <summary>An experiment that was made with a real kernel, and how to repeat it here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Measured">File of the real kernel's measurements.</param>
/// <param name="Scenario">File of the scenario, below hocon/real.</param>
/// <param name="Host">The scenario's host that is this experiment.</param>
/// <param name="ToTrace">Names what is read of a simulated host as it is named in the measurements; times as the host's.</param>
/// <param name="Figures">What is compared.</param>
public sealed record Experiment(
    string Name,
    string Measured,
    string Scenario,
    string Host,
    Func<HostPlan, ImmutableArray<HostSample>, Trace> ToTrace,
    ImmutableArray<Figure> Figures)
{
    /// <summary>DAMON was turned on 3 s after the programs; the measurements count from then on.</summary>
    public const double DamonStartSeconds = 3;

    /// <summary>What was read of a simulated host, with times as in the measurements.</summary>
    public Trace Simulated(HostOutcome outcome)
    {
        Trace trace = ToTrace(outcome.Plan, outcome.Samples);
        return new Trace([.. trace.Seconds.Select(second => second - DamonStartSeconds)], trace.Columns).From(0);
    }
}
