using System.Collections.Immutable;
using Damon.Hocon.Units;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>Reads what hosts have for tenants that come and go.</summary>
/// <param name="machine">The machine.</param>
/// <param name="programs">Reads programs for it.</param>
/// <param name="kinds">The kinds of tenants.</param>
internal sealed class SlotsReader(Machine machine, TenantPrograms programs, TenantKinds kinds)
{
    private const ulong MostSlots = 1_000;
    private const ulong LargestMemory = 1UL << 52;

    /// <summary>The slots; null: there are none.</summary>
    /// <param name="host">The keys of a template of hosts.</param>
    /// <param name="cgroups">The cgroups that the hosts have all the time.</param>
    public SlotTemplate? Read(LayeredSection host, ImmutableArray<Cgroup> cgroups)
    {
        int count = (int)host.Count("tenant-slots", 0, MostSlots);
        ulong? memory = host.SizeOrNull("tenant-memory", 1 << 12, LargestMemory);
        if (count == 0)
        {
            if (memory is not null) host.Refuse("tenant-memory", "memory for tenants only where there are tenant-slots");
            return null;
        }

        if (kinds.Tenants is null) host.Refuse("tenant-slots", "0 where there are no fleet.tenants");
        if (cgroups.FirstOrDefault(cgroup => Enumerable.Range(0, count).Any(slot => SlotTemplate.PathOf(slot) == cgroup.Path)) is { } taken)
            host.Refuse("tenant-slots", $"no slot that is called as a cgroup; there is a cgroup {taken.Path}");
        if (memory > machine.Bytes) host.Refuse("tenant-memory", $"at most {HoconSize.Format(machine.Bytes)}, which is what the machine has");
        ulong lasting = cgroups.SelectMany(cgroup => cgroup.Programs).Aggregate(0UL, (sum, program) => sum + program.Workload.Size.Value);
        ulong own = machine.Nodes.Where(node => node.PooledAtStart is null).Aggregate(0UL, (sum, node) => sum + node.Size);
        ulong bytes = memory ?? Less(machine.Bytes, lasting);
        return new SlotTemplate(count, programs.On(machine), bytes, Math.Min(bytes, Less(own, lasting)));
    }

    private static ulong Less(ulong whole, ulong part) => whole - Math.Min(whole, part);
}
