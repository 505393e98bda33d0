namespace Damon.Actors.Memory;

/// <summary>Asks a swap device to hold room; answered by how much it holds, bytes: what was asked for or what is left.</summary>
/// <param name="Bytes">Bytes.</param>
public readonly record struct ReserveSwap(ulong Bytes);

/// <summary>Asks a swap device to take back room; answered by <see cref="Done"/>.</summary>
/// <param name="Bytes">Bytes.</param>
public readonly record struct ReleaseSwap(ulong Bytes);

/// <summary>Asks a swap device how much it holds; answered by a number, bytes.</summary>
public readonly record struct ReadSwapUsed;

/// <summary>Told to a memcg by the world's timetable: pages that were reclaimed are touched now.</summary>
/// <param name="DueUs">The instant, us.</param>
public readonly record struct RefaultDue(long DueUs);

/// <summary>Asks a node for a frame for each of some pages that were touched; answered by how many got one.</summary>
/// <param name="Owners">The pages, in the host's numbering.</param>
/// <param name="Template">What the folios are like.</param>
/// <param name="Pfns">
/// Takes the frames. A page that has one already is left alone; <see cref="Model.Memory.NodeMemory.NoPfn"/>: none yet, and there was
/// no room either.
/// </param>
public readonly record struct FaultIn(
    ReadOnlyMemory<uint> Owners, Model.Memory.FolioTemplate Template, Memory<ulong> Pfns);

/// <summary>Asks a node how much was copied from and to it so far; answered by a number, bytes.</summary>
public readonly record struct ReadMovedBytes;
