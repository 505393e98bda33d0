using Damon.Actors.Hosts;
using Damon.Model.Costs;
using Damon.Model.Schemes;

namespace Damon.Actors.Tests.Costs;

public class KdamondCostTests
{
    private const uint Pages = 4096;

    [Fact]
    public void ItsOwnTimeDelaysAKdamondAsAStatedShareOfACpu()
    {
        KdamondSample free = Run(CostSettings.Free);
        KdamondSample measured = Run(CostSettings.Measured);
        Assert.Equal((0UL, 0.0), (free.BusyNs, free.CpuShare));
        Assert.InRange(measured.CpuShare, 0.001, 0.02);
        Assert.True(measured.NrAggregations < free.NrAggregations);

        // It sleeps 5 ms 20 times an aggregation, and works in all the rest of the time.
        double slept = measured.NrAggregations * 0.1;
        Assert.Equal(20 - slept, measured.BusyNs / 1e9, 0.1);
    }

    [Fact]
    public void ATimeQuotaIsChargedWithTheCopyingOfFolios()
    {
        // 1 ms a second for schemes is not even 100 folios of 4 KiB a second, at 12 us each.
        SchemeSettings demote = TwoTiers.MigrateAll(1) with
        {
            Quota = QuotaSettings.None with { TimeMs = 1, ResetIntervalMs = 1000 },
        };
        HostSettings settings = TwoTiers.Host([TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 10))], [TwoTiers.Kdamond(demote)]);
        ulong Migrated(CostSettings costs)
        {
            SimulatedHost host = new(settings with { Costs = costs });
            host.RunUntil(3_000_000);
            return host.Sample().Nodes[1].MigratedInBytes;
        }

        MemoryCosts slow = TwoTiers.Unloaded with { Migration = new MigrationCost(12_000, 106_000, 1_930_000) };
        Assert.True(Migrated(new CostSettings { Memory = slow }) * 2 < Migrated(CostSettings.Free));
    }

    private static KdamondSample Run(CostSettings costs)
    {
        SimulatedHost host = new(
            TwoTiers.Host([TwoTiers.Process(Pages, 0, TwoTiers.EveryMs(Pages, 10))], [TwoTiers.Kdamond()]) with { Costs = costs });
        host.RunUntil(20_000_000);
        return host.Sample().Kdamonds[0];
    }
}
