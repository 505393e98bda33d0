namespace Damon.Scenarios.Tests.Explaining.Traps;

public class FilterTrapTests
{
    private const string Promotion = "--numa_node 1 --damos_action migrate_hot 0 --damos_access_rate 5% max ";
    private const string Demotion = "--numa_node 0 --damos_action migrate_cold 1 --damos_access_rate 0% 0% ";

    [Fact]
    public void Allow_memcg_and_allow_young_also_promotes_other_tenants()
    {
        const string Trap = Promotion + "--damos_filter allow memcg /a --damos_filter allow young";
        const string Corrected = Promotion + "--damos_filter reject none memcg /a --damos_filter allow young";
        var finding = Explained.Corrects("first match filters", Trap, Corrected);
        Assert.Contains("every page of /a, and every young page of everybody else", finding.Problem);

        Tenant[] tenants = [new("/a", 1, 12, 1000), new("/b", 1, 12, 1000)];
        SmallHost trapped = new(Trap, 3, tenants), mended = new(Corrected, 3, tenants);
        Assert.InRange(trapped.MiBOf("/b", 0), 6, 12);
        Assert.Equal(0, mended.MiBOf("/b", 0));
        Assert.InRange(mended.MiBOf("/a", 0), 6, 12);
    }

    [Fact]
    public void Allow_memcg_and_reject_young_also_demotes_other_tenants()
    {
        const string Trap = Demotion + "--damos_filter allow memcg /a --damos_filter reject young";
        const string Corrected = Demotion + "--damos_filter reject none memcg /a --damos_filter reject young";
        var finding = Explained.Corrects("first match filters", Trap, Corrected);
        Assert.Contains("every page of /a, and every not young page of everybody else", finding.Problem);

        Tenant[] tenants = [new("/a", 0, 12), new("/b", 0, 12)];
        SmallHost trapped = new(Trap, 3, tenants), mended = new(Corrected, 3, tenants);
        Assert.InRange(trapped.MiBOf("/b", 1), 6, 12);
        Assert.Equal(0, mended.MiBOf("/b", 1));
        Assert.InRange(mended.MiBOf("/a", 1), 6, 12);
    }

    [Fact]
    public void Filters_of_two_cgroups_are_corrected_with_the_cgroups_last()
    {
        const string Filters = "--damos_filter allow memcg /a --damos_filter allow memcg /b --damos_filter allow anon";
        Explained.Corrects(
            "first match filters",
            Promotion + Filters,
            Promotion + "--damos_filter reject none anon --damos_filter allow memcg /a --damos_filter allow memcg /b");
    }

    [Fact]
    public void Every_correction_of_up_to_three_filters_passes_the_named_tenants_only()
    {
        string[] filters =
        [
            "allow memcg /a", "allow memcg /b", "reject memcg /b", "reject none memcg /a", "allow none memcg /a", "allow young",
            "reject young", "allow none anon", "reject active", "allow unmapped", "reject hugepage_size 2097152 1073741824",
        ];
        int found = 0;
        foreach (string first in filters)
        {
            foreach (string second in filters)
            {
                foreach (string third in filters.Append(""))
                {
                    IEnumerable<string> uses = new[] { first, second, third }.Where(filter => filter.Length > 0);
                    string line = Promotion + string.Join(' ', uses.Select(filter => "--damos_filter " + filter));
                    foreach (var finding in Explained.Line(line).Findings)
                    {
                        found++;
                        Assert.Contains(finding.Found, line);
                        Assert.Empty(Explained.Line(line.Replace(finding.Found, finding.Corrected, StringComparison.Ordinal)).Findings);
                    }
                }
            }
        }

        Assert.InRange(found, 200, filters.Length * filters.Length * (filters.Length + 1));
    }

    [Theory]
    [InlineData("allow memcg /a")]
    [InlineData("reject memcg /a")]
    [InlineData("reject anon --damos_filter allow memcg /a")]
    [InlineData("allow memcg /a --damos_filter allow memcg /b")]
    [InlineData("allow young")]
    [InlineData("reject none memcg /a --damos_filter reject anon --damos_filter allow young")]
    public void Filters_that_pass_one_tenant_only_are_good(string filters) =>
        Assert.Empty(Explained.Line(Promotion + "--damos_filter " + filters).Findings);

    [Fact]
    public void An_address_filter_that_allows_goes_past_the_page_filters()
    {
        const string Trap = Promotion + "--damos_filter allow memcg /a --damos_filter allow addr 134217728 201326592";
        const string Corrected = Promotion + "--damos_filter allow memcg /a --damos_filter reject none addr 134217728 201326592";
        Explained.Corrects("bypassed page filters", Trap, Corrected);

        Tenant[] tenants = [new("/a", 1, 12, 1000), new("/b", 1, 12, 1000)];
        SmallHost trapped = new(Trap, 3, tenants), mended = new(Corrected, 3, tenants);
        Assert.InRange(trapped.MiBOf("/b", 0), 6, 12);
        Assert.Equal(0, mended.MiBOf("/b", 0));
        Assert.InRange(mended.MiBOf("/a", 0), 6, 12);
    }

