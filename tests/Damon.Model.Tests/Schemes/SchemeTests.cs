using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Schemes;

/// <summary>What holds for every scheme in a running kdamond (sections 7 to 9).</summary>
public sealed class SchemeTests
{
    private const ulong Page = 4096;
    private const int Steps = 60;

    private static Arbitrary<(SchemeSettings Settings, int Accesses)> Cases { get; } = (
        from settings in RandomSchemes.Any
        from accesses in Gen.Choose(0, 4)
        select (settings, accesses)).ToArbitrary();

    [Fact]
    public void Stats_only_grow_and_fit_each_other() => ForAllRuns(run =>
    {
        var before = default(SchemeStats);
        for (int i = 0; i < Steps; i++)
        {
            run.Bench.Step();
            var now = run.Scheme.Scheme.Stats;
            Assert.True(
                before.NrTried <= now.NrTried && before.SzTried <= now.SzTried
                && before.NrApplied <= now.NrApplied && before.SzApplied <= now.SzApplied
                && before.QtExceeds <= now.QtExceeds && before.NrSnapshots <= now.NrSnapshots,
                "a count went down");
            Assert.True(now.NrApplied <= now.NrTried && now.SzApplied <= now.SzTried, "more was applied than tried");
            before = now;
        }

        var applied = run.Scheme.Applied.OfType<(int Target, Region Region)>().ToList();
        Assert.Equal(applied.Aggregate(0UL, (sum, one) => sum + one.Region.Size), before.SzTried);
        Assert.InRange((ulong)applied.Count, 0UL, before.NrTried);
    });

    [Fact]
    public void A_window_charges_no_more_than_it_may() => ForAllRuns(run =>
    {
        for (int i = 0; i < Steps; i++)
        {
            run.Bench.Step();
            var charges = run.Scheme.Scheme.Charges;
            if (charges.IsSet(run.Scheme.Scheme.Settings.Quota)) Assert.InRange(charges.ChargedSize, 0UL, charges.EffectiveSize);
        }
    });

    [Fact]
    public void Only_memory_that_the_filters_leave_is_touched() => ForAllRuns(run =>
    {
        run.Bench.Steps(Steps);
        CoreFilters filters = run.Scheme.Scheme.CoreFilters;
        foreach (var (target, region) in run.Scheme.Applied.OfType<(int Target, Region Region)>())
        {
            RegionCutList cuts = new();
            var judged = region;
            Assert.False(filters.Judge(target, ref judged, Page, cuts).Rejected);
            Assert.Equal(0, cuts.Count);
        }
    });

    [Fact]
    public void A_scheme_stops_after_its_snapshots() => ForAllRuns(run =>
    {
        int? appliedAtLimit = null;
        for (int i = 0; i < Steps; i++)
        {
            run.Bench.Step();
            var scheme = run.Scheme.Scheme;
            ulong limit = scheme.Settings.MaxNrSnapshots;
            if (limit == 0) return;
            Assert.InRange(scheme.Stats.NrSnapshots, 0UL, limit);
            int applied = run.Scheme.Applied.OfType<(int, Region)>().Count();
            if (scheme.Stats.NrSnapshots == limit) Assert.Equal(appliedAtLimit ??= applied, applied);
        }
    });

