using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Kdamonds;

namespace Damon.Actors.Kdamonds;

/// <summary>Told to a kdamond by its own timer: a sleep is over.</summary>
public readonly record struct Wake;

/// <summary>Hands a request to a kdamond, which keeps it until it looks at its requests; answered by <see cref="Done"/>.</summary>
/// <param name="Event">The request.</param>
public readonly record struct RequestControl(KdamondEvent Event);

/// <summary>What became of a request to a kdamond.</summary>
/// <param name="Event">The request.</param>
/// <param name="AtUs">When it was carried out, us.</param>
/// <param name="Error">Why it was refused, with nothing changed; null: done.</param>
public sealed record ControlOutcome(KdamondEvent Event, ulong AtUs, string? Error)
{
    /// <summary>What a carried out change kept and what it began anew, in one sentence; null: nothing to tell.</summary>
    public string? Effect { get; init; }
}

/// <summary>Asks a kdamond what can be read of it; answered by a <see cref="KdamondSample"/>.</summary>
public readonly record struct ReadKdamond;

/// <summary>Asks a kdamond for its schemes' actors; answered by a list.</summary>
public readonly record struct ReadSchemes;

/// <summary>Asks a kdamond for a hash of its regions, schedule, random stream and schemes; answered by a number.</summary>
public readonly record struct HashKdamond;

/// <summary>Asks a kdamond for what became of the requests so far, but for values that were fed without an error; answered by a list.</summary>
public readonly record struct ReadControlOutcomes;

/// <summary>Asks a kdamond to show its moments to an observer; answered by <see cref="Done"/>.</summary>
/// <param name="Observer">The observer: it is asked with <see cref="KdamondMoment"/>.</param>
public readonly record struct Observe(ActorRef Observer);

/// <summary>What moment of a kdamond's loop an observer is shown.</summary>
public enum MomentKind
{
    /// <summary>An aggregation is complete and its counters not yet reset.</summary>
    Aggregated,

    /// <summary>An iteration is over.</summary>
    IterationEnded,

    /// <summary>The kdamond was told to end.</summary>
    Stopped,

    /// <summary>The kdamond ran out of targets.</summary>
    RanOutOfTargets,
}

/// <summary>Shows an observer a moment of a kdamond; answered by <see cref="Done"/>. The context is to be read only, and only now.</summary>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Kind">The moment.</param>
/// <param name="Context">What the kdamond knows.</param>
/// <param name="Schemes">Its schemes.</param>
/// <param name="Aggregated">Whether an aggregation ended in the iteration.</param>
/// <param name="Applied">Whether a scheme's apply interval came in the iteration.</param>
public readonly record struct KdamondMoment(
    int Kdamond, MomentKind Kind, MonitoringContext Context, IReadOnlyList<ActorRef> Schemes, bool Aggregated, bool Applied);