    [Theory]
    [InlineData("--damos_filter allow memcg /a", "--damos_filter reject none memcg /a")]
    [InlineData("--damos_filter allow addr 67108864 134217728", "--damos_filter reject none addr 67108864 134217728")]
    [InlineData(
        "--damos_filter allow memcg /a --damos_filter allow memcg /b",
        "--damos_filter reject young --damos_filter allow memcg /a --damos_filter allow memcg /b")]
    public void Pageout_with_a_filter_that_allows_takes_young_pages(string filters, string correctedFilters)
    {
        const string Pageout = "--numa_node 0 --damos_action pageout ";
        Explained.Corrects("pageout of young pages", Pageout + filters, Pageout + correctedFilters);

        Tenant[] hot = [new("/a", 0, 16, 1000), new("/b", 0, 8, 1000)], cold = [new("/a", 0, 16), new("/b", 0, 8)];
        Assert.InRange(new SmallHost(Pageout + filters, 1, hot).Reclaimed(0), 8UL << 20, ulong.MaxValue);
        Assert.Equal(0UL, new SmallHost(Pageout + correctedFilters, 1, hot).Reclaimed(0));
        Assert.InRange(new SmallHost(Pageout + correctedFilters, 1, cold).Reclaimed(0), 8UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void Schemes_that_ask_the_same_pages_if_they_are_young_rob_each_other()
    {
        static string Line(string first, string second) =>
            $"--numa_node 0 --damos_action stat {first} --damos_action stat {second} --damos_nr_filters 2 2";

        const string YoungFirst = "--damos_filter reject none young --damos_filter allow memcg ";
        string trap = Line(YoungFirst + "/a", YoungFirst + "/b");
        string corrected = Line(
            "--damos_filter reject none memcg /a --damos_filter allow young",
            "--damos_filter reject none memcg /b --damos_filter allow young");
        var finding = Assert.Single(Explained.Line(trap).Findings);
        Assert.Equal(("stolen young pages", 0), (finding.Trap, finding.Where.Scheme));
        Assert.Empty(Explained.Line(trap.Replace(finding.Found, finding.Corrected, StringComparison.Ordinal)).Findings);
        Assert.Empty(Explained.Line(corrected).Findings);

        Tenant[] tenants = [new("/a", 0, 12, 1000), new("/b", 0, 12, 1000)];
        Assert.Equal(0UL, new SmallHost(trap, 1, tenants).Scheme(1).Stats.SzOpsFilterPassed);
        Assert.InRange(new SmallHost(corrected, 1, tenants).Scheme(1).Stats.SzOpsFilterPassed, 12UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void Two_pageout_schemes_for_the_same_memory_page_out_young_pages()
    {
        const string One = "--numa_node 0 --damos_action pageout";
        const string Two = One + " --damos_action pageout";
        Assert.Equal("stolen young pages", Assert.Single(Explained.Line(Two).Findings).Trap);
        Assert.Empty(Explained.Line(One).Findings);

        Tenant hot = new("/a", 0, 16, 1000);
        Assert.Equal(16UL << 20, new SmallHost(Two, 1, hot).Reclaimed(0));
        Assert.Equal(0UL, new SmallHost(One, 1, hot).Reclaimed(0));
    }

    [Fact]
    public void A_young_filter_does_not_rob_its_own_kdamond()
    {
        const string Alone = "--numa_node 0 --sample 100ms --aggr 2s --damos_action stat --damos_access_rate 5% max ";
        const string Beside = Alone + "--damos_action stat --damos_apply_interval 2s --damos_apply_interval 100ms --damos_filter "
            + "allow young --damos_nr_filters 0 1";
        Assert.Empty(Explained.Line(Beside).Findings);

        Tenant tenant = new("/a", 0, 24, 1_000_050);
        ulong tried = new SmallHost(Alone, 10, tenant).Scheme(0).Stats.SzTried;
        Assert.InRange(tried, 12UL << 20, ulong.MaxValue);
        Assert.InRange(new SmallHost(Beside, 10, tenant).Scheme(0).Stats.SzTried, tried * 9 / 10, tried * 11 / 10);
    }

    [Fact]
    public void A_young_filter_robs_another_kdamond_of_its_samples()
    {
        static string Line(int node) =>
            "--numa_node 0 --sample 100ms --aggr 2s --damos_action stat --damos_access_rate 5% max "
            + $"--numa_node {node} --sample 5ms --aggr 20ms --damos_action stat --damos_filter allow young "
            + "--damos_nr_filters 0 1 --nr_targets 1 1 --nr_schemes 1 1 --nr_ctxs 1 1";

        var finding = Assert.Single(Explained.Line(Line(0)).Findings);
        Assert.Equal(("stolen young pages", 1), (finding.Trap, finding.Where.Kdamond));
        Assert.Empty(Explained.Line(Line(1)).Findings);

        Tenant tenant = new("/a", 0, 24, 1_000_050);
        Assert.Equal(0UL, new SmallHost(Line(0), 10, tenant).Scheme(0).Stats.SzTried);
        Assert.InRange(new SmallHost(Line(1), 10, tenant).Scheme(0).Stats.SzTried, 12UL << 20, ulong.MaxValue);
    }
}
