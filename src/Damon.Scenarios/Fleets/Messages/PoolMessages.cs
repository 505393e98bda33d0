namespace Damon.Scenarios.Fleets;

/// <summary>A host asks the pool for memory.</summary>
/// <param name="Bytes">How much.</param>
public sealed record PoolRequest(ulong Bytes) : FleetMessage;

/// <summary>The pool lends memory to a host.</summary>
/// <param name="Bytes">How much: what was asked for.</param>
public sealed record PoolGrant(ulong Bytes) : FleetMessage;

/// <summary>The pool has not as much left as a host asked for.</summary>
public sealed record PoolRefusal : FleetMessage;

/// <summary>A host gives memory back to the pool.</summary>
/// <param name="Bytes">How much.</param>
public sealed record PoolReturn(ulong Bytes) : FleetMessage;
