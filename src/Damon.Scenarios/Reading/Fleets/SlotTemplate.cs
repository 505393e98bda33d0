using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading.Fleets;

/// <summary>The slots for tenants that hosts of a template have.</summary>
/// <param name="Count">How many slots.</param>
/// <param name="Programs">By kind of tenant: its program; its name is the kind's.</param>
/// <param name="Bytes">The memory that tenants may take together, bytes.</param>
/// <param name="OwnBytes">As much of it as is not of the fleet's pool, bytes.</param>
internal sealed record SlotTemplate(int Count, ImmutableArray<TenantProgram> Programs, ulong Bytes, ulong OwnBytes)
{
    /// <summary>The slots' cgroups, which have no programs that are there from the start.</summary>
    public IEnumerable<Cgroup> Cgroups => Enumerable.Range(0, Count).Select(slot => new Cgroup(PathOf(slot), []));

    /// <summary>The path of a slot's cgroup.</summary>
    public static string PathOf(int slot) => string.Create(CultureInfo.InvariantCulture, $"/tenant-{slot}");

    /// <summary>Adds the slots' processes to those of a host. A tenant's program does the same on every host, so that one that moves goes on.</summary>
    /// <param name="processes">The host's processes.</param>
    /// <param name="template">What the host is of; the slots' cgroups are its last ones.</param>
    /// <param name="hasMappings">Whether anybody looks at virtual addresses.</param>
    public HostTenants Build(ImmutableArray<ProcessSettings>.Builder processes, HostTemplate template, bool hasMappings)
    {
        var slots = ImmutableArray.CreateBuilder<TenantSlot>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            int memcg = template.Cgroups.Length - Count + slot;
            slots.Add(new TenantSlot(memcg, [.. Programs.Select(program => Build(processes, program, memcg, template, hasMappings))]));
        }

        return new HostTenants(Bytes, OwnBytes, slots.MoveToImmutable());
    }

    private static SlotProgram Build(
        ImmutableArray<ProcessSettings>.Builder processes, TenantProgram tenant, int memcg, HostTemplate template, bool hasMappings)
    {
        int shift = template.Machine.PageShift;
        (Program program, WorkloadPlan plan) = (tenant.Program, tenant.Plan);
        VmaLayout vmas = hasMappings ? program.Mappings.Layout(program.Workload, shift) : VmaLayout.Empty;
        int process = processes.Count;
        processes.Add(new ProcessSettings
        {
            Name = $"{template.Cgroups[memcg].Path}/{program.Name}",
            Memcg = HostNames.IdOf(memcg),
            NrPages = hasMappings ? Mappings.PageCount(vmas) : plan.Pattern.PageCount,
            Rules = tenant.Rules,
            AllocationNodes = program.AllocationNodes,
            StartsLater = true,
            Vmas = vmas,
            CanHaveHugePages = template.Thp is not null && HostBuilder.CanHaveHugePages(program.Workload, plan),
        });
        ulong bytes = program.Workload.Size.ToPages(plan.PageShift) << plan.PageShift;
        return new SlotProgram(process, bytes, program.AllocationNodes, [.. plan.Events.Select(one => HostBuilder.ToHostEvent(one, program, process))]);
    }
}
