using Damon.Model.Monitoring;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>What a target's regions cover.</summary>
internal static class Coverage
{
    /// <summary>The covered ranges in text, after a check that the regions are in order, apart and not empty.</summary>
    public static string Of(Target target)
    {
        var ranges = new List<AddressRange>();
        foreach (var region in target.Regions.Span)
        {
            Assert.True(region.Start < region.End, "a region is empty");
            if (ranges.Count > 0) Assert.True(ranges[^1].End <= region.Start, "regions overlap");
            if (ranges.Count > 0 && ranges[^1].End == region.Start) ranges[^1] = ranges[^1] with { End = region.End };
            else ranges.Add(new AddressRange(region.Start, region.End));
        }

        return string.Join(' ', ranges);
    }
}
