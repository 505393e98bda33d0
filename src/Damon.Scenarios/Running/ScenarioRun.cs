using System.Collections.Immutable;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Running;

/// <summary>
/// Runs the hosts of a scenario, several at a time, each by one thread from begin to end. What comes out is the same for
/// any number of threads, as hosts share nothing.
/// </summary>
public sealed class ScenarioRun
{
    /// <summary>A run that has not begun.</summary>
    public ScenarioRun(Scenario scenario)
    {
        Scenario = scenario;
        Progress = [.. scenario.Hosts.Select(_ => new HostProgress())];
    }

    /// <summary>What is run.</summary>
    public Scenario Scenario { get; }

    /// <summary>By host: how far it is.</summary>
    public ImmutableArray<HostProgress> Progress { get; }

    /// <summary>Called with each host that was built, before it runs, on the thread that runs it.</summary>
    public Action<SimulatedHost>? Built { get; init; }

    /// <summary>Runs all hosts; returns when all have ended.</summary>
    /// <param name="threads">How many hosts at a time; 0: as many as the machine has processors.</param>
    /// <param name="interruption">Ends the hosts before their time; what they did until then is kept.</param>
    /// <returns>The outcomes, in the order of the hosts.</returns>
    public ImmutableArray<HostOutcome> Run(int threads = 0, CancellationToken interruption = default)
    {
        HostOutcome[] outcomes = new HostOutcome[Scenario.Hosts.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(
            0, outcomes.Length, options, i => outcomes[i] = new HostRun(Scenario.Hosts[i], Scenario.Run, Progress[i], Built).Run(interruption));
        return [.. outcomes];
    }
}
