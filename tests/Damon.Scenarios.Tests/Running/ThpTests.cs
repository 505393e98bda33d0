using System.Collections.Immutable;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Running;

/// <summary>What docs/experiments.md says of huge pages, on a machine that is a 64th as large.</summary>
public sealed class ThpTests
{
    // Few regions, so that they are larger than the blocks of 2 MiB, as those of a large program are.
    private const string Text = """
        run { duration = 60 s, sample-interval = 1 s, window = 10 }
        machine.nodes = [ { size = 128 MiB } ]
        costs.memory { counts = on, tlb { counts = on, entries = 24 } }
        cgroups."/service".workload = {
          kind = heat-bands, size = 48 MiB, pid = 42
          bands = [ { size = 16 MiB, period = 5 ms }, { size = 4 MiB, period = 20 ms, one-in = 4 }, { size = 28 MiB, period = 20 s, one-in = 8 } ]
        }
        thp { scan-sleep = 1 s, pages-to-scan = 1024 }
        define.hot = "--damos_access_rate 5% max --damos_age 1s max --damos_action nohugepage --damos_access_rate 0% 0% --damos_age 5s max"
        hosts {
          never.thp.enabled = never
          always.thp.enabled = always
          scheme { thp.enabled = madvise, damo = "damo start --ops vaddr --target_pid 42 --monitoring_nr_regions_range 3 20 --damos_action hugepage "${define.hot} }
          collapse { thp.enabled = never, damo = "damo start --ops vaddr --target_pid 42 --monitoring_nr_regions_range 3 20 --damos_action collapse "${define.hot} }
        }

        """;

    private const ulong Touched = (16UL << 20) + (4UL << 20 >> 2) + (28UL << 20 >> 3);

    private static readonly Lazy<ImmutableDictionary<string, HugePageResult>> _results = new(() => Run(Text));

    [Fact]
    public void All_hosts_have_touched_the_same()
    {
        foreach (HugePageResult result in _results.Value.Values)
        {
            Assert.Equal(Touched, result.Last.TouchedBytes);
            Assert.Equal(result.Last.ResidentBytes - result.Last.TouchedBytes, result.Last.BloatBytes);
            Assert.True(result.Last.HugeBytes <= result.Last.ResidentBytes);
        }
    }

    [Fact]
    public void Without_huge_pages_nothing_is_wasted_and_nearly_each_access_walks()
    {
        HugePageResult never = _results.Value["never"];
        Assert.Equal((0UL, 0UL), (never.Last.BloatBytes, never.Last.HugeBytes));
        Assert.InRange(never.WalkNsPerAccess!.Value, 29, 30);
        Assert.Equal(0, never.SavedNsPerAccess);
        Assert.InRange(never.TenantSlowdown!.Value, 1.29, 1.32);
    }

    [Fact]
    public void Huge_pages_everywhere_are_fast_and_waste_what_is_not_used()
    {
        HugePageResult always = _results.Value["always"];
        Assert.Equal((48UL << 20) - Touched, always.Last.BloatBytes);
        Assert.Equal(48UL << 20, always.Last.HugeBytes);
        Assert.Equal((24UL, 0UL), (always.Last.Counts.Faults, always.Last.Counts.Collapses));
        Assert.True(always.WalkNsPerAccess < 0.1);
        Assert.True(always.TenantSlowdown < 1.02);
    }

    [Theory]
    [InlineData("scheme")]
    [InlineData("collapse")]
    public void Where_memory_is_hot_they_are_nearly_as_fast_and_waste_little(string host)
    {
        HugePageResult result = _results.Value[host];
        HugePageResult always = _results.Value["always"];
        HugePageResult never = _results.Value["never"];
        Assert.True(result.Last.BloatBytes < always.Last.BloatBytes / 3, $"bloat {result.Last.BloatBytes}");
        Assert.True(result.Last.HugeBytes >= 14UL << 20, $"huge {result.Last.HugeBytes}");
        Assert.True(result.Last.Counts is { Faults: 0, Collapses: > 6 });
        Assert.True(
            result.TenantSlowdown - always.TenantSlowdown < (never.TenantSlowdown - always.TenantSlowdown) / 5, $"slowdown {result.TenantSlowdown}");
        Assert.Equal(never.WalkNsPerAccess!.Value, result.WalkNsPerAccess!.Value + result.SavedNsPerAccess!.Value, 6);
    }

    [Fact]
    public void The_scenario_of_the_repository_compares_the_same_four()
    {
        Scenario scenario = ScenarioReader.Load(Path.Combine(ScenarioFileTests.Folder, "thp.conf"));
        Assert.Equal(["never", "always", "scheme", "collapse"], scenario.Hosts.Select(host => host.Settings.Name));
        Assert.All(scenario.Hosts, host => Assert.True(host.Settings is { Thp: not null, Costs.Memory.Tlb: not null, Processes: [{ CanHaveHugePages: true }] }));
    }

    [Fact]
    public void Memory_that_cannot_be_in_transparent_huge_pages_is_told_apart()
    {
        Scenario scenario = Small.ReadAlone("""
            machine.nodes = [ { size = 64 MiB } ]
            thp.enabled = always
            cgroups."/w".workloads = [
              { kind = uniform, size = 4 MiB }, { kind = uniform, size = 4 MiB, file-backed = on }, { kind = uniform, size = 4 MiB, huge = on }
              { kind = mlocked, size = 4 MiB }, { kind = page-cache-fill, size = 4 MiB }, { kind = growing-heap, size = 4 MiB, step = 1 MiB }
            ]
            """);
        Assert.Equal([true, false, false, false, false, true], scenario.Hosts[0].Settings.Processes.Select(process => process.CanHaveHugePages));

        // Folios that are 2 MiB in any case are reported as such, with no bloat; others as they are.
        HugePageResult[] pages = [.. RunReport.Of(scenario, new ScenarioRun(scenario with { Run = scenario.Run with { DurationUs = 1_000_000 } }).Run(1)).Hosts[0].HugePages];
        Assert.Equal([4, 4, 4, 4], pages[..4].Select(one => (int)(one.Last.ResidentBytes >> 20)));
        Assert.Equal([4, 0, 4, 0], pages[..4].Select(one => (int)(one.Last.HugeBytes >> 20)));
        Assert.All(pages, one => Assert.Equal(0UL, one.Last.BloatBytes));
    }

    [Fact]
    public void Actions_that_do_nothing_without_huge_pages_are_noted()
    {
        const string Scheme = """damo = "damo start --ops vaddr --target_pid 42 --damos_action hugepage" """;
        Assert.Contains(Small.ReadAlone(Text.Split("hosts {")[0] + Scheme).Notices, notice => notice.Contains("thp.enabled", StringComparison.Ordinal));
        Assert.DoesNotContain(Small.ReadAlone(Text).Notices, notice => notice.Contains("thp.enabled", StringComparison.Ordinal));
    }

    [Fact]
    public void Hosts_without_huge_pages_say_nothing_of_them() =>
        Assert.Empty(Run(Text.Split("hosts {")[0]));

    private static ImmutableDictionary<string, HugePageResult> Run(string text)
    {
        Scenario scenario = Small.ReadAlone(text);
        ImmutableArray<HostOutcome> outcomes = new ScenarioRun(scenario).Run(2);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        return RunReport.Of(scenario, outcomes).Hosts.SelectMany(host => host.HugePages.Select(pages => (host.Outcome.Plan.Settings.Name, pages)))
            .ToImmutableDictionary(one => one.Name, one => one.pages);
    }
}
