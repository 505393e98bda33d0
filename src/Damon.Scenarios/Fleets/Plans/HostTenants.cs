using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model;

namespace Damon.Scenarios.Fleets.Plans;

/// <summary>What a host has for tenants that come and go.</summary>
/// <param name="Bytes">The memory that all of them may take together, bytes.</param>
/// <param name="OwnBytes">As much of it as the host has without the fleet's pool, bytes.</param>
/// <param name="Slots">The slots, each for one tenant at a time.</param>
public sealed record HostTenants(ulong Bytes, ulong OwnBytes, ImmutableArray<TenantSlot> Slots)
{
    /// <summary>Whether a process of the host is of a slot.</summary>
    /// <param name="process">Index of the process.</param>
    public bool HasProcess(int process) => Slots.Any(slot => slot.Programs.Any(program => program.Process == process));

    /// <summary>Whether a cgroup of the host is a slot's.</summary>
    /// <param name="memcg">Index of the cgroup.</param>
    public bool HasMemcg(int memcg) => Slots.Any(slot => slot.Memcg == memcg);
}

/// <summary>
/// A place for one tenant at a time: a memory cgroup with a process for each kind, of which at most one is alive. So a host has the
/// same cgroups and processes all the time, whoever comes and goes.
/// </summary>
/// <param name="Memcg">Index of the cgroup in the host's settings.</param>
/// <param name="Programs">By kind of tenant: its process.</param>
public sealed record TenantSlot(int Memcg, ImmutableArray<SlotProgram> Programs);

/// <summary>The program of a kind of tenants in a slot.</summary>
/// <param name="Process">Index of the process in the host's settings.</param>
/// <param name="Bytes">The memory that it takes, bytes.</param>
/// <param name="Nodes">The nodes that it takes memory of, the first with room.</param>
/// <param name="Events">How its memory comes and goes, at times from its start on, in order of time.</param>
public sealed record SlotProgram(int Process, ulong Bytes, ImmutableArray<NodeId> Nodes, ImmutableArray<HostEvent> Events);
