using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>A quota's account (section 9).</summary>
public sealed class ChargeWindowTests
{
    private const ulong Page = 4096;

    [Theory]
    [InlineData(0, 99, false)]
    [InlineData(0, 100, true)]
    [InlineData(50, 149, false)]
    [InlineData(50, 150, true)]
    [InlineData(50, 49, true)]
    [InlineData(ulong.MaxValue - 9, 89, false)]
    [InlineData(ulong.MaxValue - 9, 90, true)]
    public void A_window_lasts_its_interval_even_over_a_wrapping_clock(ulong from, ulong now, bool over) =>
        Assert.Equal(over, new ChargeWindow { ChargedFrom = from }.IsOver(new QuotaSettings { ResetIntervalMs = 100 }, now));

    [Fact]
    public void A_window_without_an_interval_lasts_for_ever() =>
        Assert.False(new ChargeWindow { ChargedFrom = 1 }.IsOver(QuotaSettings.None, ulong.MaxValue / 8));

    [Fact]
    public void Closing_a_window_adds_it_to_the_total()
    {
        ChargeWindow window = new() { ChargedSize = 7, TotalChargedSize = 5 };
        window.Open(jiffies: 30);

        Assert.Equal((12UL, 0UL, 30UL), (window.TotalChargedSize, window.ChargedSize, window.ChargedFrom));
        Assert.False(window.IsUnopened);
    }

    [Fact]
    public void Time_is_worth_what_was_done_in_it_and_at_first_4_MiB_a_millisecond()
    {
        ChargeWindow window = new();
        QuotaSettings quota = new() { TimeMs = 3 };
        window.SetEffectiveSize(quota, null, Page);
        Assert.Equal(12UL << 20, window.EffectiveSize);

        (window.TotalChargedSize, window.TotalChargedNs) = (1UL << 20, 2_000_000);
        window.SetEffectiveSize(quota, null, Page);
        Assert.Equal((1UL << 19) * 3, window.EffectiveSize);

        window.TotalChargedSize = 0;
        window.SetEffectiveSize(quota, null, Page);
        Assert.Equal(Page, window.EffectiveSize);
    }

    [Fact]
    public void The_least_of_goals_time_and_size_is_allowed() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1 << 30).Three().ToArbitrary(),
        limits =>
        {
            var (bp, ms, size) = ((ulong)limits.Item1 * 10_000, (ulong)limits.Item2 % 1_000, (ulong)limits.Item3);
            ChargeWindow window = new();
            window.SetEffectiveSize(new QuotaSettings { TimeMs = ms, SizeBytes = size }, bp, Page);

            ulong[] allowed =
            [
                bp / 10_000,
                .. ms == 0 ? (ulong[])[] : [ms * (4UL << 20)],
                .. size == 0 ? (ulong[])[] : [size],
            ];
            Assert.Equal(allowed.Min(), window.EffectiveSize);
        }));

    [Theory]
    [InlineData(0, 1, 600)]
    [InlineData(1, 2, 800)]
    [InlineData(0, 10, 600)]
    [InlineData(7, 0, 1000)]
    public void Failures_are_charged_at_their_rate(uint num, uint denom, ulong charged)
    {
        ChargeWindow window = new();
        window.Charge(new QuotaSettings { FailChargeNum = num, FailChargeDenom = denom }, size: 1000, applied: 600);

        Assert.Equal(charged, window.ChargedSize);
    }

    [Fact]
    public void More_applied_than_tried_is_charged_as_tried()
    {
        ChargeWindow window = new();
        window.Charge(new QuotaSettings { FailChargeNum = 1, FailChargeDenom = 2 }, size: 1000, applied: 3000);

        Assert.Equal(1000UL, window.ChargedSize);
    }

    [Fact]
    public void Charges_lie_between_what_was_done_and_what_was_tried() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1_000_000).Four().ToArbitrary(),
        numbers =>
        {
            ulong size = (ulong)numbers.Item1 + (ulong)numbers.Item2;
            uint denom = (uint)numbers.Item3 + 1;
            QuotaSettings quota = new() { FailChargeNum = (uint)numbers.Item4 % (denom + 1), FailChargeDenom = denom };
            ChargeWindow window = new();
            window.Charge(quota, size, applied: (ulong)numbers.Item1);

            Assert.InRange(window.ChargedSize, (ulong)numbers.Item1, size);
        }));

    [Fact]
    public void A_window_is_full_when_no_smallest_region_fits()
    {
        QuotaSettings quota = new() { SizeBytes = 10 * Page };
        ChargeWindow window = new() { EffectiveSize = 10 * Page, ChargedSize = 9 * Page };
        Assert.False(window.IsFull(quota, Page));
        window.ChargedSize++;
        Assert.True(window.IsFull(quota, Page));
        Assert.False(new ChargeWindow { ChargedSize = 5 }.IsFull(QuotaSettings.None, Page));
    }
}
