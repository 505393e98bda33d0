using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Schemes;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.Costs;

public class RefaultTests
{
    private const uint Pages = 1024;
    private const ulong AllBytes = Pages * 4096UL;

    [Fact]
    public void PageoutOfHotMemoryHurtsAndItComesBackOnThePolicysNode()
    {
        ProcessSettings process = TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70)) with { AllocationNodes = [new NodeId(1)] };
        SimulatedHost host = Start(process, SwapSettings.Ssd);

        // Reclaimed at the first aggregation, 100 ms; the next touch is at 140 ms.
        host.RunUntil(139_999);
        HostSample before = host.Sample();
        Assert.Equal(0UL, before.Memcgs[0].ResidentBytesByNode[0]);
        Assert.Equal(AllBytes, before.SwapUsedBytes);
        Assert.Equal(0UL, before.Costs!.Tenants[0].RefaultCount);

        host.RunUntil(140_000);
        HostSample after = host.Sample();
        TenantSample tenant = after.Costs!.Tenants[0];
        Assert.Equal([0UL, AllBytes], after.Memcgs[0].ResidentBytesByNode.ToArray());
        Assert.Equal(0UL, after.SwapUsedBytes);
        Assert.Equal((Pages, AllBytes), (tenant.RefaultCount, tenant.SwapInBytes));
        Assert.Equal(Pages * 80_000UL, tenant.StallNs);
        Assert.Equal(tenant.StallNs / 1000, after.PsiTotalUs);
    }

    [Fact]
    public void AFullNodeOfThePolicyMakesWayForTheNext()
    {
        ProcessSettings process = TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70)) with
        {
            AllocationNodes = [new NodeId(1), new NodeId(0)],
        };
        SimulatedHost host = Start(process, SwapSettings.Zswap, new BalloonEvent(50_000, new NodeId(1), (TwoTiers.NodeBytes >> 12) - 24));
        host.RunUntil(140_000);
        Assert.Equal([(Pages - 24UL) * 4096, 24UL * 4096], host.Sample().Memcgs[0].ResidentBytesByNode.ToArray());
    }

    [Fact]
    public void WithoutFreeMemoryAPageStaysOutUntilALaterTouchFindsSome()
    {
        ProcessSettings process = TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70)) with { AllocationNodes = [new NodeId(1)] };
        ulong all = TwoTiers.NodeBytes >> 12;
        SimulatedHost host = Start(
            process, SwapSettings.Zswap, new BalloonEvent(50_000, new NodeId(1), all), new BalloonEvent(300_000, new NodeId(1), 0));
        host.RunUntil(300_000);
        MemoryTraffic full = host.Sample().Costs!.Tenants[0].Traffic;
        Assert.Equal((0UL, 3UL * Pages), (full.Refaults, full.FailedFaults));
        host.RunUntil(350_000);
        Assert.Equal(Pages, host.Sample().Costs!.Tenants[0].RefaultCount);
    }

    [Fact]
    public void FilePagesAreReadAgainFromTheSsdAndTakeNoSwap()
    {
        SimulatedHost host = Start(TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70), anon: false), SwapSettings.Zswap);
        host.RunUntil(120_000);
        Assert.Equal(0UL, host.Sample().SwapUsedBytes);
        host.RunUntil(140_000);
        TenantSample tenant = host.Sample().Costs!.Tenants[0];
        Assert.Equal((Pages, 0UL, Pages * 80_000UL), (tenant.RefaultCount, tenant.SwapInBytes, tenant.StallNs));
    }

    [Fact]
    public void RandomTouchesBringPagesBackWhenALookWouldFindThem()
    {
        var rule = new PoissonRule(new PageSet(0, Pages), TimeWindow.Always, 2, 99);
        SimulatedHost host = Start(TwoTiers.Process(Pages, 0, rule), SwapSettings.Zswap);
        for (long now = 200_000; now <= 1_000_000; now += 200_000)
        {
            host.RunUntil((ulong)now);
            ulong touched = (ulong)Enumerable.Range(0, (int)Pages).Count(page => rule.Touched((uint)page, 100_000, now));
            Assert.Equal(touched, host.Sample().Costs!.Tenants[0].RefaultCount);
        }
    }

    [Fact]
    public void WhatIsFreedWhileItIsOutNeverComesBack()
    {
        SimulatedHost host = Start(
            TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70)), SwapSettings.Zswap, new FreeEvent(120_000, 0, 0, 1000));
        host.RunUntil(500_000);
        HostSample sample = host.Sample();
        Assert.Equal(24UL, sample.Costs!.Tenants[0].RefaultCount);
        Assert.Equal(1000UL * 4096, sample.Costs.Tenants[0].Traffic.SwapForgottenBytes);
        Assert.Equal(0UL, sample.SwapUsedBytes);
    }

    [Fact]
    public void AnonymousMemoryStaysWhenSwapIsFull()
    {
        SimulatedHost host = Start(
            TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70)), SwapSettings.Zswap with { CapacityBytes = 100 * 4096 });
        host.RunUntil(120_000);
        HostSample sample = host.Sample();
        Assert.Equal(100UL * 4096, sample.SwapUsedBytes);
        Assert.Equal(AllBytes - (100 * 4096), sample.Memcgs[0].ResidentBytesByNode[0]);
    }

    [Fact]
    public void AHugePageComesBackAsAHugeFolio()
    {
        ProcessSettings process = TwoTiers.Process(2, 0, TwoTiers.EveryMs(2, 70));
        process = process with { Placements = [process.Placements[0] with { PfnStep = 512, Kind = TwoTiers.Heap with { Huge = true } }] };
        SimulatedHost host = Start(process, SwapSettings.Zswap);
        host.RunUntil(120_000);
        Assert.Equal(4UL << 20, host.Sample().SwapUsedBytes);
        host.RunUntil(140_000);
        HostSample sample = host.Sample();
        Assert.Equal(4UL << 20, sample.Memcgs[0].ResidentBytesByNode[0]);
        Assert.Equal(2 * 512 * 6_000UL, sample.Costs!.Tenants[0].StallNs);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(21)]
    public void CoarserPagesWaitForTheSameBytes(int pageShift)
    {
        uint pages = (uint)(AllBytes >> pageShift);
        ProcessSettings process = TwoTiers.Process(pages, 0, TwoTiers.EveryMs(pages, 70), pageShift);
        HostSettings settings = TwoTiers.Host([process], [TwoTiers.Kdamond(TwoTiers.PageOutAll)], pageShift);
        SimulatedHost host = new(settings with { Swap = SwapSettings.Zswap });
        host.RunUntil(140_000);
        HostSample sample = host.Sample();
        Assert.Equal((pages, AllBytes), (sample.Costs!.Tenants[0].RefaultCount, sample.Costs.Tenants[0].SwapInBytes));
        Assert.Equal(Pages * 6_000UL, sample.Costs.Tenants[0].StallNs);
    }

    [Fact]
    public void WithoutSwapReclaimedMemoryIsForgotten()
    {
        HostSettings settings = TwoTiers.Host(
            [TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 70))], [TwoTiers.Kdamond(TwoTiers.PageOutAll)]);
        SimulatedHost host = new(settings);
        host.RunUntil(500_000);
        Assert.Equal(0UL, host.Sample().Memcgs[0].ResidentBytesByNode[0]);
    }

    [Fact]
    public void PressureOfRefaultsSteersAScheme()
    {
        // Proactive reclaim under a goal of 0.5% pressure: refaults must slow it down to a fraction of what it may do.
        ulong Reclaimed(ulong targetUs)
        {
            SchemeSettings proactive = TwoTiers.PageOutAll with
            {
                MaxNrSnapshots = 0,
                Quota = QuotaSettings.None with
                {
                    ResetIntervalMs = 1000,
                    SizeBytes = 8 << 20,
                    Goals = [new QuotaGoal(GoalMetric.SomeMemPsiUs, targetUs)],
                },
            };
            HostSettings settings = TwoTiers.Host(
                [TwoTiers.Process(8192, 0, TwoTiers.EveryMs(8192, 30))], [TwoTiers.Kdamond(proactive)]);
            SimulatedHost host = new(settings with { Swap = SwapSettings.Ssd });
            host.RunUntil(60_000_000);
            return host.Sample().Costs!.Tenants[0].Traffic.ReclaimedBytes;
        }

        ulong bold = Reclaimed(1_000_000);
        ulong careful = Reclaimed(5_000);
        Assert.True(careful * 5 < bold, $"{careful} bytes under the low target, {bold} under the high one");
    }

    private static SimulatedHost Start(ProcessSettings process, SwapSettings swap, params HostEvent[] events) =>
        new(TwoTiers.Host([process], [TwoTiers.Kdamond(TwoTiers.PageOutAll)]) with { Swap = swap, Events = [.. events] });
}
