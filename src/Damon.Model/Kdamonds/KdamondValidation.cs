using System.Collections.Immutable;
using System.Numerics;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>What the kernel refuses when a kdamond is started or new parameters are committed (spec 2, 6, 9, 12, 14).</summary>
public static class KdamondValidation
{
    /// <summary>What is wrong, in one sentence; null: nothing.</summary>
    public static string? Validate(KdamondSettings settings)
    {
        if (!BitOperations.IsPow2(settings.MinRegionSize))
            return $"the smallest region's size is {settings.MinRegionSize}; it must be a power of two";
        if (settings.AddrUnit == 0) return "the address unit is 0; it must be at least 1 byte";
        if (settings.Probes.Length > ProbeHits.Slots)
            return $"there are {settings.Probes.Length} probes; a context has at most {ProbeHits.Slots}";
        return settings.Attributes.Validate()
            ?? ProbeWeights.Of(settings.Probes).Validate(settings.Attributes)
            ?? Schemes(settings)
            ?? Targets(settings);
    }

    /// <summary>What is wrong with the targets that a commit is to remove, in one sentence; null: nothing.</summary>
    /// <param name="settings">The new parameters.</param>
    /// <param name="nrTargets">How many targets there are.</param>
    public static string? Obsolete(KdamondSettings settings, int nrTargets)
    {
        TargetSettings[] named = [.. settings.Targets.Where(target => target.Cgroup is null)];
        for (int i = nrTargets; i < named.Length; i++)
        {
            if (named[i].Obsolete) return $"target {i} is marked as obsolete; there are only {nrTargets} targets that can be";
        }

        return null;
    }

    private static string? Targets(KdamondSettings settings)
    {
        RegionList scratch = new();
        for (int i = 0; i < settings.Targets.Length; i++)
        {
            TargetSettings target = settings.Targets[i];
            if (target.Cgroup is not null)
            {
                if (Cgroup(settings, i) is { } wrong) return wrong;
                continue;
            }

            if (settings.IsVirtual && target.Process is null)
                return $"target {i} names no process; each target of a virtual address space must name one";
            if (!settings.IsVirtual && target.Process is { } process)
                return $"target {i} names the process '{process}'; only targets of virtual address spaces have one";
            scratch.Clear();
            if (target.Ranges.IsEmpty) continue;
            if (RegionRanges.Set(scratch, target.Ranges.AsSpan(), settings.MinRegionSize) is { } error) return error;
        }

        return null;
    }

    private static string? Cgroup(KdamondSettings settings, int index)
    {
        TargetSettings target = settings.Targets[index];
        if (target.Process is { } process)
            return $"target {index} is both the process '{process}' and the cgroup '{target.Cgroup}'; it must be one of them";
        if (settings.Operations != OperationsKind.Vaddr)
            return $"target {index} is the cgroup '{target.Cgroup}'; only vaddr follows cgroups";
        if (!target.Ranges.IsEmpty)
            return $"target {index} is the cgroup '{target.Cgroup}' and has ranges; those of its processes are chosen by their mappings";
        return settings.Schemes.Any(scheme => scheme.Filters.Any(filter => filter.Type == SchemeFilterType.Target))
            ? $"target {index} is the cgroup '{target.Cgroup}', whose processes come and go, so that no filter can count targets"
            : null;
    }

    private static string? Schemes(KdamondSettings settings)
    {
        for (int i = 0; i < settings.Schemes.Length; i++)
        {
            ImmutableArray<QuotaGoal> goals = settings.Schemes[i].Quota.Goals;
            for (int j = 0; j < goals.Length; j++)
            {
                if (goals[j].TargetValue == 0) return $"goal {j} of scheme {i} aims at 0; it must be at least 1";
                if (goals[j].NeedsPhysicalRegions && settings.Operations != OperationsKind.Paddr)
                    return $"goal {j} of scheme {i} measures {goals[j].Metric}, which only the physical address space has";
            }
        }

        return null;
    }
}
