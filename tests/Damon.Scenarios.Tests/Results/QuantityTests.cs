using Damon.Scenarios.Results;

namespace Damon.Scenarios.Tests.Results;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1023, "1.00 KiB")]
    [InlineData(4096, "4.00 KiB")]
    [InlineData(10_239, "10.0 KiB")]
    [InlineData(102_400, "100 KiB")]
    [InlineData(2_995_739_688, "2.79 GiB")]
    [InlineData(547_356_672, "522 MiB")]
    [InlineData(18446744073709551615, "max")]
    public void Sizes_have_three_digits(double bytes, string text) => Assert.Equal(text, Quantity.Size(bytes));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(1_500_000, "1.5 s")]
    [InlineData(90_000_000, "1 m 30 s")]
    [InlineData(3_605_000_000, "1 h 0 m 5 s")]
    public void Times_are_in_hours_minutes_and_seconds(ulong us, string text) => Assert.Equal(text, Quantity.Time(us));

    [Fact]
    public void Shares_and_counts_are_the_same_everywhere()
    {
        Assert.Equal("9.69%", Quantity.Percent(0.0969));
        Assert.Equal("1,234,567", Quantity.Count(1_234_567));
    }
}
