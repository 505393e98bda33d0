using Damon.Hocon.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Hocon.Tests.Reading;

public class NearestNameTests
{
    [Theory]
    [InlineData("cuont", "count")]
    [InlineData("memroy", "memory")]
    [InlineData("sampl", "sample")]
    [InlineData("quite-other", null)]
    public void The_nearest_known_name_is_found(string name, string? nearest) =>
        Assert.Equal(nearest, NearestName.Find(name, ["count", "memory", "sample", "tags"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_edits(string from, string to, int distance) => Assert.Equal(distance, NearestName.Distance(from, to));

    [Fact]
    public void The_distance_is_symmetric_and_bounded_by_the_longer_name()
    {
        Gen<string> names = Gen.Elements('a', 'b', 'c').ListOf().Select(string.Concat);
        Prop.ForAll(names.ToArbitrary(), names.ToArbitrary(), (from, to) =>
        {
            int distance = NearestName.Distance(from, to);

            Assert.Equal(distance, NearestName.Distance(to, from));
            Assert.Equal(from == to, distance == 0);
            Assert.InRange(distance, Math.Abs(from.Length - to.Length), Math.Max(from.Length, to.Length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
