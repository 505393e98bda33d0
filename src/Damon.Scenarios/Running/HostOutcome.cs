using System.Collections.Immutable;
using Damon.Actors.Hosts;

namespace Damon.Scenarios.Running;

/// <summary>What became of one host of a run.</summary>
/// <param name="Plan">The host.</param>
/// <param name="Samples">The readings in order of time, the first at time 0; the last is the host's end. Empty when it could not be built.</param>
/// <param name="StateHash">The hash of its whole state at its end; null when it failed.</param>
/// <param name="Failure">Why it failed, in one sentence; null: it did not.</param>
/// <param name="Refusals">Online changes that its kdamonds refused, one sentence each.</param>
/// <param name="IsInterrupted">Whether it was stopped before its time.</param>
public sealed record HostOutcome(
    HostPlan Plan,
    ImmutableArray<HostSample> Samples,
    ulong? StateHash,
    string? Failure,
    ImmutableArray<string> Refusals,
    bool IsInterrupted)
{
    /// <summary>What its kdamonds did about online changes, in the order of time, one sentence each: what was kept and what began anew.</summary>
    public ImmutableArray<string> Log { get; init; } = [];

    /// <summary>What moved between the changes to it; empty when no process is followed.</summary>
    public ImmutableArray<Period> Periods { get; init; } = [];

    /// <summary>The outcome of a host that was read so often and ended so.</summary>
    public static HostOutcome Of(HostPlan plan, ImmutableArray<HostSample> samples, HostEnding ending) =>
        new(plan, samples, ending.StateHash, ending.Failure, ending.Refusals, ending.IsInterrupted) { Log = ending.Log, Periods = ending.Periods };

    /// <summary>How far it came, us of virtual time.</summary>
    public ulong EndUs => Samples.IsEmpty ? 0 : Samples[^1].AtUs;
}
