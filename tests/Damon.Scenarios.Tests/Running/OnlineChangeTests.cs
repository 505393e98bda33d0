using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Changes of a running host: tenants, kdamonds and memory come and go; what cannot be done is told and harms nothing.</summary>
public sealed class OnlineChangeTests
{
    [Fact]
    public void A_program_starts_and_exits_at_its_times()
    {
        HostOutcome outcome = Run("cgroups.\"/a\".workloads = [ { kind = uniform, size = 4 MiB, start = 1500 ms, stop = 2500 ms } ]");

        Assert.Equal([0UL, 0, 4UL << 20, 0], outcome.Samples.Select(sample => sample.Memcgs[0].ResidentBytesByNode[0]));
    }

    [Fact]
    public void A_kdamond_is_added_and_stopped_and_refuses_what_comes_after()
    {
        HostOutcome outcome = Run("""
            events = [
              { at = 1 s, kind = start-kdamonds, damo = "damo start --numa_node 1 --damos_action stat" }
              { at = 2 s, kind = stop-kdamond, kdamond = 1 }, { at = 2500 ms, kind = pause, kdamond = 1 }
            ]
            """);

        Assert.Equal(0UL, outcome.Samples[1].Kdamonds[1].NrAggregations);
        Assert.InRange(outcome.Samples[2].Kdamonds[1].NrAggregations, 8UL, 10UL);
        Assert.InRange(outcome.Samples[3].Kdamonds[1].NrAggregations, 8UL, 10UL);
        Assert.Contains("kdamond 1", Assert.Single(outcome.Refusals), StringComparison.Ordinal);
        Assert.Contains("has ended", outcome.Refusals[0], StringComparison.Ordinal);
        Assert.True(outcome.Samples[3].Kdamonds[0].NrAggregations > 20);
    }

    [Fact]
    public void Memory_is_taken_and_given_back()
    {
        HostOutcome outcome = Run("damo = null, events = [ { at = 1 s, kind = take-memory, size = 32 MiB }, { at = 2 s, kind = add-memory, size = 32 MiB } ]");

        Assert.Equal([48UL, 16UL, 48UL], outcome.Samples.Take(3).Select(sample => sample.Nodes[0].FreeBytes >> 20));
        Assert.Empty(outcome.Refusals);
    }

    [Fact]
    public void Taking_more_than_is_free_is_refused_at_its_time_and_changes_nothing()
    {
        HostOutcome outcome = Run("damo = null, events = [ { at = 1 s, kind = take-memory, size = 56 MiB } ]");

        Assert.Contains("cannot be taken", Assert.Single(outcome.Refusals), StringComparison.Ordinal);
        Assert.Equal(48UL << 20, outcome.Samples[^1].Nodes[0].FreeBytes);
        Assert.True(RunReport.Of(Small.Read(), [outcome]).HasFailed);
    }

    [Fact]
    public void The_log_says_what_a_commit_kept()
    {
        HostOutcome outcome = Run("""
            events = [
              { at = 1 s, kind = tune, damo = "damo tune --numa_node 0 --damos_action stat --damos_action stat" }
              { at = 2 s, kind = tune, damo = "damo tune --numa_node 0 --monitoring_intervals 10ms 200ms 1s" }
            ]
            """);

        Assert.Contains("1 schemes kept", outcome.Log[0], StringComparison.Ordinal);
        Assert.Contains("1 added, 0 removed", outcome.Log[0], StringComparison.Ordinal);
        Assert.Contains("no interval began anew", outcome.Log[0], StringComparison.Ordinal);
        Assert.Contains("0 added, 2 removed", outcome.Log[1], StringComparison.Ordinal);
        Assert.Contains("converted to the new intervals", outcome.Log[1], StringComparison.Ordinal);
    }

    private static HostOutcome Run(string more)
    {
        HostOutcome outcome = new ScenarioRun(Small.Read(more)).Run(1)[0];
        Assert.Null(outcome.Failure);
        return outcome;
    }
}
