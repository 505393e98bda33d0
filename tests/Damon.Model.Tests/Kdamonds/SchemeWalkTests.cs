using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.Tests.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>Passes of schemes over the regions (section 7), whatever the schemes decide.</summary>
public sealed class SchemeWalkTests
{
    private const int Passes = 6;

    private static Arbitrary<(Layout Layout, int NrSchemes, ulong Seed)> Cases { get; } = (
        from layout in Layout.Any.Generator
        where layout.Regions.Length > 0
        from schemes in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select (layout, schemes, (ulong)seed)).ToArbitrary();

    [Fact]
    public void Regions_stay_in_order_and_cover_their_targets() => ForAllCases((bench, layout, _) =>
    {
        string[] covered = layout.Targets().Select(Coverage.Of).ToArray();
        for (int i = 0; i < Passes; i++)
        {
            bench.Step();
            Assert.Equal(covered, bench.Context.Targets.Select(Coverage.Of));
        }
    });

    [Fact]
    public void The_last_scheme_decides_on_each_address_once_in_a_pass() => ForAllCases((bench, layout, agents) =>
    {
        var last = agents[^1];
        string[] covered = layout.Targets().Select(Coverage.Of).ToArray();
        for (int i = 0; i < Passes; i++)
        {
            last.Decided.Clear();
            bench.Step();
            if (last.Decided.Count == 0) continue;
            for (int target = 0; target < covered.Length; target++)
            {
                var decided = last.Decided.Where(entry => entry.TargetIndex == target).Select(entry => entry.Region);
                Assert.Equal(covered[target], Coverage.Of(Layout.TargetOf([.. decided])));
            }
        }
    });

    [Fact]
    public void The_last_region_of_a_target_is_said_to_be_the_last_and_no_other() => ForAllCases((bench, layout, agents) =>
    {
        bench.Steps(3);
        foreach (var offer in agents.SelectMany(agent => agent.Offers))
        {
            ulong end = layout.Regions[offer.TargetIndex][^1].End;
            Assert.Equal(end == offer.Region.End, offer.IsLast);
        }
    });

    [Fact]
    public void Regions_that_nothing_tells_apart_are_glued_up_to_the_size_limit()
    {
        ulong page = 4096UL;
        var target = Layout.TargetOf(
            new Region(0, page), new Region(page, 2 * page), new Region(2 * page, 3 * page) { LastNrAccesses = 3 });
        var bench = new LoopBench(Every5Ms(1), (index, _) => new FakeAgent(index, []), [target]);
        bench.Context.Attributes = bench.Context.Attributes with { MinNrRegions = 3 };
        bench.Steps(2);
        Assert.Equal(3, target.Regions.Count);

        var wide = Layout.TargetOf([.. target.Regions.Span, new Region(100 * page, 200 * page)]);
        bench = new LoopBench(Every5Ms(1), (index, _) => new FakeAgent(index, []), [wide]);
        bench.Step();
        int before = wide.Regions.Count;
        bench.Step();
        Assert.Equal(before - 1, wide.Regions.Count);
        Assert.Equal(2 * page, wide.Regions[0].End);
    }

    [Fact]
    public void Regions_are_glued_also_where_no_scheme_has_room()
    {
        FakeAgent full = new(0, []) { Verdict = _ => new RegionVerdict(default, Acted: false, HasRoom: false) };
        var first = Layout.TargetOf(new Region(0, 100 * 4096));
        var second = Layout.TargetOf(new Region(0, 4096), new Region(4096, 2 * 4096));
        var bench = new LoopBench(Every5Ms(1), (_, _) => full, [first, second]);
        bench.Steps(2);

        Assert.Single(full.Offers);
        Assert.Equal(1, second.Regions.Count);
    }

