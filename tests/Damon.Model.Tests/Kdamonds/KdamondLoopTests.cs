using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Kdamonds;

/// <summary>The order of a kdamond's work (section 3).</summary>
public sealed class KdamondLoopTests
{
    [Fact]
    public void The_steps_of_an_iteration_come_in_the_kernels_order()
    {
        var bench = new LoopBench(LoopBench.Settings(LoopBench.Stat));
        Assert.Equal(5_000UL, bench.Step());
        Assert.Equal(["add 0", "init", "prepare"], bench.TakeLog());

        bench.Steps(3);
        string[] sampling = ["check", "requests", "ended", "prepare"];
        Assert.Equal([.. sampling, .. sampling, .. sampling], bench.TakeLog());

        bench.Step();
        Assert.Equal(
            ["check", "requests", "begin 0", "end 0", "aggregated", "ended aggregated applied", "prepare"], bench.TakeLog());

        bench.Steps(2);
        Assert.Equal([.. sampling, "check", "requests", "update", "ended", "prepare"], bench.TakeLog());
    }

    [Fact]
    public void Merging_comes_before_requests_and_schemes_and_splitting_after_them()
    {
        uint? ageAtRequests = null;
        (uint Now, uint Last)? counters = null;
        var regions = new List<int>();
        FakeAgent? agent = null;
        var bench = new LoopBench(LoopBench.Settings(LoopBench.Stat), (index, _) => agent = new FakeAgent(index, []))
        {
            Accesses = 2,
            OnAggregated = at => regions.Add(at.Context.NrRegions),
            OnIterationEnded = at =>
            {
                if (at.Context.NrAggregations == 0) return;
                regions.Add(at.Context.NrRegions);
                ref var region = ref at.Context.Targets[0].Regions[0];
                counters = (region.NrAccesses, region.LastNrAccesses);
            },
        };
        bench.Steps(4);
        bench.Requests.Enqueue(() => ageAtRequests = bench.Context.Targets[0].Regions[0].Age);
        bench.Context.Targets[0].Regions[0].LastNrAccesses = 2;
        bench.Step();

        Assert.Equal(1U, ageAtRequests);
        Assert.All(agent!.Offers, offer => Assert.Equal(2U, offer.Region.NrAccesses));
        Assert.Equal((0U, 2U), counters);
        Assert.True(regions[1] > regions[0], "the regions were split before the aggregation was shown");
    }

    [Fact]
    public void Only_due_schemes_take_part_in_a_pass()
    {
        var slow = LoopBench.Stat with { ApplyIntervalUs = 40_000 };
        var fast = LoopBench.Stat with { ApplyIntervalUs = 5_000 };
        var bench = new LoopBench(LoopBench.Settings(slow, fast));
        bench.Steps(9);

        Assert.Equal(1, bench.Log.Count(entry => entry == "begin 0"));
        Assert.Equal(8, bench.Log.Count(entry => entry == "begin 1"));
    }

    [Fact]
    public void A_paused_kdamond_only_runs_requests_and_then_goes_on_with_its_schemes()
    {
        var bench = new LoopBench(LoopBench.Settings(LoopBench.Stat with { ApplyIntervalUs = 5_000 }));
        bench.Step();
        bench.Requests.Enqueue(() => bench.Context.IsPaused = true);
        bench.Step();
        bench.TakeLog();

        Assert.Equal(5_000UL, bench.Step());
        bench.Step();
        Assert.Equal(["requests", "requests"], bench.TakeLog());

        bench.Requests.Enqueue(() => bench.Context.IsPaused = false);
        bench.Step();
        Assert.Equal(["requests", "begin 0", "end 0", "ended applied", "prepare"], bench.TakeLog());
    }

    [Fact]
    public void A_paused_kdamond_can_be_stopped()
    {
        var bench = new LoopBench(LoopBench.Settings());
        bench.Step();
        bench.Requests.Enqueue(() => bench.Context.IsPaused = true);
        bench.Step();
        bench.ShouldStop = true;

        Assert.Null(bench.Step());
        Assert.Equal("stopped", bench.Log[^1]);
    }

    [Fact]
    public void A_kdamond_ends_when_it_is_told_or_has_no_valid_target_and_then_stays_ended()
    {
        var told = new LoopBench(LoopBench.Settings());
        told.Step();
        told.ShouldStop = true;
        Assert.Null(told.Step());
        Assert.Equal(["ended", "stopped"], told.Log[^2..]);
        Assert.Throws<InvalidOperationException>(() => told.Loop.Resume());

        var left = new LoopBench(LoopBench.Settings()) { TargetsAreValid = false };
        Assert.Null(left.Step());
        Assert.Equal(["init", "out of targets"], left.Log);
    }

    [Fact]
    public void Schemes_forget_their_mark_in_a_target_that_is_gone()
    {
        var bench = new LoopBench(LoopBench.Settings(LoopBench.Stat with { ApplyIntervalUs = 5_000 }));
        bench.Step();
        bench.TargetsAreValid = false;
        bench.Step();

        Assert.Equal(["begin 0", "forget 0", "end 0", "ended applied", "out of targets"], bench.Log[^5..]);
    }

    [Theory]
    [InlineData(1, "probes with new samples")]
    [InlineData(0, "check", "probes", "prepare")]
    public void Weighted_probes_replace_the_access_checks(uint weight, params string[] sampling)
    {
        var bench = new LoopBench(LoopBench.Settings() with { Probes = [new Probe(weight, [])] });
        bench.Step();
        bench.TakeLog();
        bench.Step();

        Assert.Equal(sampling, bench.TakeLog().Except(["requests", "ended"]));
    }

    [Fact]
    public void Probes_committed_in_an_iteration_count_from_the_next_one()
    {
        var settings = LoopBench.Settings();
        var bench = new LoopBench(settings);
        bench.Step();
        bench.TakeLog();
        bench.Requests.Enqueue(() => bench.Loop.Commit(settings with { Probes = [new Probe(1, [])] }));
        bench.Steps(2);

        Assert.Equal(["check", "requests", "ended", "probes with new samples", "requests", "ended"], bench.TakeLog());
    }

    [Fact]
    public void Tuned_intervals_starve_a_scheme_whose_apply_interval_is_longer_than_the_tuning_period()
    {
        var scheme = LoopBench.Stat with { ApplyIntervalUs = 25_000 };
        var untuned = LoopBench.Settings(scheme);

        // Without accesses the tuning wants longer intervals, but the limits leave them as they are: set anew all the same.
        var tuned = untuned with
        {
            Attributes = untuned.Attributes with { IntervalsGoal = new IntervalsGoal(400, 1, 5_000, 5_000), AggrSamples = 4 },
        };

        Assert.Equal(19, Passes(untuned));
        Assert.Equal(0, Passes(tuned));

        static int Passes(KdamondSettings settings)
        {
            var bench = new LoopBench(settings);
            bench.Steps(100);
            return bench.Log.Count(entry => entry == "begin 0");
        }
    }

    [Fact]
    public void Tuned_intervals_double_at_most_and_keep_their_ratio()
    {
        var settings = LoopBench.Settings();
        var goal = new IntervalsGoal(400, 3, 1_000, 1_000_000);
        var bench = new LoopBench(settings with { Attributes = settings.Attributes with { IntervalsGoal = goal } });
        bench.Steps(12);
        Assert.Equal(5_000UL, bench.Context.Attributes.SampleUs);
        bench.Step();

        Assert.Equal(10_000UL, bench.Context.Attributes.SampleUs);
        Assert.Equal(40_000UL, bench.Context.Attributes.AggregationUs);
    }
}
