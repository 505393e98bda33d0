using Damon.Model.Monitoring;

namespace Damon.Model.VirtualMemory;

/// <summary>The live processes of a cgroup and its children.</summary>
/// <param name="Cgroup">Path of the cgroup.</param>
/// <param name="Processes">Names of the processes, in the order of their ids.</param>
public sealed record CgroupProcesses(string Cgroup, IReadOnlyList<string> Processes);

/// <summary>
/// Cgroups as monitoring targets: each of their processes is a target while it lives. No kernel has this; docs/extensions.md
/// has the semantics in full.
/// </summary>
public static class CgroupTargets
{
    /// <summary>
    /// Makes the targets those that were named one by one, in their order, and then those of each cgroup. A process that is a target
    /// already keeps its regions and their ages, also when it came to another cgroup; no process is a target twice.
    /// </summary>
    /// <param name="targets">The targets.</param>
    /// <param name="cgroups">The cgroups that are followed, in their order.</param>
    public static void Follow(List<Target> targets, IReadOnlyList<CgroupProcesses> cgroups)
    {
        Dictionary<string, Target> known = new(StringComparer.Ordinal);
        foreach (Target target in targets)
        {
            if (target is { Cgroup: not null, Process: { } process }) known.Add(process, target);
        }

        targets.RemoveAll(target => target.Cgroup is not null);
        HashSet<string> taken = [.. targets.Select(target => target.Process!)];
        foreach (CgroupProcesses cgroup in cgroups)
        {
            foreach (string process in cgroup.Processes.Where(taken.Add))
            {
                Target target = known.GetValueOrDefault(process) ?? new Target { Process = process };
                target.Cgroup = cgroup.Cgroup;
                targets.Add(target);
            }
        }
    }
}
