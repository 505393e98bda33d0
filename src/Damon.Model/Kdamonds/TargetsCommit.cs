using Damon.Model.Monitoring;

namespace Damon.Model.Kdamonds;

/// <summary>New targets of a running kdamond (spec 12).</summary>
internal static class TargetsCommit
{
    /// <summary>
    /// Takes the targets that settings name. By position: those there are take the new ranges and process, but keep their
    /// regions when no ranges are given; extra and obsolete ones go, missing ones are added and get regions by the next
    /// update at the latest. The processes of cgroups go when their cgroup is not followed any more, and come with the next
    /// update.
    /// </summary>
    /// <param name="context">What has the targets.</param>
    /// <param name="settings">The settings, which are valid.</param>
    public static void Apply(MonitoringContext context, KdamondSettings settings)
    {
        List<Target> targets = context.Targets;
        context.Cgroups = MonitoringContext.CgroupsOf(settings);
        Target[] followed = [.. targets.Where(target => target.Cgroup is { } cgroup && context.Cgroups.Contains(cgroup))];
        targets.RemoveAll(target => target.Cgroup is not null);

        TargetSettings[] named = [.. settings.Targets.Where(target => target.Cgroup is null)];
        int existing = targets.Count;
        for (int i = existing - 1; i >= 0; i--)
        {
            if (i >= named.Length || named[i].Obsolete) targets.RemoveAt(i);
            else Update(targets[i], named[i], context.MinRegionSize);
        }

        for (int i = existing; i < named.Length; i++) context.AddTarget(named[i]);
        targets.AddRange(followed);
    }

    private static void Update(Target target, TargetSettings settings, ulong minRegionSize)
    {
        target.Process = settings.Process;
        if (settings.Ranges.IsEmpty) return;
        if (RegionRanges.Set(target.Regions, settings.Ranges.AsSpan(), minRegionSize) is { } error)
            throw new InvalidOperationException($"ranges that were found valid are not: {error}");
    }
}
