using Damon.Model.Costs;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Costs;

public class MemoryTierTests
{
    [Fact]
    public void WithoutTrafficTheLatencyIsTheIdleOneExactly()
    {
        Assert.Equal(100_000, MemoryTier.Dram.LoadedPs(0));
        Assert.Equal(180_000, MemoryTier.RemoteDram.LoadedPs(0));
        Assert.Equal(220_000, MemoryTier.CxlAsic.LoadedPs(0));
        Assert.Equal(290_000, MemoryTier.CxlFpga.LoadedPs(0));
    }

    [Fact]
    public void AtHalfTheBandwidthTheQueueAddsKTimesTheIdleLatency() =>
        Assert.Equal(120_000, MemoryTier.Dram.LoadedPs(100e9));

    [Fact]
    public void AFullDeviceIsSlowButNotInfinitelySo()
    {
        long full = MemoryTier.Dram.LoadedPs(200e9);
        Assert.InRange(full, 479_990, 480_000);
        Assert.Equal(full, MemoryTier.Dram.LoadedPs(1e15));
    }

    [Fact]
    public void WithoutABandwidthLimitThereIsNoLoad() =>
        Assert.Equal(70_000, new MemoryTier("hbm", 70, 0).LoadedPs(1e15));

    [Fact]
    public void MoreTrafficIsNeverFaster() =>
        Prop.ForAll<uint, uint>((a, b) =>
            MemoryTier.CxlAsic.LoadedPs(Math.Min(a, b) * 10.0) <= MemoryTier.CxlAsic.LoadedPs(Math.Max(a, b) * 10.0))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void PresetsAreFoundByTheirNames()
    {
        Assert.Same(MemoryTier.CxlFpga, MemoryTier.Named("cxl-fpga"));
        Assert.Null(MemoryTier.Named("tape"));
    }
}
