using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Tests.Costs;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.HugePages;

/// <summary>A process of 8 MiB that begins a page before a block's border, on two nodes of 64 MiB, for tests that spell one thing out.</summary>
internal static class ThpHost
{
    public const ulong Page = 4096;
    public const ulong Block = HugeBlocks.Bytes;
    public const ulong FirstBlock = 0x5500_0000_0000;
    public const uint Pages = 4 * HugeBlocks.Pages;

    /// <summary>The first page of the first whole block; there are three.</summary>
    public const uint BlockPage = 1;

    /// <summary>A page, three whole blocks, and the rest of a fourth.</summary>
    public static VmaLayout Layout { get; } = new([new(FirstBlock - Page, FirstBlock + (4 * Block) - Page, 0, FirstPage: 0)]);

    /// <summary>A host where huge pages are used by a policy, and the process touches all its pages each millisecond.</summary>
    public static HostSettings Settings(HugePagePolicy policy, params HostEvent[] events) =>
        TwoTiers.Host([Process(TwoTiers.EveryMs(Pages, 1))]) with
        {
            Thp = new ThpSettings(policy) { ScanSleepUs = 100_000 },
            Events = [.. events.OrderBy(one => one.AtUs)],
        };

    public static ProcessSettings Process(AccessRule rule) => new()
    {
        Name = "app",
        Memcg = TwoTiers.Memcg,
        NrPages = Pages,
        Vmas = Layout,
        CanHaveHugePages = true,
        Rules = [rule],
    };

    /// <summary>The process first touches pages.</summary>
    public static AllocateEvent Touch(ulong atUs, uint first, uint count, uint stride = 1) =>
        new(atUs, 0, first, count, new NodeId(0), new NodeId(1), TwoTiers.Heap) { Stride = stride };

    /// <summary>A host that is run to a time.</summary>
    public static SimulatedHost RunTo(ulong us, HostSettings settings)
    {
        SimulatedHost host = new(settings);
        host.RunUntil(us);
        return host;
    }

    /// <summary>A kdamond that lets one scheme at all of a range, at each aggregation.</summary>
    /// <param name="action">The scheme's action.</param>
    /// <param name="start">The range's begin.</param>
    /// <param name="end">The range's end.</param>
    /// <param name="minRegionSize">Regions are not cut smaller than this.</param>
    public static KdamondSettings Kdamond(SchemeAction action, ulong start, ulong end, ulong minRegionSize) => new()
    {
        Seed = 1,
        Operations = OperationsKind.Fvaddr,
        Attributes = new MonitoringAttributes { MinNrRegions = 3, MaxNrRegions = 3 },
        MinRegionSize = minRegionSize,
        Targets = [new TargetSettings([new AddressRange(start, end)], "app")],
        Schemes = [new SchemeSettings { Action = action }],
    };

    /// <summary>Gives advice for some of the whole blocks.</summary>
    public static void Advise(this SimulatedHost host, HugePageAdvice advice, ulong fromBlock, ulong toBlock) =>
        host.Map.MemcgOfProcess[0].Ask<AdviseHugePages, Done>(
            new AdviseHugePages(0, new AddressRange(FirstBlock + (fromBlock * Block), FirstBlock + (toBlock * Block)), advice));

    /// <summary>Collapses what lies in a range; tells whether all of it is huge then.</summary>
    public static bool Collapse(this SimulatedHost host, ulong start, ulong end) =>
        host.Map.MemcgOfProcess[0].Ask<CollapseBlocks, bool>(new CollapseBlocks(0, new AddressRange(start, end)));

    public static HugePageSample Use(this SimulatedHost host) => host.Sample().HugePages[0];

    /// <summary>The folios that are mapped, in address order.</summary>
    public static MappedFolio[] Folios(SimulatedHost host, int process = 0)
    {
        MappedFolio[] folios = new MappedFolio[1 << 13];
        PageTableWalked walked = host.Map.MemcgOfProcess[process].Ask<WalkPageTable, PageTableWalked>(
            new WalkPageTable(process, 0, ulong.MaxValue, folios));
        return folios[..walked.Count];
    }

    /// <summary>
    /// What always holds: nodes and page tables agree on what is used, counts agree with a walk over the tables, huge pages are aligned in
    /// both address spaces, and no more is touched than is resident.
    /// </summary>
    public static void CheckConsistency(SimulatedHost host)
    {
        HostSample sample = host.Sample();
        ulong resident = 0;
        for (int process = 0; process < sample.HugePages.Length; process++)
        {
            HugePageSample use = sample.HugePages[process];
            MappedFolio[] folios = Folios(host, process);
            MappedFolio[] huge = [.. folios.Where(folio => folio.Bytes == Block)];
            Assert.Equal(use.ResidentBytes, folios.Aggregate(0UL, (sum, folio) => sum + folio.Bytes));
            Assert.Equal(use.HugeBytes, (ulong)huge.Length * Block);
            Assert.All(huge, folio => Assert.Equal((0UL, 0UL), (folio.Pfn % HugeBlocks.Pages, folio.Address % Block)));
            Assert.Equal(folios.Length, folios.Select(folio => folio.Pfn).Distinct().Count());
            Assert.True(use.TouchedBytes <= use.ResidentBytes);
            resident += use.ResidentBytes;
        }

        // Balloons hold the rest.
        Assert.True(sample.Nodes.Aggregate(0UL, (sum, node) => sum + node.UsedBytes) >= resident);
        Assert.Equal(sample.Memcgs.Aggregate(0UL, (sum, memcg) => memcg.ResidentBytesByNode.Aggregate(sum, (all, node) => all + node)), resident);
    }
}
