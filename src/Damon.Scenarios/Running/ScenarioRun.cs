using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;

namespace Damon.Scenarios.Running;

/// <summary>
/// Runs the hosts of a scenario, several at a time. What comes out is the same for any number of threads, as hosts share nothing but
/// mail.
/// </summary>
public sealed class ScenarioRun
{
    private readonly FleetRun _run;

    /// <summary>A run that has not begun.</summary>
    /// <param name="scenario">What is run.</param>
    public ScenarioRun(Scenario scenario)
    {
        Scenario = scenario;
        _run = new FleetRun(new Fleet(scenario));
    }

    /// <summary>What is run.</summary>
    public Scenario Scenario { get; }

    /// <summary>By host: how far it is.</summary>
    public ImmutableArray<HostProgress> Progress => _run.Progress;

    /// <summary>Called with each host that was built, before it runs, on the thread that runs it.</summary>
    public Action<SimulatedHost>? Built
    {
        get => _run.Fleet.Built;
        init => _run.Fleet.Built = value;
    }

    /// <summary>Runs all hosts; returns when all have ended.</summary>
    /// <param name="threads">How many hosts at a time; 0: as many as the machine has processors.</param>
    /// <param name="interruption">Ends the hosts before their time; what they did until then is kept.</param>
    /// <returns>The outcomes, in the order of the hosts.</returns>
    public ImmutableArray<HostOutcome> Run(int threads = 0, CancellationToken interruption = default) =>
        _run.Run(threads, interruption: interruption).Hosts;
}
