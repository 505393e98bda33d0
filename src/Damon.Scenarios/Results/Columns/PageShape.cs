using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;

namespace Damon.Scenarios.Results.Columns;

/// <summary>Which quantities a full count of pages has, by name, in order.</summary>
internal static class PageShape
{
    /// <summary>A count in which nothing has a meaning, to be given to who reads.</summary>
    public static PageSurvey Blank { get; } = new(0, 0, 0, [], []);

    private static RegionPages BlankPages { get; } = new(default, 0, PageCounts.None);

    private static StalePages BlankStale { get; } = new(BlankPages, PageCounts.None);

    private static Probe BlankProbe { get; } = new(0, []);

    private static ProbeFilter BlankFilter { get; } = new(default, false, false);

    /// <summary>Goes over a count.</summary>
    public static PageSurvey Describe(IQuantities quantities, PageSurvey survey) => new(
        quantities.Number("count_at_us", survey.AtUs),
        quantities.Number("count_samples", survey.Samples),
        quantities.Number("count_looks", survey.Looks),
        quantities.Each("count_probes", survey.Probes, BlankProbe, Probe, apart: false),
        quantities.Each("count_regions", survey.Regions, BlankPages, (each, pages) => Pages(each, "page", pages), apart: false))
    {
        Stale = quantities.Each("stale_regions", survey.Stale, BlankStale, Stale, apart: false),
    };

    private static Probe Probe(IQuantities quantities, Probe probe) => new(
        (uint)quantities.Number("page_probe_weight", probe.Weight),
        quantities.Each("page_probe_filters", probe.Filters, BlankFilter, Filter, apart: false));

    private static ProbeFilter Filter(IQuantities quantities, ProbeFilter filter) => new(
        (ProbeFilterType)quantities.Number("page_probe_filter_type", (ulong)filter.Type),
        quantities.Flag("page_probe_filter_matching", filter.Matching),
        quantities.Flag("page_probe_filter_allow", filter.Allow),
        quantities.Number("page_probe_filter_memcg", filter.MemcgId));

    private static RegionPages Pages(IQuantities quantities, string name, RegionPages pages) => new(
        ReadingShape.Region(quantities, name + "_region", pages.Region),
        quantities.Number(name + "_bytes", pages.Bytes),
        Counts(quantities, name, pages.Counts));

    private static StalePages Stale(IQuantities quantities, StalePages stale) => new(
        Pages(quantities, "page_then", stale.Then), Counts(quantities, "page_now", stale.Now));

    private static PageCounts Counts(IQuantities quantities, string name, PageCounts counts) => new(quantities.Each(
        name + "_kinds", counts.Kinds, default, (each, kind) => Kind(each, name + "_kind", kind), apart: false));

    private static PagesOfKind Kind(IQuantities quantities, string name, PagesOfKind one) => new(
        new PageKind(
            new MemcgId(quantities.Number(name + "_memcg", one.Kind.Memcg.Value)),
            quantities.Flag(name + "_is_anon", one.Kind.Anon),
            quantities.Flag(name + "_is_active", one.Kind.Active),
            quantities.Flag(name + "_is_huge", one.Kind.Huge)),
        quantities.Number(name + "_bytes", one.Bytes));
}
