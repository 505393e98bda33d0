using Damon.Model.Monitoring;

namespace Damon.Model.Tests.Monitoring;

public sealed class ProbeTests
{
    private static readonly ProbeFilter AllowAnon = new(ProbeFilterType.Anon, Matching: true, Allow: true);
    private static readonly ProbeFilter RejectMemcg7 = new(ProbeFilterType.Memcg, Matching: true, Allow: false, MemcgId: 7);
    private static readonly ProbeFilter AllowOutsideMemcg7 = new(ProbeFilterType.Memcg, Matching: false, Allow: true, MemcgId: 7);

    [Fact]
    public void Without_filters_everything_is_a_hit()
    {
        Assert.True(new Probe(0, []).IsHit(null));
        Assert.True(new Probe(0, []).IsHit(new ProbedFolio(Anon: false, MemcgId: 0)));
    }

    [Fact]
    public void The_first_filter_that_is_meant_for_a_folio_decides()
    {
        var probe = new Probe(1, [RejectMemcg7, AllowAnon]);
        Assert.False(probe.IsHit(new ProbedFolio(Anon: true, MemcgId: 7)));
        Assert.True(probe.IsHit(new ProbedFolio(Anon: true, MemcgId: 8)));
    }

    [Fact]
    public void Otherwise_the_opposite_of_the_last_filter_holds()
    {
        Assert.False(new Probe(1, [RejectMemcg7, AllowAnon]).IsHit(new ProbedFolio(Anon: false, MemcgId: 8)));
        Assert.True(new Probe(1, [AllowAnon, RejectMemcg7]).IsHit(new ProbedFolio(Anon: false, MemcgId: 8)));
    }

    [Fact]
    public void No_folio_only_meets_filters_for_what_does_not_match()
    {
        Assert.False(new Probe(1, [AllowAnon]).IsHit(null));
        Assert.True(new Probe(1, [AllowOutsideMemcg7]).IsHit(null));
    }

    [Fact]
    public void A_folio_of_no_memcg_is_not_in_memcg_0() =>
        Assert.False((RejectMemcg7 with { MemcgId = 0 }).IsMeantFor(new ProbedFolio(Anon: true, MemcgId: 0)));

    [Fact]
    public void Hits_wrap_in_their_own_slot()
    {
        var hits = ProbeHits.Of(1, 255, 3, 4).Hit(1).Hit(3);
        Assert.Equal(ProbeHits.Of(1, 0, 3, 5), hits);
        Assert.Equal(ProbeHits.Of(1, 0, 0x34, 5), hits.With(2, 0x1234));
    }

    [Theory]
    [InlineData(20, 214_748_364, true)]
    [InlineData(20, 214_748_365, false)]
    [InlineData(255, 1, true)]
    [InlineData(256, 1, false)]
    [InlineData(256, 0, true)]
    public void Weights_are_valid_when_nothing_can_overflow(ulong samples, uint weight, bool valid)
    {
        var attributes = new MonitoringAttributes { SampleUs = 5_000, AggregationUs = samples * 5_000 };
        Assert.Equal(valid, new ProbeWeights(0, weight).Validate(attributes) is null);
    }

    [Fact]
    public void Weights_know_how_many_probes_there_are_and_whether_only_they_count()
    {
        Assert.Equal((0, false), (ProbeWeights.None.Installed, ProbeWeights.None.AttributesOnly));
        var idle = ProbeWeights.Of([new Probe(0, []), new Probe(0, [])]);
        Assert.Equal((2, false), (idle.Installed, idle.AttributesOnly));
        var weighted = ProbeWeights.Of([new Probe(0, []), new Probe(5, [])]);
        Assert.True(weighted.AttributesOnly);
        Assert.Equal(15u, weighted.WeightedSum(ProbeHits.Of(9, 3, 9, 9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProbeWeights(1, 2, 3, 4, 5));
    }
}
