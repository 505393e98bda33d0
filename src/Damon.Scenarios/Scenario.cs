using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios;

/// <summary>A whole run as its file describes it: validated, immutable, and the same on every machine.</summary>
/// <param name="Run">What holds for all hosts.</param>
/// <param name="Hosts">The simulated hosts, in the order of the file.</param>
/// <param name="Notices">What the file's damo commands do without saying so, one sentence each.</param>
public sealed record Scenario(RunSettings Run, ImmutableArray<HostPlan> Hosts, ImmutableArray<string> Notices)
{
    /// <summary>What belongs to all hosts together.</summary>
    public FleetPlan Fleet { get; init; } = FleetPlan.None;
}
