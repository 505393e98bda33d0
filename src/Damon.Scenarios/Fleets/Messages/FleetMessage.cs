namespace Damon.Scenarios.Fleets;

/// <summary>What members of a fleet tell each other; immutable.</summary>
public abstract record FleetMessage;

/// <summary>A host tells a fleet-wide goal what it measures.</summary>
/// <param name="Value">The measured value, in the goal's metric.</param>
public sealed record MetricMeasured(double Value) : FleetMessage;

/// <summary>A fleet-wide goal tells a host the value of all hosts together, which the host feeds to its own goal.</summary>
/// <param name="Value">The value.</param>
public sealed record MetricAggregated(ulong Value) : FleetMessage;
