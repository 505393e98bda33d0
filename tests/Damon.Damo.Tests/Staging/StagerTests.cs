using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Damo.Tests.Staging;

public class StagerTests
{
    private static StagedScheme Scheme(string options) =>
        Stager.Stage(Commands.Args("--damos_action " + options).Document).Kdamonds[0].Contexts[0].Schemes[0];

    [Fact]
    public void Core_filters_come_first_whatever_their_order()
    {
        StagedScheme scheme = Scheme("stat --damos_filter reject anon allow addr 1G 2G allow young allow target 0");
        Assert.Equal([FilterType.Addr, FilterType.Target], scheme.CoreFilters.Select(filter => filter.Type));
        Assert.Equal([FilterType.Anon, FilterType.Young], scheme.OpsFilters.Select(filter => filter.Type));
        Assert.Equal(new StagedRange(1UL << 30, 2UL << 30), scheme.CoreFilters[0].Range);
    }

    [Fact]
    public void Percent_of_accesses_becomes_samples_at_the_first_intervals()
    {
        StagedAccessPattern pattern = Scheme("stat --damos_access_rate 5% 29% --damos_age 5s max").AccessPattern;
        Assert.Equal((1UL, 5UL, 50UL, 184467440737095UL), (pattern.MinNrAccesses, pattern.MaxNrAccesses, pattern.MinAge, pattern.MaxAge));
        Assert.Equal(3689348814741910528UL, Scheme("stat").AccessPattern.MaxNrAccesses);
        Assert.Equal(2UL, Scheme("stat --damos_access_rate 5% max --sample 1ms --aggr 40ms").AccessPattern.MinNrAccesses);
    }

    [Fact]
    public void Eligibility_goals_lose_their_node_unless_written_in_percent()
    {
        StagedGoal Goal(string goal) => Scheme("stat --damos_quota_interval 1s --damos_quota_goal " + goal).Quotas.Goals[0];
        Assert.Equal(new StagedGoal(QuotaGoalMetric.NodeEligibleMemBp, 7000, 0, null, null), Goal("node_eligible_mem_bp 7000 1"));
        Assert.Equal(new StagedGoal(QuotaGoalMetric.NodeEligibleMemBp, 7000, 0, 1, null), Goal("node_eligible_mem_bp 70% 1"));
        Assert.Equal(new StagedGoal(QuotaGoalMetric.NodeIneligibleMemBp, 3000, 0, 0, null), Goal("node_ineligible_mem_bp 30% 0"));
    }

    [Fact]
    public void Destinations_and_node_ids_are_typed()
    {
        StagedScheme weighted = Scheme("migrate_hot 0 1.5 1 3");
        Assert.Equal([new(0, 1), new(1, 3)], weighted.Destinations);
        Assert.Null(weighted.TargetNid);
        Assert.Equal(-1, Scheme("migrate_cold -1").TargetNid);
    }

    [Theory]
    [InlineData("--sample 0 --damos_action stat", "divided by zero")]
    [InlineData("--aggr 0 --damos_action stat", "divided by zero")]
    [InlineData("--damos_action stat --damos_age inf inf", "finite")]
    [InlineData("--damos_action stat --damos_apply_interval nan", "finite")]
    public void What_cannot_be_computed_is_a_clean_error(string options, string hint) =>
        Assert.Contains(hint, Assert.Throws<DamoException>(() => Stager.Stage(Commands.Args(options).Document)).Message);

    [Fact]
    public void Samples_and_aggregations_of_a_document_are_sent_as_they_are()
    {
        StagedAccessPattern pattern = Stager.Stage(Commands.Args(
            "--sample 0 '{\"kdamonds\": [{\"contexts\": [{\"ops\": \"paddr\", \"targets\": [], \"schemes\": [{\"access_pattern\": {\"sz_bytes\": "
            + "{\"min\": 0, \"max\": \"max\"}, \"nr_accesses\": {\"min\": \"1 samples\", \"max\": \"7 samples\"}, "
            + "\"age\": {\"min\": \"2 aggr_intervals\", \"max\": \"9 aggr_intervals\"}}}]}]}]}'").Document).Kdamonds[0].Contexts[0].Schemes[0].AccessPattern;
        Assert.Equal((1UL, 7UL, 2UL, 9UL), (pattern.MinNrAccesses, pattern.MaxNrAccesses, pattern.MinAge, pattern.MaxAge));
    }
}
