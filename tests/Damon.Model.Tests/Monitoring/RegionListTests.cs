using Damon.Model.Monitoring;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Monitoring;

public sealed class RegionListTests
{
    private static Arbitrary<(int Kind, int Place)[]> Changes { get; } = (
        from kind in Gen.Choose(0, 4)
        from place in Gen.Choose(0, 1000)
        select (kind, place)).ArrayOf().ToArbitrary();

    [Fact]
    public void It_behaves_like_a_plain_list() => Check.QuickThrowOnFailure(Prop.ForAll(Changes, changes =>
    {
        var list = new RegionList();
        var plain = new List<Region>();
        foreach (var (kind, place) in changes)
        {
            var region = new Region((ulong)place, (ulong)place + 1);
            switch (kind)
            {
                case 0 or 1:
                    list.Add(region);
                    plain.Add(region);
                    break;
                case 2:
                    list.Insert(place % (plain.Count + 1), region);
                    plain.Insert(place % (plain.Count + 1), region);
                    break;
                case 3:
                    int from = place % (plain.Count + 1);
                    int count = Math.Min(2, plain.Count - from);
                    list.RemoveRange(from, count);
                    plain.RemoveRange(from, count);
                    break;
                default:
                    foreach (var kept in list.Span)
                        if (kept.Start % 2 == 0) list.Emit(kept);
                    list.EndPass();
                    plain.RemoveAll(dropped => dropped.Start % 2 != 0);
                    break;
            }

            Assert.Equal(plain, list.Span.ToArray());
            Assert.Equal((ulong)plain.Count, list.TotalSize());
        }
    }));

    [Fact]
    public void Places_beyond_the_end_are_refused()
    {
        var list = new RegionList();
        list.Add(new Region(0, 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => list[1].Age);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1].Age);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Insert(2, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.RemoveRange(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Truncate(2));
    }

    [Fact]
    public void A_new_aggregation_remembers_the_finished_one()
    {
        var list = new RegionList();
        list.Add(new Region(0, 1) { NrAccesses = 3, LastNrAccesses = 9, ProbeHits = new(5), LastProbeHits = new(6), Age = 2 });

        list.ResetAggregated();

        Assert.Equal(new Region(0, 1) { LastNrAccesses = 3, LastProbeHits = new(5), Age = 2 }, list[0]);
    }

    [Fact]
    public void The_right_part_of_a_split_has_the_counters_but_no_sampling_address()
    {
        var left = new Region(10, 30)
        {
            NrAccesses = 1,
            LastNrAccesses = 2,
            Age = 3,
            ProbeHits = new(4),
            LastProbeHits = new(5),
            SamplingAddress = 12,
        };
        var whole = left;

        var right = left.SplitAt(8);

        Assert.Equal(whole with { End = 18 }, left);
        Assert.Equal(whole with { Start = 18, SamplingAddress = 0 }, right);
    }
}
