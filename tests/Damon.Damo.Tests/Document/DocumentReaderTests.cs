using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Values;
using Damon.Damo.Writing;

namespace Damon.Damo.Tests.Document;

public class DocumentReaderTests
{
    private static string WithScheme(string scheme) =>
        $$"""{"kdamonds": [{"state": "on", "pid": 7, "contexts": [{"ops": "paddr", "targets": [], "schemes": [{{scheme}}]}]}]}""";

    private static Scheme ReadScheme(string scheme, List<Notice>? notices = null) =>
        new DocumentReader(notices ?? []).Read(WithScheme(scheme), "x.json").Kdamonds[0].Contexts[0].Schemes[0];

    private static string ErrorOf(string text, string name = "x.json") =>
        Assert.Throws<DamoException>(() => new DocumentReader([]).Read(text, name)).Message;

    [Fact]
    public void An_empty_scheme_is_the_default_one() => Assert.Equal(Scheme.Default, ReadScheme("{}"));

    [Fact]
    public void Old_names_are_understood()
    {
        Scheme scheme = ReadScheme(
            """
            {"quotas": {"time_ms": 0, "sz_bytes": "1 K", "reset_interval_ms": "1 s", "goals": [{"target_value_bp": "40", "current_value_bp": 3}],
             "weights": {"sz_permil": 0, "nr_accesses_permil": "50 %", "age_permil": 1}},
             "filters": [{"filter_type": "anon", "matching": "Y", "filter_pass": "yes"}]}
            """);
        Assert.Equal(new QuotaGoal(QuotaGoalMetric.UserInput, 40, 3, null, null), Assert.Single(scheme.Quotas.Goals));
        Assert.Equal(new SchemeFilter(FilterType.Anon, true, true), Assert.Single(scheme.Filters));
        Assert.Equal((Number)500, scheme.Quotas.Weights.AccessesPermil);
        Assert.Equal((Number)1000, scheme.Quotas.ResetIntervalMs);
    }

    [Fact]
    public void Statistics_are_ignored_and_unknown_keys_noticed()
    {
        var notices = new List<Notice>();
        ReadScheme("""{"stats": {"nr_tried": 1}, "acton": "cold"}""", notices);
        Notice notice = Assert.Single(notices);
        Assert.Equal((NoticeCode.UnknownKey, "x.json.kdamonds[0].contexts[0].schemes[0].acton"), (notice.Code, notice.Where));
        Assert.Contains("'action'", notice.Message);
    }

    [Fact]
    public void An_eligibility_goal_keeps_its_node_as_an_extension()
    {
        DamoDocument document = Commands.Args(
            "--damos_action stat --damos_quota_interval 1s --damos_quota_goal node_ineligible_mem_bp 30% 1").Document;
        var notices = new List<Notice>();
        DamoDocument reread = new DocumentReader(notices).Read(DocumentWriter.Write(document, new()), "x.json");
        Assert.Equal(document.Kdamonds[0].Contexts[0].Schemes[0].Quotas, reread.Kdamonds[0].Contexts[0].Schemes[0].Quotas);
        Assert.Equal(NoticeCode.Extension, Assert.Single(notices).Code);
    }

    [Theory]
    [InlineData("""{"action": "colds"}""", "schemes[0].action: 'colds'", "'cold'")]
    [InlineData("""{"apply_interval_us": "5min"}""", "apply_interval_us", "'5m'")]
    [InlineData("""{"filters": [{"filter_type": "memcg", "matching": true}]}""", "filters[0]", "memcg_path")]
    [InlineData("""{"watermarks": {"metric": "none"}}""", "watermarks", "interval_us")]
    [InlineData("""{"filters": [{"filter_type": "anon", "matching": "0"}]}""", "matching", "truth value")]
    [InlineData("""{"access_pattern": 5}""", "access_pattern", "mapping")]
    [InlineData("""{"dests": [{"id": 0}]}""", "dests[0]", "weight")]
    [InlineData("""{"access_pattern": {"sz_bytes": {"min": 0, "max": 1}, "nr_accesses": {"min": 0, "max": "3 samples"}, "age": {"min": 0, "max": 1}}}""", "nr_accesses", "samples")]
    [InlineData("""{"filters": [{"filter_type": "hugepage_size", "matching": true, "hugepage_size": ["4K"]}]}""", "hugepage_size", "two")]
    public void Errors_name_the_path_and_what_is_allowed(string scheme, string path, string hint)
    {
        string message = ErrorOf(WithScheme(scheme));
        Assert.Contains(path, message);
        Assert.Contains(hint, message);
    }

    [Theory]
    [InlineData("{\"kdamonds\": [", "x.json", "line 1")]
    [InlineData("{\"kdamonds\": []} x", "x.json", "line 1")]
    [InlineData("", "x.json", "line 1")]
    [InlineData("[]", "x.json", "mapping")]
    [InlineData("{\"kdamond\": []}", "x.json", "'kdamonds' is missing")]
    [InlineData("a: [1\nb: 2", "x.yaml", "no valid YAML")]
    [InlineData("a: &x 1\nkdamonds: *x", "x.yaml", "alias")]
    [InlineData("", "x.yaml", "null")]
    public void Broken_texts_are_told_with_their_place(string text, string name, string hint) => Assert.Contains(hint, ErrorOf(text, name));

    [Fact]
    public void Deep_nesting_is_refused_in_both_forms()
    {
        Assert.NotEmpty(ErrorOf(new string('[', 100_000)));
        Assert.Contains("deeper", ErrorOf(new string('[', 1000), "x.yaml"));
    }

    [Fact]
    public void Yaml_in_flow_style_is_read()
    {
        DamoDocument document = new DocumentReader([]).Read(
            "kdamonds: [{contexts: [{ops: vaddr, targets: [{pid: 7, regions: []}], nr_regions: {min: 20, max: '1,000'}}]}]", "compact.yaml");
        Assert.Equal(new NrRegions(20, 1000), document.Kdamonds[0].Contexts[0].NrRegions);
        Assert.Equal((Number)7, document.Kdamonds[0].Contexts[0].Targets[0].Pid!.Value);
    }
}
