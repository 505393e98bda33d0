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

    public static (ScenarioBundle Bundle, Scenario Scenario) Read(string text = Free) => ScenarioBundle.CaptureText(text, "fleet.conf");

    /// <summary>The digest of the run as one process without a store computes it.</summary>
    public static string Digest(Scenario scenario, params MemberCommand[] commands) => new FleetRun(new Fleet(scenario)).Run(2, commands).Digest;
}
