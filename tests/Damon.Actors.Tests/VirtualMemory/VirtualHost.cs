using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.VirtualMemory;

/// <summary>Small hosts with processes that have mappings.</summary>
internal static class VirtualHost
{
    public const string Process = "app";

    public const ulong NodeFrames = 1 << 17;

    public const ulong AggregationUs = 100_000;

    public static MonitoringAttributes Attributes { get; } = new()
    {
        SampleUs = 5_000,
        AggregationUs = AggregationUs,
        OpsUpdateUs = 1_000_000,
        MinNrRegions = 10,
        MaxNrRegions = 100,
    };

    /// <summary>A process all of whose pages are on node 0, small folios and huge ones by its mappings.</summary>
    public static ProcessSettings Resident(VmaLayout layout, string name = Process, ulong firstPfn = 0) => new()
    {
        Name = name,
        NrPages = (uint)layout.Vmas.Max(vma => vma.FirstPage + vma.PageCount),
        Vmas = layout,
        Placements = Placements(layout, firstPfn),
    };

    public static HostSettings Host(KdamondSettings kdamond, params ProcessSettings[] processes) => new()
    {
        Name = "virtual",
        Nodes = [.. Enumerable.Range(0, 3).Select(node => new NodeSettings((ulong)node * NodeFrames, NodeFrames))],
        Processes = [.. processes],
        Kdamonds = [kdamond],
    };

    public static KdamondSettings Kdamond(OperationsKind operations, params TargetSettings[] targets) => new()
    {
        Seed = 7,
        Operations = operations,
        Attributes = Attributes,
        Targets = [.. targets],
    };

    /// <summary>The mappings as the fixed ranges of a target.</summary>
    public static TargetSettings Fixed(VmaLayout layout) =>
        new([.. layout.Vmas.Select(vma => new AddressRange(vma.Start, vma.End))], Process);

    /// <summary>A scheme that deals all memory out over nodes 0, 1, ... by weights.</summary>
    public static SchemeSettings Interleave(params int[] weights) => new()
    {
        Action = SchemeAction.MigrateHot,
        Destinations = [.. weights.Select((weight, node) => new MigrationDestination(new NodeId(node), (uint)weight))],
    };

    /// <summary>The present folios of a process.</summary>
    public static MappedFolio[] Folios(SimulatedHost host, string process = Process)
    {
        ProcessEntry entry = host.Map.Process(process)!.Value;
        MappedFolio[] folios = new MappedFolio[1 << 14];
        PageTableWalked walked = entry.Memcg.Ask<WalkPageTable, PageTableWalked>(
            new WalkPageTable(entry.Index, 0, ulong.MaxValue, folios));
        return folios[..walked.Count];
    }

    /// <summary>How many folios of the process are on each node.</summary>
    public static int[] FoliosByNode(SimulatedHost host)
    {
        int[] counts = new int[host.Map.Nodes.Count];
        foreach (MappedFolio folio in Folios(host)) counts[folio.Pfn / NodeFrames]++;
        return counts;
    }

    public static ulong MigratedBytes(SimulatedHost host) =>
        host.Sample().Nodes.Aggregate(0UL, (sum, node) => sum + node.MigratedInBytes);

    /// <summary>Touches on all pages of a process, more often than they are sampled.</summary>
    public static TouchRule Busy(uint nrPages) =>
        new(new PageSet(0, nrPages, 1), TimeWindow.FromMs(0, long.MaxValue / 2000, 0), 1_000, 0);

    private static ImmutableArray<PagePlacement> Placements(VmaLayout layout, ulong firstPfn)
    {
        var placements = ImmutableArray.CreateBuilder<PagePlacement>();
        ulong pfn = firstPfn;
        foreach (Vma vma in layout.Vmas)
        {
            ulong frames = 1UL << vma.Order;
            pfn = KernelArithmetic.AlignUp(pfn, frames);
            placements.Add(new PagePlacement
            {
                FirstPage = vma.FirstPage,
                Count = (uint)vma.PageCount,
                FirstPfn = pfn,
                PfnStep = frames,
                Kind = new FolioKind(Anon: true, Active: true, Unevictable: false, Mapped: true, Huge: vma.Order > 0),
            });
            pfn += frames * vma.PageCount;
        }

        return placements.ToImmutable();
    }
}
