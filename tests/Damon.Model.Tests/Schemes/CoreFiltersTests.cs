using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>The filters that the core evaluates (section 8).</summary>
public sealed class CoreFiltersTests
{
    private const ulong Page = 4096;
    private const ulong NrPages = 64;
    private const int TargetIndex = 1;

    private static readonly SchemeFilter OpsAllow = new(SchemeFilterType.Anon, Matching: true, Allow: true);
    private static readonly SchemeFilter OpsReject = OpsAllow with { Allow = false };

    private static Gen<SchemeFilter> CoreFilter { get; } =
        from isTarget in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        from matching in Gen.Elements(true, false)
        from allow in Gen.Elements(true, false)
        from start in Gen.Choose(0, 70 * (int)Page)
        from size in Gen.Choose(1, 40 * (int)Page)
        from target in Gen.Choose(0, 2)
        select isTarget
            ? new SchemeFilter(SchemeFilterType.Target, matching, allow, From: (ulong)target)
            : new SchemeFilter(SchemeFilterType.Addr, matching, allow, From: (ulong)start, To: (ulong)(start + size));

    private static Arbitrary<SchemeFilter[]> Chains { get; } = (
        from core in CoreFilter.ArrayOf()
        from ops in Gen.Elements<SchemeFilter[]>([], [OpsAllow], [OpsReject])
        select (SchemeFilter[])[.. core, .. ops]).ToArbitrary();

    [Fact]
    public void Every_page_gets_the_verdict_of_the_first_filter_that_is_for_it() => Check.QuickThrowOnFailure(
        Prop.ForAll(Chains, chain =>
        {
            var verdicts = Judge(chain);
            for (ulong page = 0UL; page < NrPages; page++) Assert.Equal(Naive(chain, page * Page), verdicts[(int)page]);
        }));

    [Fact]
    public void A_region_is_cut_at_borders_only() => Check.QuickThrowOnFailure(Prop.ForAll(Chains, chain =>
    {
        Region region = new(0, NrPages * Page);
        RegionCutList cuts = new();
        new CoreFilters([.. chain]).Judge(TargetIndex, ref region, Page, cuts);

        var borders = chain.SelectMany(filter => (ulong[])[Aligned(filter.From), Aligned(filter.To)]).ToHashSet();
        ulong end = NrPages * Page;
        foreach (var cut in cuts.Memory.ToArray())
        {
            Assert.InRange(cut.Address, 1UL, end - 1);
            Assert.Contains(cut.Address, borders);
            end = cut.Address;
        }

        Assert.Equal(end, region.End);
    }));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_group_whose_last_filter_allows_rejects_the_rest(bool lastAllows, bool passes)
    {
        SchemeFilter nowhere = new(SchemeFilterType.Addr, Matching: true, lastAllows, From: 1000 * Page, To: 1001 * Page);
        Region region = new(0, Page);

        Assert.Equal(passes, !new CoreFilters([nowhere]).Judge(TargetIndex, ref region, Page, new RegionCutList()).Rejected);
    }

    [Fact]
    public void With_operations_filters_the_core_leaves_the_rest_to_them()
    {
        SchemeFilter nowhere = new(SchemeFilterType.Addr, Matching: true, Allow: true, From: 1000 * Page, To: 1001 * Page);
        CoreFilters filters = new([nowhere, OpsAllow]);

        Assert.False(filters.CoreRejectsByDefault);
        Assert.True(filters.OperationsRejectByDefault);
        Assert.False(new CoreFilters([OpsReject]).OperationsRejectByDefault);
        Assert.False(new CoreFilters([]).OperationsRejectByDefault);
    }

    /// <summary>The verdict on each page, found the way that a walk over the regions finds it.</summary>
    private static List<CoreVerdict> Judge(SchemeFilter[] chain)
    {
        CoreFilters filters = new([.. chain]);
        RegionCutList cuts = new();
        Stack<Region> rest = new([new Region(0, NrPages * Page)]);
        var verdicts = new List<CoreVerdict>();
        while (rest.TryPop(out var region))
        {
            cuts.Clear();
            var left = region;
            var verdict = filters.Judge(TargetIndex, ref left, Page, cuts);
            foreach (var cut in cuts.Memory.Span) rest.Push(region.SplitAt(cut.Address - region.Start));
            verdicts.AddRange(Enumerable.Repeat(verdict, (int)(left.Size / Page)));
        }

        return verdicts;
    }

    private static CoreVerdict Naive(SchemeFilter[] chain, ulong address)
    {
        var core = chain.Where(filter => filter.IsCore).ToList();
        foreach (var filter in core)
        {
            bool matches = filter.Type == SchemeFilterType.Target
                ? filter.From == TargetIndex
                : Aligned(filter.From) <= address && address < Aligned(filter.To);
            if (matches == filter.Matching) return new CoreVerdict(!filter.Allow, filter.Allow);
        }

        bool hasOps = core.Count < chain.Length;
        return new CoreVerdict(!hasOps && core.Count > 0 && core[^1].Allow, Allowed: false);
    }

    private static ulong Aligned(ulong address) => address / Page * Page;
}
