using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

public sealed class RangesTests
{
    [Fact]
    public void Setting_the_same_ranges_again_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(Layout.Any, layout =>
    {
        var ranges = RandomRanges(new Lfsr113(layout.MinRegionSize + (ulong)layout.Regions.Length), layout.MinRegionSize);
        foreach (var target in layout.Targets())
        {
            RegionRanges.Set(target.Regions, ranges, layout.MinRegionSize);
            var once = target.Regions.Span.ToArray();
            RegionRanges.Set(target.Regions, ranges, layout.MinRegionSize);
            Assert.Equal(once, target.Regions.Span.ToArray());
        }
    }));

    [Fact]
    public void A_region_that_stays_keeps_its_counters_and_holes_get_new_regions()
    {
        var target = Layout.TargetOf(
            new Region(0, 10) { NrAccesses = 1 },
            new Region(20, 30) { NrAccesses = 2, Age = 7 },
            new Region(40, 50) { NrAccesses = 3 },
            new Region(90, 99) { NrAccesses = 4 });

        Assert.Null(RegionRanges.Set(target.Regions, [new AddressRange(15, 45), new AddressRange(60, 70)], 1));

        Assert.Equal(
            [
                new Region(15, 30) { NrAccesses = 2, Age = 7 },
                new Region(30, 40),
                new Region(40, 45) { NrAccesses = 3 },
                new Region(60, 70),
            ],
            target.Regions.Span.ToArray());
    }

    [Theory]
    [InlineData(4096, 4096, 8192, 12288)]
    [InlineData(8192, 12288, 0, 4096)]
    [InlineData(0, 5000, 5000, 9000)]
    [InlineData(0, 4096, ulong.MaxValue - 10, ulong.MaxValue)]
    public void Ranges_that_are_empty_unsorted_or_overlap_once_aligned_change_nothing(ulong start1, ulong end1, ulong start2, ulong end2)
    {
        var target = Layout.TargetOf(new Region(0, 4096) { Age = 3 });

        Assert.NotNull(RegionRanges.Set(target.Regions, [new(start1, end1), new(start2, end2)], 4096));

        Assert.Equal([new Region(0, 4096) { Age = 3 }], target.Regions.Span.ToArray());
    }

    internal static AddressRange[] RandomRanges(Lfsr113 random, ulong unit)
    {
        var ranges = new AddressRange[random.Between(1, 5)];
        ulong end = 0UL;
        foreach (ref var range in ranges.AsSpan())
        {
            ulong start = end + (random.Between(0, 200) * unit);
            end = start + (random.Between(1, 1000) * unit);
            range = new AddressRange(start, end);
        }

        return ranges;
    }
}
