using System.Collections.Immutable;
using Damon.Model.Kdamonds;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>vaddr-targets</c>.</summary>
internal static class VaddrTargetsReader
{
    public static ImmutableArray<VaddrTarget> Read(LayeredSection section, EachSections each, HostNames names)
    {
        var targets = ImmutableArray.CreateBuilder<VaddrTarget>();
        foreach (LayeredSection item in section.Items("vaddr-targets", each, "vaddr-target"))
        {
            int kdamond = (int)item.Count("kdamond", 0, int.MaxValue);
            string? process = item.TextOrNull("process");
            string? cgroup = item.TextOrNull("cgroup");
            if (process is null == cgroup is null) item.Refuse("cgroup", "either a process or a cgroup, and not both");
            else if (process is not null && !names.Processes.Any(one => one.Name == process))
                item.Refuse("process", $"one of {string.Join(", ", names.Processes.Select(one => one.Name))}");
            else if (cgroup is not null && !names.Cgroups.Any(path => Actors.Hosts.MemcgSettings.IsBelow(path, cgroup)))
                item.Refuse("cgroup", $"one of {string.Join(", ", names.Cgroups)}, or one above");
            else targets.Add(new VaddrTarget(kdamond, new TargetSettings([], process, Cgroup: cgroup)));
        }

        return targets.ToImmutable();
    }

    /// <summary>Holds the targets against the kdamonds that they are for.</summary>
    public static void Check(LayeredSection section, ImmutableArray<VaddrTarget> targets, ImmutableArray<KdamondSettings> kdamonds)
    {
        foreach (VaddrTarget target in targets)
        {
            if (target.Kdamond >= kdamonds.Length || !kdamonds[target.Kdamond].IsVirtual)
                section.Refuse("vaddr-targets", $"targets of kdamonds of vaddr; kdamond {target.Kdamond} is none");
        }
    }
}
