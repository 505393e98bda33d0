using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;

namespace Damon.Scenarios.Running;

/// <summary>What is known of a host only at its end.</summary>
/// <param name="StateHash">The hash of its whole state; null when it failed.</param>
/// <param name="Failure">Why it failed, in one sentence; null: it did not.</param>
/// <param name="Refusals">Online changes that were refused, one sentence each.</param>
public sealed record HostEnding(ulong? StateHash, string? Failure, ImmutableArray<string> Refusals)
{
    /// <summary>What its kdamonds did about online changes, one sentence each.</summary>
    public ImmutableArray<string> Log { get; init; } = [];

    /// <summary>What moved between the changes to it.</summary>
    public ImmutableArray<Period> Periods { get; init; } = [];

    /// <summary>Whether it was stopped before its time.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Reads the end of a host.</summary>
    internal static HostEnding Of(SimulatedHost host, ulong stateHash, ImmutableArray<Period> periods, bool isInterrupted) =>
        new(stateHash, null, RefusalsOf(host)) { Log = LogOf(host), Periods = periods, IsInterrupted = isInterrupted };

    private static ImmutableArray<string> RefusalsOf(SimulatedHost host)
    {
        var refusals = ImmutableArray.CreateBuilder<string>();
        foreach (HostRefusal refusal in host.Map.Host.Ask<ReadHostRefusals, IReadOnlyList<HostRefusal>>(default))
            refusals.Add(string.Create(CultureInfo.InvariantCulture, $"at {refusal.Event.AtUs / 1e6} s host {host.Name} refused an event: {refusal.Error}"));
        foreach (ControlOutcome outcome in Outcomes(host))
        {
            if (outcome.Error is null) continue;
            refusals.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"at {outcome.AtUs / 1e6} s kdamond {outcome.Event.Kdamond} of {host.Name} refused the event of {outcome.Event.AtUs / 1e6} s: {outcome.Error}"));
        }

        return refusals.ToImmutable();
    }

    private static ImmutableArray<string> LogOf(SimulatedHost host) =>
        [.. Outcomes(host).Where(outcome => outcome.Effect is not null).OrderBy(outcome => outcome.AtUs).Select(outcome =>
            string.Create(CultureInfo.InvariantCulture, $"{outcome.AtUs / 1e6} s, kdamond {outcome.Event.Kdamond}: {outcome.Effect}"))];

    private static IEnumerable<ControlOutcome> Outcomes(SimulatedHost host) =>
        host.Map.Kdamonds.SelectMany(kdamond => kdamond.Ask<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>(default));
}
