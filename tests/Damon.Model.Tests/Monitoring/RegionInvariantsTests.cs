using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

/// <summary>What holds for regions whatever is done to them, in any order.</summary>
public sealed class RegionInvariantsTests
{
    private enum Step
    {
        Merge,
        Split,
        ApplyMinNrRegions,
        SetRegions,
        Reset,
    }

    private static Arbitrary<(Layout Layout, Step[] Steps, ulong Seed)> Histories { get; } = (
        from layout in Layout.Any.Generator
        from steps in Gen.Elements(Enum.GetValues<Step>()).ArrayOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select (layout, steps, (ulong)seed)).ToArbitrary();

    [Fact]
    public void Regions_never_overlap_and_always_cover_what_is_monitored() => ForAllHistories((layout, steps, seed) =>
    {
        var targets = layout.Targets();
        var random = new Lfsr113(seed);
        var rotation = new KernelVariables();
        foreach (var step in steps)
        {
            string[] before = targets.Select(Covered).ToArray();
            if (step == Step.SetRegions)
                before = [.. targets.Select(target => Change(target, layout.MinRegionSize, random))];
            else
                Do(step, targets, layout.MinRegionSize, random, rotation);
            Assert.Equal(before, targets.Select(Covered));
        }
    });

    [Fact]
    public void Splitting_keeps_within_the_wanted_number_when_it_began_there() => ForAllHistories((layout, _, seed) =>
    {
        var targets = layout.Targets();
        const ulong Wanted = 20;
        ulong before = (ulong)Target.CountRegions(targets);
        var rotation = new KernelVariables();
        RegionSplitting.Split(targets, Wanted, layout.MinRegionSize, new Lfsr113(seed), rotation);

        Assert.True((ulong)Target.CountRegions(targets) <= Math.Max(before, Wanted));
        Assert.Equal(before, rotation.LastNrRegions);
    });

    [Fact]
    public void The_size_limit_leaves_no_larger_region() => Check.QuickThrowOnFailure(Prop.ForAll(Layout.Any, layout =>
    {
        var targets = layout.Targets();
        ulong limit = RegionSplitting.ApplyMinNrRegions(targets, 10, layout.MinRegionSize);
        foreach (var target in targets)
            foreach (var region in target.Regions.Span) Assert.InRange(region.Size, layout.MinRegionSize, limit);
    }));

    [Fact]
    public void Passes_over_a_thousand_regions_allocate_nothing()
    {
        var target = Layout.TargetOf();
        for (ulong i = 0UL; i < 600; i++) target.Regions.Add(new Region(i << 20, (i + 1) << 20) { NrAccesses = (uint)i % 20 });
        Target[] targets = [target];
        var random = new Lfsr113(42);
        var rotation = new KernelVariables();
        var attributes = new MonitoringAttributes();
        for (int i = 0; i < 100; i++) Aggregate();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Aggregate();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Aggregate()
        {
            foreach (ref var region in target.Regions.Span) region.NrAccesses = (uint)(region.Start >> 20) % 20;
            RegionMerging.Merge(targets, attributes, ProbeWeights.None, 1, 1UL << 30);
            RegionSplitting.ApplyMinNrRegions(targets, attributes.MinNrRegions, 4096);
            target.Regions.ResetAggregated();
            RegionSplitting.Split(targets, attributes.MaxNrRegions, 4096, random, rotation);
        }
    }

    private static void ForAllHistories(Action<Layout, Step[], ulong> holds) => Check.QuickThrowOnFailure(
        Prop.ForAll(Histories, history => holds(history.Layout, history.Steps, history.Seed)));

    private static void Do(Step step, Target[] targets, ulong minRegionSize, Lfsr113 random, ISplitRotation rotation)
    {
        switch (step)
        {
            case Step.Merge:
                ulong limit = RegionSplitting.SizeLimit(targets, 10, minRegionSize);
                RegionMerging.Merge(targets, new MonitoringAttributes { MaxNrRegions = 15 }, ProbeWeights.None, 2, limit);
                break;
            case Step.Split:
                RegionSplitting.Split(targets, 40, minRegionSize, random, rotation);
                break;
            case Step.ApplyMinNrRegions:
                RegionSplitting.ApplyMinNrRegions(targets, 10, minRegionSize);
                break;
            case Step.Reset:
                foreach (var target in targets) target.Regions.ResetAggregated();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "not a step on all targets");
        }
    }

    /// <summary>Sets other ranges, drawn at random, and gives them back as what must now be covered.</summary>
    private static string Change(Target target, ulong minRegionSize, Lfsr113 random)
    {
        var ranges = RangesTests.RandomRanges(random, minRegionSize);
        Assert.Null(RegionRanges.Set(target.Regions, ranges, minRegionSize));
        return Covered(Layout.TargetOf([.. ranges.Select(range => new Region(range.Start, range.End))]));
    }

    /// <summary>The addresses that the regions cover, after a check that they are in order and none is empty.</summary>
    private static string Covered(Target target)
    {
        var ranges = new List<AddressRange>();
        foreach (var region in target.Regions.Span)
        {
            Assert.True(region.Start < region.End, "a region is empty");
            if (ranges.Count > 0) Assert.True(ranges[^1].End <= region.Start, "regions overlap");
            if (ranges.Count > 0 && ranges[^1].End == region.Start)
                ranges[^1] = ranges[^1] with { End = region.End };
            else
                ranges.Add(new AddressRange(region.Start, region.End));
        }

        return string.Join(' ', ranges);
    }
}
