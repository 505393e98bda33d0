using Damon.Model.VirtualMemory;

namespace Damon.Actors.Memory;

/// <summary>Tells a memcg that a process has new mappings; what they leave out is freed; answered by <see cref="PagesChanged"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Vmas">The mappings.</param>
public readonly record struct ReplaceVmas(int Process, VmaLayout Vmas);

/// <summary>Tells a memcg that a process of its starts; answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct StartProcess(int Process);

/// <summary>Tells a memcg that a process joins its cgroup; answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct JoinCgroup(int Process);

/// <summary>Tells a memcg that a process is not in its cgroup any more; answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct LeaveCgroup(int Process);

/// <summary>
/// Asks a memcg which processes are in its cgroup (cgroup.procs), dead or alive; answered by their indexes, ascending.
/// </summary>
public readonly record struct ReadProcesses;

/// <summary>Tells a memcg that a process exits; answered by <see cref="PagesChanged"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct ExitProcess(int Process);

/// <summary>Asks a memcg whether a process has not exited.</summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct ReadIsAlive(int Process);

/// <summary>
/// Asks a memcg what of a process is to be monitored; answered by <see cref="ThreeRegions"/>, or by null when the process has
/// exited or has not enough gaps.
/// </summary>
/// <param name="Process">Index of the process in the host.</param>
public readonly record struct FindThreeRegions(int Process);

/// <summary>Asks a memcg to make the folios at addresses of a process old; answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Addresses">Virtual addresses, ascending.</param>
public readonly record struct MarkOldMapped(int Process, ReadOnlyMemory<ulong> Addresses);

/// <summary>Asks a memcg which of the folios at addresses of a process were touched since; answered by <see cref="Done"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Addresses">Virtual addresses, ascending.</param>
/// <param name="Young">Takes the answer, address by address; false where nothing is mapped.</param>
public readonly record struct CheckYoungMapped(int Process, ReadOnlyMemory<ulong> Addresses, Memory<bool> Young);

/// <summary>Asks a memcg whether all of a range is mapped.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">First address after the range, bytes.</param>
public readonly record struct ReadIsMapped(int Process, ulong Start, ulong End);

/// <summary>Asks a memcg to walk over a process's page table; answered by <see cref="PageTableWalked"/>.</summary>
/// <param name="Process">Index of the process in the host.</param>
/// <param name="Start">First address, bytes.</param>
/// <param name="End">First address after the range, bytes.</param>
/// <param name="Folios">Takes what is present, in address order, as far as there is room.</param>
public readonly record struct WalkPageTable(int Process, ulong Start, ulong End, Memory<MappedFolio> Folios);

/// <summary>What a walk over a page table found.</summary>
/// <param name="Count">The number of folios.</param>
/// <param name="Next">Where to go on; the range's end when all was seen.</param>
public readonly record struct PageTableWalked(int Count, ulong Next);
