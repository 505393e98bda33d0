using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Schemes;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.Costs;

public class TenantCostTests
{
    private const uint Pages = 1024;

    [Fact]
    public void WithAllMemoryInTheFastestTierAndNoLoadTheSlowdownIsOne()
    {
        TenantSample tenant = Run(Placed(node: 0) with { Costs = new CostSettings { Memory = TwoTiers.Unloaded } }).Tenants[0];
        Assert.True(tenant.Slowdown == 1.0);
        Assert.Equal(100, tenant.AverageLatencyNs);
        Assert.Equal(Pages * 100.0, tenant.AccessesPerSecond);
    }

    [Fact]
    public void OnCxlMemoryALoadTakesTheTiersLatency()
    {
        TenantSample tenant = Run(Placed(node: 1) with { Costs = new CostSettings { Memory = TwoTiers.Unloaded } }).Tenants[0];
        Assert.Equal(220, tenant.AverageLatencyNs);
        Assert.Equal(2.2, tenant.Slowdown);
    }

    [Fact]
    public void TheMoreColdMemoryIsOnTheSlowTierTheSlowerAreTheAccesses()
    {
        const uint Hot = Pages / 2;
        double before = 0;
        for (uint cold = 0; cold <= Pages - Hot; cold += 128)
        {
            // The hot half stays, and of the cold half one part after the other is on the slow node.
            ProcessSettings process = TwoTiers.Process(Pages - cold, 0, TwoTiers.EveryMs(Hot, 10)) with { NrPages = Pages };
            process = process with
            {
                Placements = process.Placements.Add(
                    process.Placements[0] with { FirstPage = Pages - cold, Count = cold, FirstPfn = TwoTiers.NodeBytes >> 12 }),
                Rules = process.Rules.Add(new PoissonRule(new PageSet(Hot, Pages - Hot), TimeWindow.Always, 0.5, 7)),
            };
            TenantSample tenant = Run(TwoTiers.Host([process]) with { Costs = new CostSettings { Memory = TwoTiers.Unloaded } }).Tenants[0];
            Assert.True(tenant.AverageLatencyNs > before);
            before = tenant.AverageLatencyNs;
        }

        Assert.InRange(before, 100.5, 101);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(21)]
    public void TrafficAndLatencyAreThoseOfTheMemoryWhateverThePageSize(int pageShift)
    {
        uint pages = (uint)((Pages << 12) >> pageShift);
        ProcessSettings process = TwoTiers.Process(pages, 0, TwoTiers.EveryMs(pages, 10) with { AccessesPerTouch = 64 }, pageShift);
        HostSettings settings = TwoTiers.Host([process], pageShift: pageShift);
        CostReading costs = Run(settings with { Costs = new CostSettings { Memory = new MemoryCosts() } });
        double bytesPerSecond = Pages * 4096 * 100.0;
        Assert.Equal(bytesPerSecond, costs.Nodes[0].BandwidthBytesPerSecond);
        Assert.Equal(MemoryTier.Dram.LoadedPs(bytesPerSecond) / 1e3, costs.Nodes[0].LoadedLatencyNs);
        Assert.Equal(costs.Nodes[0].LoadedLatencyNs, costs.Tenants[0].AverageLatencyNs, 9);
        Assert.True(costs.Tenants[0].Slowdown > 1);
    }

    [Fact]
    public void MigrationCostsTheTenantAndTheKdamondWhatItsFoliosTake()
    {
        SchemeSettings demote = TwoTiers.MigrateAll(1) with
        {
            Filters = [new SchemeFilter(SchemeFilterType.Addr, true, true, From: 0, To: TwoTiers.NodeBytes)],
        };
        HostSettings settings = TwoTiers.Host([TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 10))], [TwoTiers.Kdamond(demote)])
            with
        { Costs = new CostSettings { Memory = TwoTiers.Unloaded with { Shootdown = ShootdownCost.Free } } };
        SimulatedHost host = new(settings);
        host.RunUntil(1_500_000);
        HostSample sample = host.Sample();
        TenantSample tenant = sample.Costs!.Tenants[0];
        Assert.Equal(Pages * 4096UL, tenant.MigratedBytes);
        Assert.Equal(Pages * 1_200UL, tenant.StallNs);
        Assert.Equal(Pages * 1_200UL, sample.Kdamonds[0].BusyNs);
        Assert.Equal(Pages * 1_200 / 1.5e9, sample.Kdamonds[0].CpuShare, 6);
        Assert.Equal(Pages * 1_200UL / 1000, sample.PsiTotalUs);
        Assert.Equal(220, tenant.AverageLatencyNs);
    }

    [Fact]
    public void AHugeFolioCostsWhatAHugeFolioTakes()
    {
        ProcessSettings process = TwoTiers.Process(2, 0, TwoTiers.EveryMs(2, 10));
        process = process with { Placements = [process.Placements[0] with { PfnStep = 512, Kind = TwoTiers.Heap with { Huge = true } }] };
        HostSettings settings = TwoTiers.Host([process], [TwoTiers.Kdamond(TwoTiers.MigrateAll(1))])
            with
        { Costs = new CostSettings { Memory = TwoTiers.Unloaded with { Shootdown = ShootdownCost.Free } } };
        TenantSample tenant = Run(settings).Tenants[0];
        Assert.Equal(4UL << 20, tenant.MigratedBytes);
        Assert.Equal(2 * 193_000UL, tenant.StallNs);
        Assert.Equal(2 * 512 * 100.0, tenant.AccessesPerSecond);
    }

    [Fact]
    public void ReadingOftenChangesNothing()
    {
        HostSettings settings = TwoTiers.Host(
            [TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 10))], [TwoTiers.Kdamond(TwoTiers.PageOutAll)])
            with
        { Costs = CostSettings.Measured, Swap = SwapSettings.Zswap };
        SimulatedHost often = new(settings);
        for (ulong at = 0; at <= 2_100_000; at += 37_000)
        {
            often.RunUntil(at);
            often.Sample();
        }

        often.RunUntil(2_200_000);
        SimulatedHost once = new(settings);
        once.RunUntil(2_200_000);
        Assert.Equal(once.StateHash, often.StateHash);
        Assert.Equal(once.Sample().Costs!.Tenants[0], often.Sample().Costs!.Tenants[0]);
    }

    [Fact]
    public void TrafficIsAddedUpWindowByWindow()
    {
        SimulatedHost host = new(Placed(node: 1) with { Costs = new CostSettings { Memory = new MemoryCosts() } });
        foreach (ulong seconds in (ulong[])[0, 1, 2, 7])
        {
            host.RunUntil((seconds * 1_000_000) + 900_000);
            NodeTraffic traffic = host.ReadTraffic()!;
            Assert.Equal(seconds * 1_000_000, traffic.UntilUs);
            Assert.Equal<ulong>([0, seconds * Pages * 64 * 100], traffic.Bytes);
        }
    }

    [Fact]
    public void WithoutCostsNothingIsMeasured()
    {
        SimulatedHost host = new(Placed(node: 0));
        host.RunUntil(1_000_000);
        Assert.Null(host.ReadTraffic());
        Assert.Null(host.Sample().Costs);
        Assert.Equal(0UL, host.Sample().PsiTotalUs);
    }

    private static HostSettings Placed(int node) => TwoTiers.Host([TwoTiers.Process(Pages, node, TwoTiers.EveryMs(Pages, 10))]);

    private static CostReading Run(HostSettings settings)
    {
        SimulatedHost host = new(settings);
        host.RunUntil(2_500_000);
        return host.Sample().Costs!;
    }
}
