using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.VirtualMemory;

public sealed class ThreeRegionsTests
{
    [Fact]
    public void The_regions_are_sorted_and_cover_all_mappings() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        if (ThreeRegions.Of(layout) is not { } three) return;
        AddressRange[] ranges = [three.First, three.Second, three.Third];
        Assert.All(ranges, range => Assert.True(range.Start < range.End));
        Assert.True(three.First.End < three.Second.Start && three.Second.End < three.Third.Start);
        Assert.All(layout.Vmas, vma =>
            Assert.Contains(ranges, range => range.Start <= vma.Start && vma.End <= range.End));
    }));

    [Fact]
    public void The_two_biggest_gaps_are_left_out() => Check.QuickThrowOnFailure(Prop.ForAll(Mappings.Any, layout =>
    {
        ulong[] gaps = [.. layout.Vmas.Skip(1).Zip(layout.Vmas, (next, before) => next.Start - before.End).OrderDescending()];
        ThreeRegions? found = ThreeRegions.Of(layout);
        Assert.Equal(gaps.Length < 2 || gaps[1] == 0, found is null);
        if (found is not { } three) return;
        ulong[] left = [three.Second.Start - three.First.End, three.Third.Start - three.Second.End];
        Assert.Equal(gaps[..2], left.OrderDescending());
    }));

    [Fact]
    public void Of_equal_gaps_the_lower_ones_win()
    {
        ThreeRegions three = ThreeRegions.Of(Layout((0x1000, 0x2000), (0x4000, 0x5000), (0x7000, 0x8000), (0xa000, 0xb000)))!.Value;

        Assert.Equal(new ThreeRegions(new(0x1000, 0x2000), new(0x4000, 0x5000), new(0x7000, 0xb000)), three);
    }

    [Fact]
    public void Bounds_are_rounded_up_and_a_range_that_vanishes_leaves_the_regions_alone()
    {
        RegionList regions = new();
        regions.Add(new Region(0x1000, 0x2000) { Age = 5 });
        ThreeRegions three = ThreeRegions.Of(Layout((0x1001, 0x1002), (0x5000, 0x6000), (0x9000, 0xa000)))!.Value;

        Assert.Equal(new AddressRange(0x2000, 0x2000), three.First);
        Assert.False(three.Fit(regions, 4096));
        Assert.Equal([new Region(0x1000, 0x2000) { Age = 5 }], regions.Span.ToArray());
    }

    [Fact]
    public void Regions_of_what_stays_mapped_keep_what_is_known_of_them()
    {
        RegionList regions = new();
        regions.Add(new Region(0x1000, 0x2000) { Age = 5 });
        regions.Add(new Region(0x8000, 0x9000) { Age = 6 });
        regions.Add(new Region(0x20000, 0x21000) { Age = 7 });

        Assert.True(ThreeRegions.Of(Layout((0x1000, 0x3000), (0x8000, 0x9000), (0x30000, 0x31000)))!.Value.Fit(regions, 4096));

        Assert.Equal(
            [new Region(0x1000, 0x3000) { Age = 5 }, new Region(0x8000, 0x9000) { Age = 6 }, new Region(0x30000, 0x31000)],
            regions.Span.ToArray());
    }

    private static VmaLayout Layout(params (ulong Start, ulong End)[] ranges) =>
        new([.. ranges.Select(range => new Vma(range.Start, range.End, PageOffset: 0, FirstPage: 0))]);
}
