using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Actors.Tests.Costs;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.HugePages;

/// <summary>Small hosts where huge pages come, move, are split and go in all ways: by faults, khugepaged, schemes of both address spaces, swap.</summary>
internal sealed class RandomThpHost
{
    public const ulong EndUs = 1_200_000;

    private const uint Pages = 5 * HugeBlocks.Pages;
    private const int Processes = 3;
    private static readonly ulong _frames = 16UL << 20 >> 12;

    private ulong _state;

    private RandomThpHost(int seed) => _state = (uint)seed;

    public static HostSettings Settings(int seed) => new RandomThpHost(seed).Settings();

    private HostSettings Settings() => new()
    {
        Name = "random",
        Nodes = [new NodeSettings(0, _frames), new NodeSettings(_frames, _frames)],
        Memcgs = [new MemcgSettings(new MemcgId(1), "/a"), new MemcgSettings(new MemcgId(2), "/b")],
        Processes = [.. Enumerable.Range(0, Processes).Select(Process)],
        Kdamonds = [Virtual(), Virtual(), Physical()],
        Events = [.. Enumerable.Range(0, 14).Select(Happening).Concat(Starts()).OrderBy(one => one.AtUs)],
        Allocation = OneIn(2) ? AllocationPolicy.Scatter : AllocationPolicy.LowestFirst,
        Costs = OneIn(3) ? CostSettings.Free : CostSettings.Measured with { Memory = new MemoryCosts { Tlb = TlbCost.Skylake } },
        Swap = OneIn(3) ? null : SwapSettings.Zswap with { CapacityBytes = OneIn(2) ? null : 6UL << 20 },
        Thp = new ThpSettings((HugePagePolicy)Below(3))
        {
            ScanSleepUs = 20_000 * (1 + Below(8)),
            PagesToScan = HugeBlocks.Pages * (uint)(1 + Below(4)),
            MaxPtesNone = (uint)Below(512),
        },
    };

    private ProcessSettings Process(int index) => new()
    {
        Name = $"process-{index}",
        Memcg = new MemcgId(1 + ((ulong)index / 2)),
        NrPages = Pages,
        Vmas = Layout(index),
        CanHaveHugePages = !OneIn(6),
        AllocationNodes = OneIn(2) ? [] : [new NodeId(1)],
        Rules =
        [
            new TouchRule(new PageSet(0, Pages / 2), TimeWindow.Always, 1_000 * (1 + Below(300))),
            new TouchRule(new PageSet((uint)Below(1_000), 150, 1 + (uint)Below(8)), TimeWindow.FromMs(0, 100 + Below(300), 600), 1_000 * (1 + Below(90))),
            new PoissonRule(new PageSet((uint)Below(1_000), 400), TimeWindow.Always, Below(4), (ulong)Below(1_000)),
        ],
    };

    /// <summary>Two mappings that begin at any pages, so that the blocks of the first do not begin at multiples of 512 of its pages.</summary>
    private VmaLayout Layout(int index)
    {
        ulong start = (0x10_0000UL * (1 + (ulong)index)) + (ulong)Below(1_024);
        uint first = (uint)(Pages / 2) + (uint)Below(700);
        ulong gap = (ulong)Below(2) * (ulong)(1 + Below(700));
        return new VmaLayout(
        [
            new(start << 12, (start + first) << 12, 0, 0),
            new((start + first + gap) << 12, (start + gap + Pages) << 12, 0, first),
        ]);
    }

    private KdamondSettings Virtual()
    {
        int process = Below(Processes);
        SchemeAction[] actions = [SchemeAction.HugePage, SchemeAction.NoHugePage, SchemeAction.Collapse, SchemeAction.PageOut, SchemeAction.Cold, SchemeAction.MigrateHot];
        ulong start = 0x10_0000UL * (1 + (ulong)process) << 12;
        return new KdamondSettings
        {
            Seed = (ulong)Below(1_000),
            Operations = OperationsKind.Fvaddr,
            Attributes = new MonitoringAttributes { SampleUs = 5_000, AggregationUs = 50_000, MinNrRegions = 3, MaxNrRegions = 30 },
            Targets = [new TargetSettings([new AddressRange(start, start + ((ulong)(Pages + 2_000) << 12))], $"process-{process}")],
            Schemes = [.. Enumerable.Range(0, 2).Select(_ => Scheme(actions[Below(actions.Length)]))],
        };
    }

    private KdamondSettings Physical() => TwoTiers.Kdamond(Scheme(OneIn(2) ? SchemeAction.PageOut : SchemeAction.MigrateCold)) with
    {
        Targets = [new TargetSettings([new AddressRange(0, (2 * _frames) << 12)])],
    };

    private SchemeSettings Scheme(SchemeAction action) => new()
    {
        Action = action,
        TargetNode = new NodeId(Below(2)),
        Pattern = OneIn(2) ? AccessPattern.Any : AccessPattern.Any with { MaxNrAccesses = (uint)Below(10) },
        Quota = QuotaSettings.None with { ResetIntervalMs = 200, SizeBytes = (ulong)(1 + Below(3)) << 21 },
    };

    private IEnumerable<HostEvent> Starts() => Enumerable.Range(0, Processes).Select(process => Touch(0, process));

    private HostEvent Happening(int index)
    {
        ulong at = (ulong)Below((int)EndUs);
        int process = Below(Processes);
        uint first = (uint)Below((int)Pages);
        return Below(8) switch
        {
            0 => new FreeEvent(at, process, first, (uint)Below((int)(Pages - first)) + 1),
            1 when OneIn(2) => new VmasEvent(at, process, Layout(process)),
            2 when OneIn(3) => new ExitEvent(at, process),
            3 => new BalloonEvent(at, new NodeId(Below(2)), (ulong)Below((int)_frames / 2)),
            _ => Touch(at, process),
        };
    }

    private AllocateEvent Touch(ulong at, int process)
    {
        uint stride = OneIn(2) ? 1 : 1 + (uint)Below(40);
        uint first = (uint)Below((int)Pages / 2);
        return new AllocateEvent(at, process, first, 1 + (uint)Below((int)((Pages - first) / stride)), new NodeId(Below(2)), OneIn(2) ? null : new NodeId(1), TwoTiers.Heap)
        {
            Stride = stride,
        };
    }

    private bool OneIn(int n) => Below(n) == 0;

    private int Below(int limit) => (int)(Seeds.Mix(_state += 0x9e3779b97f4a7c15) % (ulong)limit);
}
