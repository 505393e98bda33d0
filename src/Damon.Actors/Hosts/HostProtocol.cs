namespace Damon.Actors.Hosts;

/// <summary>Told to a host at the time of one of its events.</summary>
/// <param name="Index">Index of the event in the settings.</param>
public readonly record struct EventDue(int Index);

/// <summary>Asks a host to carry out an event now, as one from outside that its settings do not hold; answered by <see cref="Done"/>.</summary>
/// <param name="Event">The event.</param>
public readonly record struct CarryOut(HostEvent Event);

/// <summary>Asks a host which of its events it could not carry out; answered by a list of <see cref="HostRefusal"/>.</summary>
public readonly record struct ReadHostRefusals;

/// <summary>An event that a host could not carry out; nothing has changed.</summary>
/// <param name="Event">The event.</param>
/// <param name="Error">Why not, in one sentence.</param>
public sealed record HostRefusal(HostEvent Event, string Error);

/// <summary>Asks a host for the time that some task stalled on memory; answered by a number, us.</summary>
public readonly record struct ReadPsi;

/// <summary>The two variables that all kdamonds of one kernel share (spec 0 and 4).</summary>
/// <param name="Rotation">Counts the splits of only some regions.</param>
/// <param name="LastNrRegions">Regions at the begin of the last split of any kdamond.</param>
public readonly record struct SplitState(uint Rotation, uint LastNrRegions);

/// <summary>Asks a host for its kernel's <see cref="SplitState"/>.</summary>
public readonly record struct ReadSplitState;

/// <summary>Asks a host to change its kernel's state; answered by <see cref="Done"/>.</summary>
/// <param name="State">The new state.</param>
public readonly record struct WriteSplitState(SplitState State);
