using Damon.Damo.Reports.Access;
using Damon.Damo.Reports.Distributions;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Reports;

public class PercentileTests
{
    private static readonly Gen<(double Value, double Bytes)[]> _memory =
        from items in Gen.Choose(-1000, 1000).SelectMany(value => Gen.Choose(1, 50).Select(bytes => ((double)value, (double)bytes))).NonEmptyListOf()
        select items.ToArray();

    [Fact]
    public void Percentiles_by_bytes_agree_with_a_list_of_all_bytes() => Prop.ForAll(_memory.ToArbitrary(), memory =>
    {
        (double Value, double Bytes)[] ordered = [.. memory.OrderBy(item => item.Value)];
        double[] bytes = [.. ordered.SelectMany(item => Enumerable.Repeat(item.Value, (int)item.Bytes))];
        for (int percentile = 0; percentile <= 100; percentile++)
        {
            int rank = Math.Max((int)Math.Ceiling(bytes.Length * percentile / 100.0), 1);
            Assert.Equal(bytes[rank - 1], RegionPercentiles.Value(ordered, percentile));
        }
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Histograms_agree_with_counting_each_step() => Prop.ForAll(_memory.ToArbitrary(), memory =>
    {
        double[] bytes = SizeHistogram.Count(memory, out double min, out double step);
        Assert.Equal(memory.Min(item => item.Value), min);
        Assert.True(min + 10 * step > memory.Max(item => item.Value));
        for (int i = 0; i < 10; i++)
            Assert.Equal(memory.Where(item => item.Value >= min + i * step && item.Value < min + (i + 1) * step).Sum(item => item.Bytes), bytes[i]);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Distributions_agree_with_sorting() => Prop.ForAll(Gen.Choose(0, 1000).NonEmptyListOf().ToArbitrary(), values =>
    {
        double[] sorted = [.. values.Select(value => (double)value).Order()];
        var bySize = new Distribution(values.Select(value => (double)value), isBySize: true);
        var byTime = new Distribution(values.Select(value => (double)value), isBySize: false);
        Assert.Equal((sorted[0], sorted[^1]), (bySize.At(0), bySize.At(100)));
        Assert.Equal((values[0], values[values.Count - 1]), (byTime.At(0), byTime.At(100)));
        Assert.Equal(sorted[sorted.Length / 4], bySize.At(25));
        Assert.Equal(sorted.Average(), bySize.Average, 1e-9);
    }).Check(Config.QuickThrowOnFailure);
}
