using Damon.Scenarios.Fleets.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Scenarios.Tests.Fleets.Tenants;

public sealed class SlowdownHistogramTests
{
    [Fact]
    public void Percentiles_are_those_of_the_values_to_one_part_in_8192() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 5_000_000).NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (values, percent) =>
        {
            SlowdownHistogram histogram = new();
            foreach (int value in values) histogram.Add((ulong)value);
            double exact = values.Order().ElementAt(Math.Max(0, (((percent * values.Count) + 99) / 100) - 1));

            Assert.InRange(histogram.PercentileBp(percent), exact * 8191 / 8192, exact);
            Assert.Equal((ulong)values.Max(), histogram.GreatestBp);
        }));

    [Fact]
    public void Nothing_told_is_nothing()
    {
        SlowdownHistogram histogram = new();

        Assert.Equal((0UL, 0UL, 0UL), (histogram.Count, histogram.PercentileBp(99), histogram.GreatestBp));
    }
}
