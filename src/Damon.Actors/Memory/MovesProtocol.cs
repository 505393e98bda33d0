namespace Damon.Actors.Memory;

/// <summary>Asks a memcg how many folios in a range of a process's pages are on each node; answered by numbers, by node.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="First">The first page.</param>
/// <param name="Count">The number of pages.</param>
public readonly record struct ReadPlaces(int Process, uint First, uint Count);

/// <summary>Asks a memcg how often folios of a process moved since the last <see cref="ForgetMoves"/>; answered by <see cref="ProcessMoves"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct ReadMoves(int Process);

/// <summary>Tells a memcg to count moves from 0 on; answered by <see cref="Done"/>.</summary>
public readonly record struct ForgetMoves;

/// <summary>How often folios of a process moved from one node to another.</summary>
/// <param name="Moves">All moves.</param>
/// <param name="Folios">Folios that moved at least once.</param>
/// <param name="MovedAgain">Folios that moved more than once.</param>
public readonly record struct ProcessMoves(ulong Moves, ulong Folios, ulong MovedAgain);
