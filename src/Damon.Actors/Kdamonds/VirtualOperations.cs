using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Kdamonds;

/// <summary>
/// Monitoring of virtual address spaces (spec 10 and 14): the sampling addresses of each target go to the memcg that has its
/// process, which finds the folios through the page table.
/// </summary>
/// <param name="map">Who is who.</param>
/// <param name="followsMappings">Whether regions follow the processes' mappings (vaddr) or are fixed (fvaddr).</param>
internal sealed class VirtualOperations(HostMap map, bool followsMappings) : IOperations
{
    private ulong[] _addresses = [];
    private bool[] _young = [];

    /// <inheritdoc/>
    public bool IsVirtual => true;

    /// <inheritdoc/>
    public void Init(MonitoringContext context)
    {
        FollowCgroups(context);
        foreach (Target target in context.Targets)
        {
            if (target.Regions.Count == 0) FollowMappings(target, context.MinRegionSize);
        }
    }

    /// <inheritdoc/>
    public void PrepareAccessChecks(MonitoringContext context)
    {
        Reserve(context.NrRegions);
        int first = 0;
        foreach (Target target in context.Targets)
        {
            int count = target.Regions.Count;
            if (count > 0 && IsTargetValid(target)) Prepare(context, target, _addresses.AsMemory(first, count));
            first += count;
        }
    }

    /// <inheritdoc/>
    public uint CheckAccesses(MonitoringContext context)
    {
        uint highest = 0;
        int first = 0;
        foreach (Target target in context.Targets)
        {
            Span<Region> regions = target.Regions.Span;
            Check(target, first);
            for (int i = 0; i < regions.Length; i++)
            {
                if (_young[first + i]) regions[i].NrAccesses++;
                highest = Math.Max(highest, regions[i].NrAccesses);
            }

            first += regions.Length;
        }

        return highest;
    }

    /// <summary>Probes look at physical memory only: here none ever hits.</summary>
    public void ApplyProbes(MonitoringContext context, bool drawSamples)
    {
    }

    /// <inheritdoc/>
    public void Update(MonitoringContext context)
    {
        FollowCgroups(context);
        foreach (Target target in context.Targets) FollowMappings(target, context.MinRegionSize);
    }

    /// <summary>Whether the target's process has not exited.</summary>
    public bool IsTargetValid(Target target)
    {
        ProcessEntry process = ProcessOf(target);
        return process.Memcg.Ask<ReadIsAlive, bool>(new ReadIsAlive(process.Index));
    }

    /// <summary>Makes the live processes of the followed cgroups targets (docs/extensions.md).</summary>
    private void FollowCgroups(MonitoringContext context)
    {
        if (context.Cgroups.IsEmpty && context.Targets.TrueForAll(target => target.Cgroup is null)) return;
        CgroupTargets.Follow(
            context.Targets, [.. context.Cgroups.Select(cgroup => new CgroupProcesses(cgroup, [.. LiveProcesses(cgroup)]))]);
    }

    private IEnumerable<string> LiveProcesses(string cgroup) => map.MemcgsBelow(cgroup)
        .SelectMany(memcg => memcg.Ask<ReadProcesses, IReadOnlyList<int>>(default))
        .Order()
        .Where(process => map.MemcgOfProcess[process].Ask<ReadIsAlive, bool>(new ReadIsAlive(process)))
        .Select(map.NameOf);

    private ProcessEntry ProcessOf(Target target) => map.Process(target.Process!)
        ?? throw new InvalidOperationException($"a target names the process '{target.Process}', which the host does not have");

    /// <summary>Fits a target's regions to its process's mappings; if those say nothing, the regions stay.</summary>
    private void FollowMappings(Target target, ulong minRegionSize)
    {
        if (!followsMappings) return;
        ProcessEntry process = ProcessOf(target);
        if (process.Memcg.Ask<FindThreeRegions, ThreeRegions?>(new FindThreeRegions(process.Index)) is { } found)
            found.Fit(target.Regions, minRegionSize);
    }

    private void Prepare(MonitoringContext context, Target target, Memory<ulong> addresses)
    {
        Span<Region> regions = target.Regions.Span;
        Span<ulong> drawn = addresses.Span;
        for (int i = 0; i < drawn.Length; i++) drawn[i] = context.Random.Between(regions[i].Start, regions[i].End);
        ProcessEntry process = ProcessOf(target);
        process.Memcg.Ask<MarkOldMapped, Done>(new MarkOldMapped(process.Index, addresses));
    }

    /// <summary>Asks which samples of a target are young; those of a process that has exited never are.</summary>
    private void Check(Target target, int first)
    {
        int count = target.Regions.Count;
        ProcessEntry process = ProcessOf(target);
        process.Memcg.Ask<CheckYoungMapped, Done>(new CheckYoungMapped(
            process.Index, _addresses.AsMemory(first, count), _young.AsMemory(first, count)));
    }

    private void Reserve(int nrRegions)
    {
        if (_addresses.Length >= nrRegions) return;
        _addresses = new ulong[nrRegions * 2];
        _young = new bool[nrRegions * 2];
    }
}
