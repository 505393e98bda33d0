using Damon.Model.Costs;

namespace Damon.Model.Tests.Costs;

public class MigrationCostTests
{
    [Theory]
    [InlineData(4UL << 10, 1_200)]
    [InlineData(64UL << 10, 10_600)]
    [InlineData(2UL << 20, 193_000)]
    [InlineData(34UL << 10, 5_900)]
    public void TheMeasuredSizesCostWhatWasMeasuredAndOthersLieBetween(ulong bytes, long ns) =>
        Assert.Equal(ns, MigrationCost.Measured.OfFolio(bytes));

    [Fact]
    public void OtherSizesAreNoFolios()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MigrationCost.Measured.OfFolio(2048));
        Assert.Throws<ArgumentOutOfRangeException>(() => MigrationCost.Measured.OfFolio(4UL << 20));
    }

    [Fact]
    public void AShootdownInterruptsEveryCpu() => Assert.Equal(3_600, ShootdownCost.Measured.Ns(16));

    [Fact]
    public void CostsThatMakeNoSenseAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryCosts { WindowUs = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryCosts { Tiers = [new MemoryTier("broken", 0, 1)] }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (SwapSettings.Ssd with { LoadNs = -1 }).Validate());
        new MemoryCosts().Validate();
        SwapSettings.Zswap.Validate();
    }
}
