using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Schemes;

/// <summary>All bounds of an access pattern are inclusive (section 7d).</summary>
public sealed class AccessPatternTests
{
    private static readonly AccessPattern s_pattern = new(8192, 16384, 3, 5, 10, 20);

    [Theory]
    [InlineData(8192, 3, 10, true)]
    [InlineData(16384, 5, 20, true)]
    [InlineData(8191, 3, 10, false)]
    [InlineData(16385, 5, 20, false)]
    [InlineData(8192, 2, 10, false)]
    [InlineData(8192, 6, 10, false)]
    [InlineData(8192, 3, 9, false)]
    [InlineData(16384, 5, 21, false)]
    public void Bounds_belong_to_the_pattern(ulong size, uint nrAccesses, uint age, bool fits)
    {
        Region region = new(4096, 4096 + size) { NrAccesses = nrAccesses, Age = age };
        AggregationWindow atItsEnd = new(maxSamples: 20, sis: 20, nextAggregation: 20);

        Assert.Equal(fits, s_pattern.Fits(region, atItsEnd));
    }

    [Fact]
    public void The_frequency_is_seen_through_the_moving_sum()
    {
        Region region = new(4096, 12288) { NrAccesses = 0, LastNrAccesses = 8, Age = 10 };

        Assert.True(s_pattern.Fits(region, new AggregationWindow(maxSamples: 20, sis: 10, nextAggregation: 20)));
        Assert.False(s_pattern.Fits(region, new AggregationWindow(maxSamples: 20, sis: 20, nextAggregation: 20)));
    }
}
