using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>Changes of a running kdamond (sections 6 and 12).</summary>
public sealed class CommitTests
{
    private static readonly KdamondSettings Two = LoopBench.Settings(LoopBench.Stat, LoopBench.Stat);

    [Fact]
    public void Schemes_match_by_position_and_extra_ones_go_and_missing_ones_come()
    {
        var bench = Running(Two);
        Commit(bench, Two with { Schemes = [.. Two.Schemes, LoopBench.Stat] });
        Assert.Equal(["commit 0", "commit 1", "add 2"], SchemeEntries(bench));

        Commit(bench, Two with { Schemes = [LoopBench.Stat] });
        Assert.Equal(["remove 2", "remove 1", "commit 0"], SchemeEntries(bench));
    }

    [Fact]
    public void An_added_scheme_is_applied_one_apply_interval_later()
    {
        var bench = Running(Two with { Schemes = [] });
        bench.Steps(2);
        Commit(bench, Two with { Schemes = [LoopBench.Stat with { ApplyIntervalUs = 10_000 }] });
        bench.TakeLog();

        bench.Step();
        Assert.DoesNotContain("begin 0", bench.TakeLog());
        bench.Step();
        Assert.Contains("begin 0", bench.TakeLog());
    }

    [Fact]
    public void The_same_settings_change_nothing()
    {
        var bench = Running(Two);
        bench.Steps(2);
        ulong next = bench.Context.Schedule.NextAggregation;
        var regions = bench.Context.Targets[0].Regions.Span.ToArray();
        bench.Requests.Enqueue(() =>
        {
            Assert.Null(bench.Loop.Commit(Two));
            Assert.Equal(next, bench.Context.Schedule.NextAggregation);
            Assert.Equal(regions, bench.Context.Targets[0].Regions.Span.ToArray());
        });
        bench.Step();

        Assert.Empty(bench.Requests);
    }

    [Fact]
    public void What_is_refused_changes_nothing()
    {
        var noAim = LoopBench.Stat with { Quota = new QuotaSettings { Goals = [new QuotaGoal(GoalMetric.UserInput, 0)] } };
        var bench = Running(Two);
        var before = bench.Context.Attributes;
        string? error = null;
        bench.Requests.Enqueue(() => error = bench.Loop.Commit(Two with
        {
            Schemes = [LoopBench.Stat, noAim],
            MinRegionSize = 1,
            Attributes = Two.Attributes with { SampleUs = 1_000 },
            Targets = [],
        }));
        bench.Step();

        Assert.Contains("goal 0 of scheme 1", error, StringComparison.Ordinal);
        Assert.Empty(SchemeEntries(bench));
        Assert.Equal(before, bench.Context.Attributes);
        Assert.Equal(4096UL, bench.Context.MinRegionSize);
        Assert.Single(bench.Context.Targets);
    }

    [Fact]
    public void Targets_match_by_position_too()
    {
        var bench = Running(Two);
        TargetSettings second = new([new AddressRange(0x10_0000, 0x20_0000)]);
        Commit(bench, Two with { Targets = [Two.Targets[0], second] });
        Assert.Equal(2, bench.Context.Targets.Count);
        Assert.Equal(0x10_0000UL, bench.Context.Targets[1].Regions.TotalSize());

        Commit(bench, Two with { Targets = [second] });
        var only = Assert.Single(bench.Context.Targets);
        Assert.Equal(0x10_0000UL, only.Regions[0].Start);
        Assert.Equal(0x10_0000UL, only.Regions.TotalSize());
    }

    [Fact]
    public void New_attributes_begin_an_aggregation_anew_and_drop_its_counts()
    {
        var bench = Running(Two);
        bench.Accesses = 4;
        bench.Steps(2);
        var counts = bench.Context.Targets[0].Regions.Span.ToArray().Select(region => region.NrAccesses);
        Assert.All(counts, count => Assert.Equal(2U, count));

        bench.Requests.Enqueue(() => Assert.Null(bench.Loop.SetAttributes(Two.Attributes with { AggregationUs = 50_000 })));
        bench.Step();
        Assert.All(bench.Context.Targets[0].Regions.Span.ToArray(), region => Assert.Equal(0U, region.NrAccesses));
        Assert.Equal(0, Aggregations(bench));

        // Changed after the third sample, so the ten of the new aggregation end with the thirteenth.
        bench.Steps(9);
        Assert.Equal(0, Aggregations(bench));
        bench.Step();
        Assert.Equal(1, Aggregations(bench));
    }

    [Fact]
    public void Attributes_changed_where_an_aggregation_ends_let_it_end()
    {
        var bench = Running(Two);
        bench.Steps(3);
        bench.Requests.Enqueue(() => Assert.Null(bench.Loop.SetAttributes(Two.Attributes with { AggregationUs = 10_000 })));
        bench.Step();
        Assert.Equal(1, Aggregations(bench));
        Assert.Equal(6UL, bench.Context.Schedule.NextAggregation);
    }

    [Fact]
    public void Wrong_attributes_are_refused()
    {
        var bench = Running(Two);
        string? error = null;
        bench.Requests.Enqueue(() => error = bench.Loop.SetAttributes(Two.Attributes with { MinNrRegions = 2 }));
        bench.Step();

        Assert.NotNull(error);
        Assert.Equal(3UL, bench.Context.Attributes.MinNrRegions);
    }

    private static LoopBench Running(KdamondSettings settings)
    {
        var bench = new LoopBench(settings);
        bench.Step();
        bench.TakeLog();
        return bench;
    }

    private static void Commit(LoopBench bench, KdamondSettings settings)
    {
        bench.Requests.Enqueue(() => Assert.Null(bench.Loop.Commit(settings)));
        bench.Step();
        Assert.Empty(bench.Requests);
    }

    private static IEnumerable<string> SchemeEntries(LoopBench bench) => bench.TakeLog().Where(
        entry => entry.StartsWith("commit", StringComparison.Ordinal)
            || entry.StartsWith("add", StringComparison.Ordinal)
            || entry.StartsWith("remove", StringComparison.Ordinal));

    private static int Aggregations(LoopBench bench) => (int)bench.Context.NrAggregations;
}
