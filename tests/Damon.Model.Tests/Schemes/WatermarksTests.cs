using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>When a scheme is active (section 11).</summary>
public sealed class WatermarksTests
{
    private const ulong IntervalUs = 700;

    private static readonly Watermarks Marks = new(WatermarkMetric.FreeMemRate, IntervalUs, High: 500, Mid: 400, Low: 200);

    [Theory]
    [InlineData(501, true, false)]
    [InlineData(500, true, true)]
    [InlineData(500, false, false)]
    [InlineData(400, false, false)]
    [InlineData(399, false, true)]
    [InlineData(200, false, true)]
    [InlineData(199, true, false)]
    public void A_scheme_runs_from_below_mid_until_above_high_or_below_low(ulong free, bool before, bool after)
    {
        bool activated = before;
        ulong wait = Marks.WaitUs(free, ref activated);

        Assert.Equal(after, activated);
        Assert.Equal(after ? 0 : IntervalUs, wait);
    }

    [Fact]
    public void Without_a_metric_a_scheme_always_runs()
    {
        bool activated = false;

        Assert.Equal(0UL, Watermarks.None.WaitUs(0, ref activated));
        Assert.True(activated);
    }

    [Fact]
    public void A_scheme_waits_just_when_it_is_not_active() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1000).ListOf().ToArbitrary(),
        history =>
        {
            bool activated = true;
            foreach (int free in history)
            {
                ulong wait = Marks.WaitUs((ulong)free, ref activated);
                Assert.Equal(activated, wait == 0);
            }
        }));
}
