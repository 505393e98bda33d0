using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Kdamonds;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.Costs;

/// <summary>
/// Small hosts of any kind: page sizes, huge folios, tenants, rules, schemes that reclaim and migrate, swap, frees and allocations.
/// </summary>
internal sealed class RandomHost
{
    public const ulong EndUs = 1_500_000;

    private const uint HugePages = 3;

    private static readonly int[] _shifts = [12, 14, 16, 21];

    private readonly int _shift;
    private readonly uint _pages;
    private readonly ulong _perHuge;
    private readonly ulong _frames;
    private ulong _state;

    private RandomHost(int seed)
    {
        _state = (uint)seed;
        _shift = _shifts[Below(4)];
        _pages = (uint)Math.Min(24UL << 20 >> _shift, 512);
        _perHuge = 1UL << (NodeMemory.HugeShift - _shift);
        _frames = ((((2UL * _pages) + _perHuge - 1) / _perHuge) + HugePages) * _perHuge;
    }

    public static HostSettings Settings(int seed) => new RandomHost(seed).Settings();

    private HostSettings Settings() => new()
    {
        Name = "random",
        PageShift = _shift,
        Nodes = [new NodeSettings(0, _frames), new NodeSettings(_frames, _frames)],
        Memcgs = [new MemcgSettings(new MemcgId(1), "/a"), new MemcgSettings(new MemcgId(2), "/b")],
        Processes = [Process(0, 1), Process(1, 1), Process(2, 2), HugeProcess()],
        Kdamonds = [Kdamond(TwoTiers.PageOutAll with { MaxNrSnapshots = 0 }), Kdamond(TwoTiers.MigrateAll(Below(2)))],
        Events =
        [
            new FreeEvent(400_000, Below(3), 0, _pages / 2),
            new AllocateEvent(700_000, Below(3), 0, _pages, new NodeId(0), new NodeId(1), TwoTiers.Heap),
            new FreeEvent(1_100_000, Below(3), _pages / 3, _pages / 3),
        ],
        Costs = Below(2) == 0 ? CostSettings.Measured : CostSettings.Free,
        Swap = (Below(2) == 0 ? SwapSettings.Zswap : SwapSettings.Ssd) with { CapacityBytes = Below(2) == 0 ? null : 2UL << 20 },
    };

    private ProcessSettings Process(int index, ulong memcg) => new()
    {
        Name = $"process-{index}",
        Memcg = new MemcgId(memcg),
        NrPages = _pages,
        AllocationNodes = Below(2) == 0 ? [] : [new NodeId(1)],
        Placements =
        [
            new PagePlacement
            {
                FirstPage = 0,
                Count = _pages * 3 / 4,
                FirstPfn = (index == 1 ? _frames : 0) + (index == 2 ? _pages : 0UL),
                Kind = TwoTiers.Heap with { Anon = Below(3) > 0, Unevictable = Below(6) == 0 },
            },
        ],
        Rules = [Periodic(), Periodic(), Strided(), Poisson()],
    };

    /// <summary>At the end of the host's memory.</summary>
    private ProcessSettings HugeProcess() => new()
    {
        Name = "huge",
        Memcg = new MemcgId(2),
        NrPages = HugePages,
        Placements =
        [
            new PagePlacement
            {
                FirstPage = 0,
                Count = HugePages,
                FirstPfn = (2 * _frames) - (HugePages * _perHuge),
                PfnStep = _perHuge,
                Kind = TwoTiers.Heap with { Huge = true },
            },
        ],
        Rules = [TwoTiers.EveryMs(HugePages, 1 + Below(900))],
    };

    private KdamondSettings Kdamond(SchemeSettings scheme)
    {
        QuotaSettings limit = QuotaSettings.None with { ResetIntervalMs = 200, SizeBytes = (ulong)(1 + Below(4)) << 21 };
        AccessPattern cold = AccessPattern.Any with { MaxNrAccesses = (uint)Below(20) };
        scheme = scheme with
        {
            Quota = Below(2) == 0 ? QuotaSettings.None : limit,
            Pattern = Below(2) == 0 ? AccessPattern.Any : cold,
        };
        return TwoTiers.Kdamond(scheme) with
        {
            Targets = [new TargetSettings([new AddressRange(0, (2 * _frames) << _shift)])],
            MinRegionSize = 1UL << _shift,
            Probes = Below(2) == 0 ? [] : [new Probe((uint)Below(2), [new ProbeFilter(ProbeFilterType.Anon, Matching: true, Allow: true)])],
            PageCounting = Below(2) == 0 ? null : new PageCounting(200_000, IsFree: Below(2) == 0),
        };
    }

    private PageSet Run(uint stride)
    {
        uint first = (uint)Below((int)_pages / 2);
        return new PageSet(first, Math.Max(1, (_pages - first) / stride / 2), stride);
    }

    private TouchRule Periodic()
    {
        var window = TimeWindow.FromMs(0, 20 + Below(500), Below(2) * 600);
        return new TouchRule(Run(1), window, 1000 * (1 + Below(300)), Below(9999));
    }

    private TouchRule Strided() => new(Run(3), TimeWindow.Always, 1000 * (1 + Below(900)));

    private PoissonRule Poisson() => new(Run(1), TimeWindow.Always, Below(10), (ulong)Below(1000));

    private int Below(int limit) => (int)(Seeds.Mix(_state += 0x9e3779b97f4a7c15) % (ulong)limit);
}
