using Damon.Model.Kdamonds;

namespace Damon.Model.Tests.Kdamonds;

public sealed class KdamondSleepTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3_999, 3_999)]
    [InlineData(4_000, 4_000)]
    [InlineData(4_001, 5_000)]
    [InlineData(5_000, 5_000)]
    [InlineData(99_999, 100_000)]
    public void Short_sleeps_are_exact_and_long_ones_end_with_a_tick(ulong asked, ulong slept) =>
        Assert.Equal(slept, KdamondSleep.Length(asked));
}
