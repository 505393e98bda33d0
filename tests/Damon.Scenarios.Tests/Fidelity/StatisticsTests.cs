using System.Collections.Immutable;
using Damon.Scenarios.Fidelity;

namespace Damon.Scenarios.Tests.Fidelity;

public sealed class StatisticsTests
{
    [Fact]
    public void Mean_and_deviation_are_those_of_the_values()
    {
        Assert.Equal(5, Statistics.Mean([2, 4, 4, 4, 5, 5, 7, 9]));
        Assert.Equal(2, Statistics.Deviation([2, 4, 4, 4, 5, 5, 7, 9]));
    }

    [Fact]
    public void The_share_within_a_range_includes_its_ends() => Assert.Equal(0.6, Statistics.ShareWithin([1, 2, 3, 4, 5], 2, 4));

    [Theory]
    [InlineData(10)]
    [InlineData(26)]
    public void The_period_of_a_swing_is_found(int period)
    {
        double[] times = [.. Enumerable.Range(0, 400).Select(i => (double)i)];
        double[] values = [.. times.Select(time => Math.Sin((time + 0.5) * 2 * Math.PI / period))];

        Assert.Equal(period, Statistics.PeriodOfSwings(times, values), 0.5);
        Assert.Equal(double.PositiveInfinity, Statistics.PeriodOfSwings(times, new double[400]));
    }

    [Fact]
    public void The_last_readings_are_those_nearest_to_their_times()
    {
        ImmutableArray<double> seconds = [0, 1.1, 2, 3.2, 4, 5.1, 6];
        Trace trace = new(seconds, ImmutableDictionary<string, ImmutableArray<double>>.Empty.Add("a", seconds));

        Assert.Equal([2, 4, 6], trace.LastReadings(3, 2)["a"].ToArray());
        Assert.Equal([4, 5.1, 6], trace.From(3.5)["a"].ToArray());
    }
}
