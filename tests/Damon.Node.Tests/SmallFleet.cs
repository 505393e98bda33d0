using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;

namespace Damon.Node.Tests;

/// <summary>Fleets that run in moments.</summary>
internal static class SmallFleet
{
    /// <summary>Hosts that have nothing to do with each other.</summary>
    public const string Free = """
        run { duration = 20 s, sample-interval = 1 s, window = 2 }
        hosts.web { count = 5 }
        machine { page-size = 64 KiB, nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ] }
        cgroups {
          "/a" { workloads = [ { kind = phased-regions, size = 16 MiB, dwell = 1 s, fallback = 1 } ] }
          "/b" { workloads = [ { kind = uniform, size = 8 MiB, rate = 50, node = 1 } ] }
        }
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal user_input 5000 4000"
        """;

    /// <summary>Hosts that send mail: a goal over all of them, a pool, tenants that come, move and go.</summary>
    public const string Coupled = """
        run { duration = 24 s, sample-interval = 2 s, window = 2 }
        machine { page-size = 64 KiB, nodes = [ { size = 32 MiB }, { size = 64 MiB, tier = cxl, pooled = on, at-start = 8 MiB } ] }
        costs.memory.counts = on
        hosts.web { count = 5, tenant-slots = 2, cgroups."/a".workload { kind = uniform, size = 16 MiB, rate = 2, fallback = 1 } }
        damo = "damo start --numa_node 0 --monitoring_intervals 50ms 500ms 5s --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal user_input 9900 0"
        fleet {
          goals.speed.every = 2 s
          pool { size = 160 MiB, chunk = 8 MiB, check-every = 2 s, borrow-below = 6 MiB, return-above = 16 MiB }
          tenants {
            placement = first-fit, check-every = 2 s, admit-within = 4 s, moves { above = 5000 }
            kinds.job { workload { kind = zipf, size = 8 MiB, total-rate = 1e3, fallback = 1 }, lifetime = { draw = exponential, mean = 8 s } }
            streams.jobs.every = { draw = exponential, mean = 1 s }
          }
        }
        """;

    public static (ScenarioBundle Bundle, Scenario Scenario) Read(string text = Free) => ScenarioBundle.CaptureText(text, "fleet.conf");

    /// <summary>The digest of the run as one process without a store computes it.</summary>
    public static string Digest(Scenario scenario, params MemberCommand[] commands) => new FleetRun(new Fleet(scenario)).Run(2, commands).Digest;
}
