namespace Damon.Model.Monitoring;

/// <summary>
/// What one context monitors as a unit (section 2): the physical memory, or one process. Its regions are
/// in address order and do not overlap. A context knows its targets by their index.
/// </summary>
public sealed class Target
{
    /// <summary>The target's regions.</summary>
    public RegionList Regions { get; } = new();

    /// <summary>Name of the process whose address space it is; null: the target is no process.</summary>
    public string? Process { get; set; }

    /// <summary>Path of the cgroup that the process is monitored with; null: the target was named itself.</summary>
    public string? Cgroup { get; set; }

    /// <summary>How many regions several targets have together.</summary>
    public static int CountRegions(IReadOnlyList<Target> targets)
    {
        int total = 0;
        for (int i = 0; i < targets.Count; i++) total += targets[i].Regions.Count;
        return total;
    }

    /// <summary>The size of what several targets monitor, in core address units.</summary>
    public static ulong TotalSize(IReadOnlyList<Target> targets)
    {
        ulong total = 0UL;
        for (int i = 0; i < targets.Count; i++) total += targets[i].Regions.TotalSize();
        return total;
    }
}
