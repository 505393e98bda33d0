using System.Globalization;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;

namespace Damon.Chaos.Tests;

/// <summary>The fleet under test: hosts that act on each other, and goals that outside commands feed.</summary>
internal static class ChaosFleet
{
    /// <summary>The hosts.</summary>
    public const int Hosts = 16;

    private const string Text = """
        run { duration = 2000 s, sample-interval = 20 s, window = 4 }
        hosts.web { count = 16 }
        machine { page-size = 256 KiB, nodes = [ { size = 128 MiB }, { size = 128 MiB, tier = cxl, pooled = on, at-start = 48 MiB } ] }
        costs.memory.counts = on
        cgroups {
          "/a" { workloads = [ { kind = phased-regions, size = 64 MiB, dwell = { draw = uniform, from = 500 ms, to = 3 s }, fallback = 1 } ] }
          "/b" { workloads = [ { kind = uniform, size = 32 MiB, rate = 50, node = 1 } ] }
          "/c" { workloads = [ { kind = growing-heap, size = 48 MiB, step = 4 MiB, step-every = 5 s, node = 1, fallback = 0 } ] }
        }
        damo = "damo start --numa_node 0 --monitoring_intervals 100ms 2s 20s --monitoring_nr_regions_range 10 50 --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal user_input 5000 4000"
        fleet {
          goals.speed { metric = speed, aggregate = mean, every = 5 s }
          pool { size = 1 GiB, chunk = 8 MiB, check-every = 2 s, grant-latency = 2 s, borrow-below = 8 MiB, return-above = 32 MiB }
        }
        """;

    /// <summary>The name of a host.</summary>
    public static string Host(int index) => string.Create(CultureInfo.InvariantCulture, $"web-{index}");

    /// <summary>The scenario with a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="duration">How long it runs; null: as the scenario says.</param>
    public static (ScenarioBundle Bundle, Scenario Scenario) Read(ulong seed, TimeSpan? duration = null) =>
        ScenarioBundle.CaptureText(Text, "chaos.conf", new RunOverrides(seed, (ulong?)duration?.TotalMicroseconds));
}
