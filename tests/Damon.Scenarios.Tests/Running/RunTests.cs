using System.Collections.Immutable;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Runs of small scenarios: what is reproducible, what is read, what an interruption and a failure leave.</summary>
public sealed class RunTests
{
    [Fact]
    public void Same_seed_same_bits_whatever_the_threads_and_other_seed_others()
    {
        Scenario scenario = Small.Read("hosts { h { count = 4 } }");
        ulong?[] one = Hashes(scenario, 1);

        Assert.Equal(one, Hashes(scenario, 3));
        Assert.Equal(one, Hashes(Small.Read("hosts { h { count = 4 } }"), 1));
        Assert.Equal(4, one.Distinct().Count());
        Assert.NotEqual(one[0], Hashes(Small.Read("hosts { h { count = 4 } }", new RunOverrides(Seed: 2)), 1)[0]);
    }

    [Fact]
    public void How_often_a_host_is_read_changes_nothing()
    {
        Assert.Equal(Hashes(Small.Read(), 1), Hashes(Small.Read("run.sample-interval = 70 ms"), 1));
    }

    [Fact]
    public void A_document_of_damo_is_the_same_as_the_command_that_makes_it()
    {
        const string Document = """
            damo = null
            kdamonds = [ { contexts = [ {
              ops = paddr, targets = [ { pid = null, regions = [ { start = 4294967296, end = 4362076160 } ] } ]
              intervals { sample_us = 5 ms, aggr_us = 100 ms, ops_update_us = 1 s }
              schemes = [ {
                action = migrate_cold, target_nid = 1
                quotas {
                  time_ms = 0, sz_bytes = 0, reset_interval_ms = 100 ms
                  weights { sz_permil = 1, nr_accesses_permil = 1, age_permil = 1 }
                  goals = [ { metric = node_memcg_used_bp, target_value = 969, current_value = 0, nid = 1, memcg_path = /a } ]
                }
              } ]
            } ] } ]
            """;

        Assert.Equal(Hashes(Small.Read(), 1), Hashes(Small.Read(Document), 1));
    }

    [Fact]
    public void Readings_are_at_equal_times_and_at_the_end()
    {
        HostOutcome outcome = Run(Small.Read("run { duration = 2500 ms, sample-interval = 1 s }"));

        Assert.Equal([0UL, 1_000_000, 2_000_000, 2_500_000], outcome.Samples.Select(sample => sample.AtUs));
        Assert.Equal(16UL << 20, outcome.Samples[0].Memcgs[0].LruBytesByNode[0]);
        Assert.False(outcome.IsInterrupted);
    }

    [Fact]
    public void The_goal_draws_memory_to_the_other_node()
    {
        RunReport report = Report(Small.Read("run.duration = 10 s"));

        Assert.True(report.Hosts[0].Outcome.Samples[^1].Nodes[1].MigratedInBytes > 0);
        Assert.True(report.Hosts[0].Aims[0].MeanBytes > 0);
        Assert.False(report.HasFailed);
    }

    [Fact]
    public void An_interrupted_run_keeps_what_it_has()
    {
        Scenario scenario = Small.Read("run.duration = 365 d, run.sample-interval = 1 d");
        using CancellationTokenSource interruption = new();
        interruption.Cancel();
        HostOutcome outcome = new ScenarioRun(scenario).Run(1, interruption.Token)[0];
        RunReport report = RunReport.Of(scenario, [outcome]);

        Assert.True(outcome.IsInterrupted);
        Assert.NotNull(outcome.StateHash);
        Assert.StartsWith("interrupted at 0 s of 31536000 s", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_event_is_reported_and_the_host_goes_on()
    {
        HostOutcome outcome = Run(Small.Read(
            "events = [ { at = 1 s, kind = tune, damo = \"damo tune --numa_node 0\" }, { at = 2 s, kind = feed, value = 1 } ]"));

        Assert.Contains("there is no scheme 0", Assert.Single(outcome.Refusals), StringComparison.Ordinal);
        Assert.Equal(3_000_000UL, outcome.EndUs);
        Assert.True(RunReport.Of(Small.Read(), [outcome]).HasFailed);
    }

    [Fact]
    public void Verdicts_say_what_became_of_the_targets()
    {
        const string Idle = "damo = null\n";
        Assert.Equal("done: nothing in this scenario has a target", Report(Small.Read(Idle)).Verdict);
        Assert.Equal("converged: /a at 16.0 MiB of 16.0 MiB", Report(Small.Read(Idle + "targets.\"/a\".share = 25%")).Verdict);
        Assert.Equal(
            "not converged: /a at 16.0 MiB of 32.0 MiB (never settled)", Report(Small.Read(Idle + "targets.\"/a\".share = 50%")).Verdict);
        Assert.Equal(
            "converged: 2 of 2 targets on 2 hosts", Report(Small.Read(Idle + "targets.\"/a\".share = 25%\nhosts { h { count = 2 } }")).Verdict);
    }

    [Theory]
    [InlineData("zipf", "")]
    [InlineData("moving-hot-spot", "hot-size = 1 MiB, step = 512 KiB, dwell = 100 ms")]
    [InlineData("periodic-scan", "every = 1 s, takes = 500 ms")]
    [InlineData("growing-heap", "step = 1 MiB, step-every = 200 ms")]
    [InlineData("page-cache-fill", "speed = 2 MiB")]
    [InlineData("mlocked", "")]
    public void Every_kind_of_workload_runs(string kind, string keys)
    {
        HostOutcome outcome = Run(Small.Read($"damo = null, cgroups = {{ \"/a\" {{ workloads = [ {{ kind = {kind}, size = 4 MiB, {keys} }} ] }} }}"));

        Assert.Null(outcome.Failure);
        Assert.True(outcome.Samples[^1].Memcgs[0].ResidentBytesByNode[0] > 0);
    }

    private static HostOutcome Run(Scenario scenario) => new ScenarioRun(scenario).Run(1)[0];

    private static RunReport Report(Scenario scenario) => RunReport.Of(scenario, new ScenarioRun(scenario).Run(1));

    private static ulong?[] Hashes(Scenario scenario, int threads)
    {
        ImmutableArray<HostOutcome> outcomes = new ScenarioRun(scenario).Run(threads);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        return [.. outcomes.Select(outcome => outcome.StateHash)];
    }
}
