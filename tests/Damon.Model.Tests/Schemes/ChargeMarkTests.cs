using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>A scheme goes on where its last charge window ended (section 7b).</summary>
public sealed class ChargeMarkTests
{
    private const ulong Page = 4096;

    [Fact]
    public void Round_by_round_all_memory_is_done_once_and_in_order() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 500 * (int)Page).ToArbitrary(),
        quota =>
        {
            // Each pass opens a new window, while the regions underneath merge and split all the time.
            SchemeRun run = new(new SchemeSettings
            {
                Action = SchemeAction.Stat,
                ApplyIntervalUs = 5_000,
                Quota = new QuotaSettings { SizeBytes = (ulong)quota, ResetIntervalMs = 5 },
            });
            run.Bench.Steps(120);

            var everything = Pages(SchemeRun.Ranges.SelectMany((ranges, target) =>
                ranges.Select(range => (target, new Region(range.Start, range.End)))));
            var round = new List<(int, ulong)>();
            int rounds = 0;
            foreach (var pass in Passes(run.Scheme.Applied))
            {
                var done = Pages(pass);
                Assert.InRange((ulong)done.Count * Page, 0UL, (ulong)quota);
                if (done.Count > 0 && done[0] == everything[0])
                {
                    if (rounds++ > 0) Assert.Equal(everything, round);
                    round.Clear();
                }

                round.AddRange(done);
            }

            Assert.Equal(everything[..round.Count], round);
            if ((ulong)quota >= 20 * Page) Assert.True(rounds > 1, "no round was finished");
        }));

    [Theory]
    [InlineData(0, 4, true, null)]
    [InlineData(4, 8, true, 6)]
    [InlineData(6, 8, false, null)]
    [InlineData(8, 9, false, null)]
    public void Regions_before_the_mark_are_skipped_and_the_mark_goes_when_it_is_reached(
        int start, int end, bool skipped, int? cutAt)
    {
        ChargeMark? mark = new ChargeMark(0, 6 * Page);
        RegionCutList cuts = new();
        Region region = new((ulong)start * Page, (ulong)end * Page);

        Assert.Equal(skipped, ChargeMarkSkip.Skips(ref mark, 0, ref region, isLast: false, Page, cuts));
        Assert.Equal(skipped, mark is not null);
        Assert.Equal(cutAt is null ? [] : [new RegionCut(0, (ulong)cutAt * Page)], cuts.Memory.ToArray());
    }

    [Fact]
    public void Other_targets_are_skipped_and_keep_the_mark()
    {
        ChargeMark? mark = new ChargeMark(1, 6 * Page);
        Region region = new(0, 8 * Page);

        Assert.True(ChargeMarkSkip.Skips(ref mark, 0, ref region, isLast: true, Page, new RegionCutList()));
        Assert.Equal(new ChargeMark(1, 6 * Page), mark);
    }

    [Fact]
    public void The_end_of_the_target_clears_the_mark()
    {
        ChargeMark? mark = new ChargeMark(0, 8 * Page);
        Region region = new(0, 8 * Page);

        Assert.True(ChargeMarkSkip.Skips(ref mark, 0, ref region, isLast: true, Page, new RegionCutList()));
        Assert.Null(mark);
    }

    [Theory]
    [InlineData(16, 1, null)]
    [InlineData(32, 2, 16UL)]
    public void A_mark_inside_the_first_smallest_region_skips_that_whole(int size, int nrParts, ulong? cutAt)
    {
        ChargeMark? mark = new ChargeMark(0, 5);
        RegionCutList cuts = new();
        Region region = new(0, (ulong)size);

        Assert.True(ChargeMarkSkip.Skips(ref mark, 0, ref region, isLast: false, 16, cuts));
        Assert.Equal(nrParts - 1, cuts.Count);
        if (cutAt is { } address) Assert.Equal(address, cuts.Memory.Span[0].Address);
    }

    private static List<(int Target, ulong Page)> Pages(IEnumerable<(int Target, Region Region)> regions)
    {
        var pages = new List<(int, ulong)>();
        foreach (var (target, region) in regions)
            for (ulong page = region.Start; page < region.End; page += Page) pages.Add((target, page));
        return pages;
    }

    private static List<List<(int Target, Region Region)>> Passes(IEnumerable<(int Target, Region Region)?> applied)
    {
        var passes = new List<List<(int, Region)>> { new() };
        foreach (var one in applied)
        {
            if (one is { } entry) passes[^1].Add(entry);
            else passes.Add([]);
        }

        return passes;
    }
}
