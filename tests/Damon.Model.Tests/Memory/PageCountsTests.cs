using Damon.Model.Memory;
using Damon.Model.Monitoring;

namespace Damon.Model.Tests.Memory;

/// <summary>Counted pages, and what they say of probes.</summary>
public sealed class PageCountsTests
{
    private static readonly PageCounts _counts = Counts(
        (new PageKind(new MemcgId(2), Anon: true, Active: false, Huge: true), 500),
        (new PageKind(new MemcgId(1), Anon: false, Active: true, Huge: false), 30),
        (new PageKind(new MemcgId(1), Anon: true, Active: true, Huge: false), 4),
        (new PageKind(MemcgId.None, Anon: true, Active: false, Huge: false), 1));

    [Fact]
    public void Sums_go_over_the_kinds_that_match()
    {
        Assert.Equal(
            (535UL, 505UL, 30UL, 34UL, 500UL),
            (_counts.Bytes, _counts.AnonBytes, _counts.FileBytes, _counts.ActiveBytes, _counts.HugeBytes));
        Assert.Equal([34UL, 500UL, 0UL], new ulong[] { 1, 2, 3 }.Select(memcg => _counts.BytesOf(new MemcgId(memcg))));
        Assert.Equal([new MemcgId(1), new MemcgId(2)], _counts.Memcgs);
    }

    [Fact]
    public void Counts_are_equal_whatever_the_order_in_which_they_were_added()
    {
        PageCounts reversed = Counts([.. _counts.Kinds.Reverse().Select(one => (one.Kind, one.Bytes))]);

        Assert.Equal(_counts, reversed);
        Assert.Equal(1070UL, PageCounts.Sum([_counts, reversed]).Bytes);
        Assert.Equal(_counts.Kinds.Length, PageCounts.Sum([_counts, reversed]).Kinds.Length);
    }

    [Fact]
    public void A_probe_hits_the_bytes_that_its_filters_let_through_and_holes_as_no_folio()
    {
        const ulong Range = 1000;
        ProbeFilter anon = new(ProbeFilterType.Anon, Matching: true, Allow: true);
        ProbeFilter notAnon = new(ProbeFilterType.Anon, Matching: false, Allow: true);
        ProbeFilter ofTwo = new(ProbeFilterType.Memcg, Matching: true, Allow: false, MemcgId: 2);

        Assert.Equal(505UL, _counts.HitBytes(new Probe(0, [anon]), Range));
        Assert.Equal(30 + (Range - 535), _counts.HitBytes(new Probe(0, [notAnon]), Range));
        Assert.Equal(Range - 500, _counts.HitBytes(new Probe(0, [ofTwo]), Range));
        Assert.Equal(5UL, _counts.HitBytes(new Probe(0, [ofTwo, anon]), Range));
        Assert.Equal(Range, _counts.HitBytes(new Probe(0, []), Range));
    }

    private static PageCounts Counts(params (PageKind Kind, ulong Bytes)[] all)
    {
        PageTally tally = new();
        foreach ((PageKind kind, ulong bytes) in all) tally.Add(kind, bytes);
        return tally.ToCounts();
    }
}
