using Damon.Scenarios.Results;

namespace Damon.Scenarios.Tests.Results;

/// <summary>Means, deviations and the time of convergence, on series that can be worked out by hand.</summary>
public sealed class UsageSeriesTests
{
    private static readonly RunSettings s_run = new("test", 10_000_000, 1, 1_000_000, 2, 1_000);
    private static readonly Aim s_aim = new("/a", 0, 0, 5_000);

    [Fact]
    public void Mean_and_deviation_are_of_the_last_readings()
    {
        AimResult result = Series(900, 900, 40, 60).Result(s_aim, 100, s_run);

        Assert.Equal((50.0, Math.Sqrt(200), 2), (result.MeanBytes, result.SdBytes, result.NrReadings));
        Assert.Equal(50.0, result.TargetBytes);
    }

    [Fact]
    public void The_reading_at_time_0_counts_only_when_it_is_alone()
    {
        Assert.Equal((60.0, 1), Short(Series(900, 60)));
        Assert.Equal((900.0, 1), Short(Series(900)));

        static (double, int) Short(UsageSeries series)
        {
            AimResult result = series.Result(s_aim, 100, s_run);
            return (result.MeanBytes, result.NrReadings);
        }
    }

    [Theory]
    [InlineData(new double[] { 0, 50, 50, 50, 50 }, 2)]
    [InlineData(new double[] { 0, 0, 0, 50, 50 }, 4)]
    [InlineData(new double[] { 0, 50, 50, 80, 50, 50 }, 5)]
    [InlineData(new double[] { 0, 45, 45, 55, 55 }, 2)]
    [InlineData(new double[] { 0, 50, 50, 50, 80 }, -1)]
    [InlineData(new double[] { 0, 44, 44, 44, 44 }, -1)]
    [InlineData(new double[] { 0, 50 }, -1)]
    public void Convergence_is_when_the_mean_came_to_stay(double[] bytes, int seconds)
    {
        ulong? expected = seconds < 0 ? null : (ulong)seconds * 1_000_000;

        Assert.Equal(expected, Series(bytes).ConvergedAt(50, s_run));
    }

    [Fact]
    public void What_has_no_target_cannot_miss_it()
    {
        Assert.False(Series(0, 1, 2).Result(s_aim with { TargetBp = null }, 100, s_run).Missed);
        Assert.True(Series(0, 1, 2).Result(s_aim, 100, s_run).Missed);
    }

    private static UsageSeries Series(params double[] bytes) => new([.. bytes.Select((_, i) => (ulong)i * 1_000_000)], bytes);
}