    [Fact]
    public void What_was_acted_on_is_young_again_and_the_rest_is_not()
    {
        var target = Layout.TargetOf(new Region(0, 8 * 4096) { Age = 7 }, new Region(8 * 4096, 16 * 4096) { Age = 9 });
        FakeAgent acting = new(0, []) { Verdict = offer => new RegionVerdict(default, offer.Region.Start >= 8 * 4096, HasRoom: true) };
        var bench = new LoopBench(Every5Ms(1), (_, _) => acting, [target]);
        bench.Steps(2);

        Assert.All(target.Regions.Span.ToArray(), region => Assert.Equal(region.Start < 8 * 4096 ? 7U : 0U, region.Age));
    }

    [Fact]
    public void A_scheme_without_room_is_not_asked_again_in_the_pass()
    {
        FakeAgent full = new(0, []) { Verdict = _ => new RegionVerdict(default, Acted: false, HasRoom: false) };
        var bench = new LoopBench(Every5Ms(1), (_, _) => full);
        bench.Steps(2);

        Assert.Single(full.Offers);
    }

    private static KdamondSettings Every5Ms(int nrSchemes) =>
        LoopBench.Settings([.. Enumerable.Repeat(LoopBench.Stat with { ApplyIntervalUs = 5_000 }, nrSchemes)]);

    private static void ForAllCases(Action<LoopBench, Layout, List<CuttingAgent>> holds) => Check.QuickThrowOnFailure(
        Prop.ForAll(Cases, one =>
        {
            var agents = new List<CuttingAgent>();
            var settings = Every5Ms(one.NrSchemes) with { MinRegionSize = one.Layout.MinRegionSize };
            var bench = new LoopBench(
                settings,
                (index, _) =>
                {
                    agents.Add(new CuttingAgent(one.Layout.MinRegionSize, one.Seed + (ulong)index));
                    return agents[^1];
                },
                one.Layout.Targets())
            { Accesses = 2 };
            holds(bench, one.Layout, agents);
        }));

    /// <summary>Cuts and acts at random.</summary>
    private sealed class CuttingAgent(ulong minRegionSize, ulong seed) : ISchemeAgent
    {
        private readonly Lfsr113 _random = new(seed);

        public List<RegionOffer> Offers { get; } = [];

        /// <summary>The offers as they were left after the cuts.</summary>
        public List<RegionOffer> Decided { get; } = [];

        public WatermarkLook LookAtWatermarks() => new(0, true);

        public PassBegun BeginPass(in SchemePass pass)
        {
            RegionCutList cuts = new();
            for (int target = 0; target < pass.Targets.Count; target++)
            {
                foreach (var region in pass.Targets[target].Regions.Span)
                {
                    var part = region;
                    foreach (ulong address in Cuts(part)) cuts.Cut(target, ref part, address);
                }
            }

            cuts.Sort();
            return new PassBegun(cuts.Memory, HasRoom: true);
        }

        public RegionVerdict Consider(in RegionOffer offer)
        {
            Offers.Add(offer);
            RegionCutList cuts = new();
            var region = offer.Region;
            foreach (ulong address in Cuts(region)) cuts.Cut(offer.TargetIndex, ref region, address);
            Decided.Add(offer with { Region = region });
            return new RegionVerdict(cuts.Memory, Acted: _random.Between(0, 3) == 0, HasRoom: true);
        }

        public void ForgetTarget(int targetIndex) => throw new InvalidOperationException("no target goes away here");

        public void RenumberTargets(ReadOnlyMemory<int> places) => throw new InvalidOperationException("no target moves here");

        public void EndPass()
        {
        }

        public void Commit(SchemeSettings settings) => throw new InvalidOperationException("nothing is committed here");

        public void Remove() => throw new InvalidOperationException("nothing is removed here");

        /// <summary>Up to two places inside a region, from right to left; seldom, as cuts breed cuts.</summary>
        private IEnumerable<ulong> Cuts(Region region)
        {
            ulong end = region.Size / minRegionSize;
            ulong count = _random.Between(0, 10) == 0 ? _random.Between(1, 3) : 0;
            for (; count > 0 && end > 1; count--)
            {
                end = _random.Between(1, end);
                yield return region.Start + (end * minRegionSize);
            }
        }
    }
}
