using Damon.Model.Monitoring;
using Damon.Model.Tests.Memory;
using Damon.Model.VirtualMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.VirtualMemory;

/// <summary>Advice by ranges is the same as advice noted page by page.</summary>
public class AdvisedRangesProperties
{
    private const int Pages = 60;

    [Fact]
    public void EveryPageHasTheAdviceThatWasGivenLast() => Check((ranges, pages) =>
    {
        for (int start = 0; start < Pages; start++)
        {
            for (int end = start + 1; end <= Pages; end++)
            {
                HugePageAdvice[] some = [.. pages[start..end].Distinct()];
                HugePageAdvice? expected = some.Length == 1 ? some[0] : null;
                Assert.Equal(expected, ranges.Of(new AddressRange((ulong)start, (ulong)end)));
            }
        }
    });

    [Fact]
    public void RangesAreInOrderAndNoTwoThatTouchAreAlike() => Check((ranges, _) =>
    {
        for (int i = 0; i < ranges.All.Count; i++)
        {
            Assert.True(ranges.All[i].Start < ranges.All[i].End);
            Assert.NotEqual(HugePageAdvice.None, ranges.All[i].Advice);
            if (i == 0) continue;
            Assert.True(ranges.All[i - 1].End <= ranges.All[i].Start);
            if (ranges.All[i - 1].End == ranges.All[i].Start) Assert.NotEqual(ranges.All[i - 1].Advice, ranges.All[i].Advice);
        }
    });

    [Fact]
    public void WhatIsNotMappedAnyMoreIsForgotten() => Check((ranges, pages) =>
    {
        ranges.Keep(new VmaLayout([new(3, 9, 0, 0), new(20, 50, 0, 6)]));
        for (int page = 0; page < Pages; page++)
        {
            bool mapped = page is (>= 3 and < 9) or (>= 20 and < 50);
            Assert.Equal(mapped ? pages[page] : HugePageAdvice.None, ranges.Of(new AddressRange((ulong)page, (ulong)page + 1)));
        }
    });

    private static void Check(Action<AdvisedRanges, HugePageAdvice[]> holds) =>
        Prop.ForAll<int[]>(steps =>
        {
            AdvisedRanges ranges = new();
            HugePageAdvice[] pages = new HugePageAdvice[Pages];
            foreach (int step in steps)
            {
                Draws draws = new(step);
                int start = draws.Below(Pages);
                int end = start + draws.Below(Pages - start + 1);
                HugePageAdvice advice = (HugePageAdvice)draws.Below(3);
                ranges.Advise(new AddressRange((ulong)start, (ulong)end), advice);
                Array.Fill(pages, advice, start, end - start);
            }

            holds(ranges, pages);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(40));
}
