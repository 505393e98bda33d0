using Damon.Model.Costs;
using Damon.Model.Tests.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Costs;

public class TenantLoadProperties
{
    [Fact]
    public void SlowdownIsOneExactlyWhenAllAccessesGoToFastMemoryWithoutLoad() =>
        Prop.ForAll<ulong, ulong>((first, second) =>
        {
            TenantLoad load = TenantLoad.Of([first, second, 0], [100_000, 100_000, 220_000], 0, 100_000);
            Assert.True(load.Slowdown == 1.0);
            Assert.True(first + (UInt128)second == 0 || load.AverageLatencyNs == 100);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnythingElseIsSlower()
    {
        Assert.True(TenantLoad.Of([1_000_000, 1], [100_000, 220_000], 0, 100_000).Slowdown > 1);
        Assert.True(TenantLoad.Of([1_000_000, 0], [100_001, 220_000], 0, 100_000).Slowdown > 1);
        Assert.True(TenantLoad.Of([1_000_000, 0], [100_000, 220_000], 1, 100_000).Slowdown > 1);
    }

    [Fact]
    public void MoreMemoryOnTheSlowTierNeverLowersTheLatency() =>
        Prop.ForAll<int>(seed =>
        {
            var draws = new Draws(seed);
            var rates = new UInt128[1 + draws.Below(6)];
            var fast = new UInt128[rates.Length];
            for (int rule = 0; rule < rates.Length; rule++)
            {
                // The coldest are not touched at all.
                rates[rule] = (UInt128)draws.Below(4) * (ulong)draws.Below(1 << 30);
                fast[rule] = (UInt128)draws.Below(1 << 20) + 1;
            }

            long slowPs = 100_000 + draws.Below(300_000);
            var slow = new UInt128[rates.Length];
            double before = 0;
            for (int step = 0; step < 50; step++)
            {
                TenantLoad load = Load(rates, fast, slow, slowPs);
                Assert.True(load.AverageLatencyNs >= before);
                before = load.AverageLatencyNs;
                int rule = draws.Below(rates.Length);
                UInt128 moved = UInt128.Min(fast[rule], (UInt128)draws.Below(1 << 16));
                fast[rule] -= moved;
                slow[rule] += moved;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void WithoutAccessesNobodyIsSlowedDown()
    {
        TenantLoad load = TenantLoad.Of([0, 0], [100_000, 220_000], 5, 100_000);
        Assert.Equal(1, load.Slowdown);
        Assert.Equal(0, load.AverageLatencyNs);
    }

    private static TenantLoad Load(UInt128[] rates, UInt128[] fast, UInt128[] slow, long slowPs)
    {
        UInt128 toFast = 0;
        UInt128 toSlow = 0;
        for (int rule = 0; rule < rates.Length; rule++)
        {
            toFast += rates[rule] * fast[rule];
            toSlow += rates[rule] * slow[rule];
        }

        return TenantLoad.Of([toFast, toSlow], [100_000, slowPs], 0, 100_000);
    }
}
