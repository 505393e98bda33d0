using Damon.Hocon.Units;

namespace Damon.Hocon.Tests.Units;

public class UnitTests
{
    [Theory]
    [InlineData("5 ms", 5_000_000)]
    [InlineData("0.1 s", 100_000_000)]
    [InlineData("1.000000001s", 1_000_000_001)]
    [InlineData("0.3 us", 300)]
    [InlineData("7", 7_000_000)]
    [InlineData("106751 d", 9_223_286_400_000_000_000)]
    public void Exact_durations(string text, long nanoseconds)
    {
        Assert.True(HoconDuration.TryParseExact(text, out long found));
        Assert.Equal(nanoseconds, found);
    }

    [Theory]
    [InlineData("0.5 ns")]
    [InlineData("106752 d")]
    [InlineData("5 weeks")]
    [InlineData("5 MiB")]
    [InlineData("ms")]
    [InlineData("1e400000000 s")]
    public void Texts_that_are_no_exact_durations(string text) => Assert.False(HoconDuration.TryParseExact(text, out _));

    [Theory]
    [InlineData("9.7%", 970)]
    [InlineData("0.01 %", 1)]
    [InlineData("100%", 10_000)]
    [InlineData("970 bp", 970)]
    [InlineData("-1.5%", -150)]
    public void Ratios_are_exact(string text, long basisPoints)
    {
        Assert.True(HoconRatio.TryParse(text, out long found));
        Assert.Equal(basisPoints, found);
    }

    [Theory]
    [InlineData("9.755%")]
    [InlineData("0.097")]
    [InlineData("%")]
    [InlineData("9.7 percent")]
    [InlineData("1.5 bp")]
    public void Texts_that_are_no_ratios(string text) => Assert.False(HoconRatio.TryParse(text, out _));

    [Theory]
    [InlineData("30 GiB", 30L << 30)]
    [InlineData("200MB", 200_000_000)]
    [InlineData("200 M", 200L << 20)]
    [InlineData("0.3 KiB", 307)]
    public void Sizes(string text, long bytes)
    {
        Assert.True(HoconSize.TryParse(text, out long found));
        Assert.Equal(bytes, found);
    }

    [Theory]
    [InlineData(0UL, "0 B")]
    [InlineData(4096UL, "4 KiB")]
    [InlineData(30UL << 30, "30 GiB")]
    [InlineData(1025UL, "1025 B")]
    public void Sizes_as_people_write_them(ulong bytes, string text) => Assert.Equal(text, HoconSize.Format(bytes));

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(100_000_000, "100 ms")]
    [InlineData(90_000_000_000, "90 s")]
    [InlineData(3_600_000_000_000, "1 h")]
    public void Durations_as_people_write_them(long nanoseconds, string text) => Assert.Equal(text, HoconDuration.Format(nanoseconds));

    [Theory]
    [InlineData("2 w", "P14D")]
    [InlineData("3 months", "P3M")]
    [InlineData("1y", "P1Y")]
    [InlineData("0 y", "P0D")]
    public void Periods(string text, string iso)
    {
        Assert.True(HoconPeriod.TryParse(text, out string found));
        Assert.Equal(iso, found);
    }
}
