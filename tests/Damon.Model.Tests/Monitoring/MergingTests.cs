using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

public sealed class MergingTests
{
    [Fact]
    public void Merging_never_exceeds_the_size_limit() => Check.QuickThrowOnFailure(Prop.ForAll(Layout.Any, layout =>
    {
        foreach (var target in layout.Targets())
        {
            ulong limit = 100 * layout.MinRegionSize;
            ulong largest = Math.Max(limit, target.Regions.Span.ToArray().Select(region => region.Size).DefaultIfEmpty().Max());
            RegionMerging.MergeTarget(target.Regions, ProbeWeights.None, 20, limit, countAge: true);
            foreach (var region in target.Regions.Span) Assert.True(region.Size <= largest);
        }
    }));

    [Fact]
    public void Averages_lie_between_what_is_merged() => Check.QuickThrowOnFailure(Prop.ForAll(Layout.Any, layout =>
    {
        foreach (var regions in layout.Regions.Where(regions => regions.Length > 1))
        {
            var (left, right) = (regions[0], regions[1] with { ProbeHits = ProbeHits.Of(9, 0, 255, 1) });
            var merged = left with { ProbeHits = ProbeHits.Of(0, 8, 254, 200) };
            RegionMerging.MergeInto(ref merged, right);

            Assert.InRange(merged.NrAccesses, Math.Min(left.NrAccesses, right.NrAccesses), Math.Max(left.NrAccesses, right.NrAccesses));
            Assert.InRange(merged.Age, Math.Min(left.Age, right.Age), Math.Max(left.Age, right.Age));
            Assert.InRange(merged.ProbeHits.Get(0), 0, 9);
            Assert.InRange(merged.ProbeHits.Get(1), 0, 8);
            Assert.InRange(merged.ProbeHits.Get(2), 254, 255);
            Assert.InRange(merged.ProbeHits.Get(3), 1, 200);
            Assert.Equal(left.LastNrAccesses, merged.LastNrAccesses);
            Assert.Equal((left.Start, right.End), (merged.Start, merged.End));
        }
    }));

    [Fact]
    public void Merging_reaches_the_wanted_number_when_the_regions_touch() => Check.QuickThrowOnFailure(Prop.ForAll(Layout.Any, layout =>
    {
        foreach (var regions in layout.Regions)
        {
            var target = Touching(regions);
            var attributes = new MonitoringAttributes { MaxNrRegions = 3 };
            RegionMerging.Merge([target], attributes, ProbeWeights.None, 0, ulong.MaxValue);
            Assert.True(target.Regions.Count <= 3);
        }
    }));

    [Theory]
    [InlineData(5, 5, 8)]
    [InlineData(5, 7, 8)]
    [InlineData(5, 8, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 0, 8)]
    public void A_region_gets_older_unless_its_accesses_changed(uint now, uint last, uint age)
    {
        var target = Layout.TargetOf(new Region(0, 10) { NrAccesses = now, LastNrAccesses = last, Age = 7 });
        RegionMerging.MergeTarget(target.Regions, ProbeWeights.None, 2, 10, countAge: true);
        Assert.Equal(age, target.Regions[0].Age);
    }

    [Fact]
    public void With_weighted_probes_hits_are_compared_and_accesses_are_not()
    {
        var target = Layout.TargetOf(
            new Region(0, 10) { NrAccesses = 20, ProbeHits = ProbeHits.Of(4, 1, 0, 0), LastProbeHits = ProbeHits.Of(4, 9, 0, 0) },
            new Region(10, 20) { NrAccesses = 0, ProbeHits = ProbeHits.Of(5, 2, 0, 0), LastProbeHits = ProbeHits.Of(9, 0, 0, 0) },
            new Region(20, 30) { NrAccesses = 0, ProbeHits = ProbeHits.Of(9, 0, 0, 0), LastProbeHits = ProbeHits.Of(9, 0, 0, 0) });

        RegionMerging.MergeTarget(target.Regions, new ProbeWeights(3, 0), 3, 100, countAge: true);

        Assert.Equal([(0, 20), (20, 30)], target.Regions.Span.ToArray().Select(region => ((int)region.Start, (int)region.End)));
        Assert.Equal([0u, 1u], target.Regions.Span.ToArray().Select(region => region.Age));
    }

    private static Target Touching(Region[] regions)
    {
        var target = new Target();
        ulong end = 0UL;
        foreach (var region in regions)
        {
            target.Regions.Add(region with { Start = end, End = end + region.Size });
            end += region.Size;
        }

        return target;
    }
}
