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

/// <summary>Small hosts of any kind: page sizes, tenants, rules, schemes that reclaim and migrate, swap, frees and allocations.</summary>
internal static class RandomHost
{
    public const ulong EndUs = 1_500_000;

    private const uint HugePages = 3;

    private static readonly int[] _shifts = [12, 14, 16, 21];

    public static HostSettings Settings(int seed)
    {
        int draw = 0;
        int Below(int limit) => (int)(Seeds.Derive((ulong)(uint)seed, "host", "", (draw++).ToString(System.Globalization.CultureInfo.InvariantCulture)) % (ulong)limit);

        int shift = _shifts[Below(4)];
        uint pages = (uint)Math.Min(24UL << 20 >> shift, 512);
        ulong perHuge = 1UL << (NodeMemory.HugeShift - shift);
        ulong frames = ((((2UL * pages) + perHuge - 1) / perHuge) + HugePages) * perHuge;
        ImmutableArray<ProcessSettings> processes = [.. Enumerable.Range(0, 3).Select(i => new ProcessSettings
        {
            Name = $"process-{i}",
            Memcg = new MemcgId((ulong)(i == 2 ? 2 : 1)),
            NrPages = pages,
            AllocationNodes = Below(2) == 0 ? [] : [new NodeId(1)],
            Placements =
            [
                new PagePlacement
                {
                    FirstPage = 0,
                    Count = pages * 3 / 4,
                    FirstPfn = (ulong)(i % 2 * (int)frames) + (i == 2 ? pages : 0UL),
                    Kind = TwoTiers.Heap with { Anon = Below(3) > 0, Unevictable = Below(6) == 0 },
                },
            ],
            Rules = [Periodic(), Periodic(), Strided(), Random()],
        })];
        processes = processes.Add(new ProcessSettings
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
                    FirstPfn = (2 * frames) - (HugePages * perHuge),
                    PfnStep = perHuge,
                    Kind = TwoTiers.Heap with { Huge = true },
                },
            ],
            Rules = [TwoTiers.EveryMs(HugePages, 1 + Below(900))],
        });
        return new HostSettings
        {
            Name = "random",
            Seed = (ulong)(uint)seed,
            PageShift = shift,
            Nodes = [new NodeSettings(0, frames), new NodeSettings(frames, frames)],
            Memcgs = [new MemcgSettings(new MemcgId(1), "/a"), new MemcgSettings(new MemcgId(2), "/b")],
            Processes = processes,
            Kdamonds =
            [
                TwoTiers.Kdamond(TwoTiers.PageOutAll with { MaxNrSnapshots = 0, Quota = Quota(), Pattern = Pattern() }) with
                {
                    Targets = [new TargetSettings([new AddressRange(0, (2 * frames) << shift)])],
                    MinRegionSize = 1UL << shift,
                },
                TwoTiers.Kdamond(TwoTiers.MigrateAll(Below(2)) with { Quota = Quota(), Pattern = Pattern() }) with
                {
                    Targets = [new TargetSettings([new AddressRange(0, (2 * frames) << shift)])],
                    MinRegionSize = 1UL << shift,
                },
            ],
            Events =
            [
                new FreeEvent(400_000, Below(3), 0, pages / 2),
                new AllocateEvent(700_000, Below(3), 0, pages, new NodeId(0), new NodeId(1), TwoTiers.Heap),
                new FreeEvent(1_100_000, Below(3), pages / 3, pages / 3),
            ],
            Costs = Below(2) == 0 ? CostSettings.Measured : CostSettings.Free,
            Swap = (Below(2) == 0 ? SwapSettings.Zswap : SwapSettings.Ssd) with { CapacityBytes = Below(2) == 0 ? null : 2UL << 20 },
        };

        PageSet Run(uint stride)
        {
            uint first = (uint)Below((int)pages / 2);
            return new PageSet(first, Math.Max(1, (pages - first) / stride / 2), stride);
        }

        AccessRule Periodic() => new TouchRule(Run(1), TimeWindow.FromMs(0, 20 + Below(500), Below(2) * 600), 1000 * (1 + Below(300)), Below(9999));
        AccessRule Strided() => new TouchRule(Run(3), TimeWindow.Always, 1000 * (1 + Below(900)));
        AccessRule Random() => new PoissonRule(Run(1), TimeWindow.Always, Below(10), (ulong)Below(1000));
        AccessPattern Pattern() => Below(2) == 0 ? AccessPattern.Any : AccessPattern.Any with { MaxNrAccesses = (uint)Below(20) };
        QuotaSettings Quota() => Below(2) == 0
            ? QuotaSettings.None
            : QuotaSettings.None with { ResetIntervalMs = 200, SizeBytes = (ulong)(1 + Below(4)) << 21 };
    }
}
