using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
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
internal sealed record SlotTemplate(int Count, ImmutableArray<Program> Programs, ulong Bytes, ulong OwnBytes)
{
    /// <summary>The slots' cgroups, which have no programs that are there from the start.</summary>
    public IEnumerable<Cgroup> Cgroups => Enumerable.Range(0, Count).Select(slot => new Cgroup(PathOf(slot), []));

    /// <summary>The path of a slot's cgroup.</summary>
    public static string PathOf(int slot) => string.Create(CultureInfo.InvariantCulture, $"/tenant-{slot}");

    /// <summary>Adds the slots' processes to those of a host. A tenant's program does the same on every host, so that one that moves goes on.</summary>
    /// <param name="processes">The host's processes.</param>
    /// <param name="cgroups">How many cgroups the host has, those of the slots included, which are the last.</param>
    /// <param name="shift">Bits of an address inside a page.</param>
    /// <param name="hasMappings">Whether anybody looks at virtual addresses.</param>
    /// <param name="seed">The run's seed.</param>
    public HostTenants Build(ImmutableArray<ProcessSettings>.Builder processes, int cgroups, int shift, bool hasMappings, ulong seed)
    {
        var slots = ImmutableArray.CreateBuilder<TenantSlot>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            int memcg = cgroups - Count + slot;
            string path = PathOf(slot);
            slots.Add(new TenantSlot(memcg, [.. Programs.Select(program => Build(processes, program, memcg, path, shift, hasMappings, seed))]));
        }

        return new HostTenants(Bytes, OwnBytes, slots.MoveToImmutable());
    }

    private static SlotProgram Build(
        ImmutableArray<ProcessSettings>.Builder processes, Program program, int memcg, string path, int shift, bool hasMappings, ulong seed)
    {
        WorkloadPlan plan = HostBuilder.Seeded(program.Workload, Seeds.Derive(seed, TenantsPlan.Name, program.Name, "workload")).Plan(shift);
        VmaLayout vmas = hasMappings ? program.Mappings.Layout(program.Workload, shift) : VmaLayout.Empty;
        int process = processes.Count;
        processes.Add(new ProcessSettings
        {
            Name = $"{path}/{program.Name}",
            Memcg = HostNames.IdOf(memcg),
            NrPages = hasMappings ? Mappings.PageCount(vmas) : plan.Pattern.PageCount,
            Rules = [.. plan.Pattern.Rules.Select(rule => rule with { AccessesPerTouch = program.AccessesPerTouch })],
            AllocationNodes = program.AllocationNodes,
            StartsLater = true,
            Vmas = vmas,
        });
        ulong bytes = program.Workload.Size.ToPages(plan.PageShift) << plan.PageShift;
        return new SlotProgram(process, bytes, program.AllocationNodes, [.. plan.Events.Select(one => HostBuilder.ToHostEvent(one, program, process))]);
    }
}
