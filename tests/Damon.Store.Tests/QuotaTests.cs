using Damon.Store.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Store.Tests;

public sealed class QuotaTests
{
    [Theory]
    [InlineData(16, new[] { 1024 }, 16)]
    [InlineData(16, new[] { 1024, 1024, 1024 }, 6)]
    [InlineData(16, new[] { 1024, 4 }, 12)]
    [InlineData(16, new[] { 4, 4 }, 4)]
    [InlineData(0, new[] { 4 }, 0)]
    [InlineData(16, new int[0], 0)]
    public void Is_shards_by_workers_unless_one_lacks_room(int shards, int[] capacities, int each) =>
        Assert.Equal(each, Quota.Each(shards, capacities));

    [Fact]
    public void Is_the_smallest_that_holds_all_or_as_many_as_fit()
    {
        Prop.ForAll(
            Gen.Choose(0, 60).ToArbitrary(),
            Gen.ArrayOf(Gen.Choose(1, 30)).ToArbitrary(),
            (shards, capacities) =>
            {
                int held(int quota) => capacities.Sum(capacity => Math.Min(capacity, quota));
                int each = Quota.Each(shards, capacities);
                Assert.True(held(each) >= Math.Min(shards, capacities.Sum()));
                Assert.True(each == 0 || held(each - 1) < Math.Min(shards, capacities.Sum()));
            }).QuickCheckThrowOnFailure();
    }
}