    [Fact]
    public void Committing_the_same_settings_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(Cases, one =>
    {
        SchemeRun untouched = Run(one);
        SchemeRun committed = Run(one);
        committed.Bench.Step();
        untouched.Bench.Step();
        for (int i = 0; i < Steps; i++)
        {
            committed.Bench.Requests.Enqueue(() => Assert.Null(committed.Bench.Loop.Commit(committed.Settings)));
            committed.Bench.Step();
            untouched.Bench.Step();
        }

        Assert.Equal(untouched.Scheme.Scheme.Stats, committed.Scheme.Scheme.Stats);
        Assert.Equal(untouched.Scheme.Applied, committed.Scheme.Applied);
        Assert.Equal(untouched.Scheme.Scheme.Charges.EffectiveSize, committed.Scheme.Scheme.Charges.EffectiveSize);
        Assert.Equal(untouched.Scheme.Scheme.Charges.Mark, committed.Scheme.Scheme.Charges.Mark);
    }));

    [Theory]
    [InlineData(SchemeAction.PageOut, 0U)]
    [InlineData(SchemeAction.Stat, 7U)]
    public void An_action_makes_regions_young_again_except_stat(SchemeAction action, uint age)
    {
        Scheme scheme = Begin(new SchemeSettings { Action = action }, new Region(0, Page));

        Assert.Equal(age == 0, scheme.Consider(new RegionOffer(0, new Region(0, Page) { Age = 7 }, IsLast: true)).Acted);
    }

    [Fact]
    public void What_a_quota_leaves_is_cut_off_and_marks_where_to_go_on()
    {
        QuotaSettings quota = new() { SizeBytes = 3 * Page + 17, ResetIntervalMs = 10 };
        Region region = new(8 * Page, 16 * Page);
        Scheme scheme = Begin(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota }, region);
        var verdict = scheme.Consider(new RegionOffer(0, region, IsLast: true));

        Assert.Equal([new RegionCut(0, 11 * Page)], verdict.Cuts.ToArray());
        Assert.False(verdict.HasRoom);
        Assert.Equal(new ChargeMark(0, 11 * Page), scheme.Charges.Mark);
        Assert.Equal((1UL, 3 * Page), (scheme.Stats.NrTried, scheme.Stats.SzTried));
        Assert.Equal(0UL, scheme.Stats.NrSnapshots);
    }

    [Fact]
    public void What_a_core_filter_cuts_off_is_not_charged()
    {
        QuotaSettings quota = new() { SizeBytes = 10 * Page, ResetIntervalMs = 10 };
        SchemeFilter upTo2 = new(SchemeFilterType.Addr, Matching: true, Allow: true, From: 0, To: 2 * Page);
        Region region = new(0, 8 * Page);
        Scheme scheme = Begin(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota, Filters = [upTo2] }, region);
        var verdict = scheme.Consider(new RegionOffer(0, region, IsLast: true));

        Assert.Equal([new RegionCut(0, 2 * Page)], verdict.Cuts.ToArray());
        Assert.Equal(2 * Page, scheme.Charges.ChargedSize);
        Assert.Equal(2 * Page, scheme.Stats.SzTried);
    }

    [Fact]
    public void The_best_regions_that_fill_the_quota_are_wanted()
    {
        QuotaSettings quota = new() { SizeBytes = 4 * Page, ResetIntervalMs = 10, WeightNrAccesses = 1 };
        Region[] regions =
        [
            new(0, 4 * Page) { LastNrAccesses = 1 },
            new(4 * Page, 8 * Page) { LastNrAccesses = 20 },
            new(8 * Page, 9 * Page) { LastNrAccesses = 10 },
        ];
        Scheme hot = Begin(new SchemeSettings { Action = SchemeAction.MigrateHot, Quota = quota }, regions);
        Assert.Equal([false, true, false], regions.Select(region => hot.IsWanted(region)));

        Scheme cold = Begin(new SchemeSettings { Action = SchemeAction.MigrateCold, Quota = quota }, regions);
        Assert.Equal([true, false, false], regions.Select(region => cold.IsWanted(region)));

        Scheme more = Begin(
            new SchemeSettings { Action = SchemeAction.MigrateHot, Quota = quota with { SizeBytes = 5 * Page } }, regions);
        Assert.Equal([false, true, true], regions.Select(region => more.IsWanted(region)));
    }

    [Fact]
    public void What_the_filters_reject_does_not_fill_the_quota()
    {
        QuotaSettings quota = new() { SizeBytes = 4 * Page, ResetIntervalMs = 10, WeightNrAccesses = 1 };
        SchemeFilter[] filters =
        [
            new(SchemeFilterType.Addr, Matching: true, Allow: false, From: 2 * Page, To: 4 * Page),
            new(SchemeFilterType.Addr, Matching: true, Allow: false, From: 5 * Page, To: 6 * Page),
        ];
        Region hot = new(0, 8 * Page) { LastNrAccesses = 20 };
        Region warm = new(8 * Page, 16 * Page) { LastNrAccesses = 10 };
        DirectScheme direct = new(new SchemeSettings { Action = SchemeAction.MigrateHot, Quota = quota, Filters = [.. filters] });
        var begun = direct.BeginPass(PassAt(5, hot, warm));

        Assert.Equal([2 * Page, 4 * Page, 5 * Page, 6 * Page], begun.Cuts.ToArray().Select(cut => cut.Address));
        Assert.False(direct.Scheme.IsWanted(warm));
        direct = new(direct.Scheme.Settings with { Quota = quota with { SizeBytes = 6 * Page } });
        direct.BeginPass(PassAt(5, hot, warm));
        Assert.True(direct.Scheme.IsWanted(warm));
    }

    [Fact]
    public void A_window_that_was_used_up_is_counted_when_it_closes()
    {
        QuotaSettings quota = new() { SizeBytes = 2 * Page, ResetIntervalMs = 10 };
        Region region = new(0, 8 * Page);
        Scheme scheme = Begin(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota }, region);
        scheme.Consider(new RegionOffer(0, region, IsLast: true));
        Assert.Equal(0UL, scheme.Stats.QtExceeds);

        Assert.False(scheme.BeginPass(PassAt(14, region)).HasRoom);
        Assert.True(scheme.BeginPass(PassAt(15, region)).HasRoom);
        Assert.Equal(1UL, scheme.Stats.QtExceeds);
        Assert.Equal(2 * Page, scheme.Charges.TotalChargedSize);

        scheme.Consider(new RegionOffer(0, new Region(2 * Page, 3 * Page), IsLast: false));
        scheme.BeginPass(PassAt(25, region));
        Assert.Equal(1UL, scheme.Stats.QtExceeds);
        Assert.Equal(3 * Page, scheme.Charges.TotalChargedSize);
    }

    [Fact]
    public void Goals_alone_limit_a_scheme()
    {
        QuotaSettings quota = new() { ResetIntervalMs = 10, Goals = [new QuotaGoal(GoalMetric.UserInput, 1)] };
        DirectScheme direct = new(new SchemeSettings { Action = SchemeAction.Stat, Quota = quota }) { Goals = () => 10_000 * 3 * Page };
        Region region = new(0, 8 * Page);
        Assert.True(direct.Scheme.BeginPass(PassAt(5, region)).HasRoom);
        Assert.Equal(3 * Page, direct.Scheme.Charges.EffectiveSize);
    }

    private static Scheme Begin(SchemeSettings settings, params Region[] regions)
    {
        Scheme scheme = new DirectScheme(settings).Scheme;
        scheme.BeginPass(PassAt(5, regions));
        return scheme;
    }

    /// <summary>A pass just after an aggregation, so that the last counts are the ones that matter.</summary>
    private static SchemePass PassAt(ulong jiffies, params Region[] regions)
    {
        Target target = new();
        foreach (var region in regions) target.Regions.Add(region);
        return new SchemePass([target], new AggregationWindow(20, 100, 120), 100_000, Page, 1, IsVirtual: false, jiffies);
    }

    private static SchemeRun Run((SchemeSettings Settings, int Accesses) one) => new(
        one.Settings,
        settings => new DirectScheme(settings) { Action = SchemeRun.SometimesFails },
        (uint)one.Accesses);

    private static void ForAllRuns(Action<SchemeRun> holds) =>
        Check.QuickThrowOnFailure(Prop.ForAll(Cases, one => holds(Run(one))));
}
