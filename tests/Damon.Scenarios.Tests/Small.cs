using Damon.Hocon;
using Damon.Hocon.Reading;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Tests;

/// <summary>A scenario small enough to run in milliseconds, to which tests add.</summary>
internal static class Small
{
    public const string Text = """
        run { duration = 3 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ]
        cgroups {
          "/a" { workloads = [ { kind = phased-regions, size = 16 MiB, dwell = 1 s, fallback = 1 } ] }
          "/b" { workloads = [ { kind = uniform, size = 8 MiB, rate = 50, node = 1 } ] }
        }
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_quota_interval 100ms --damos_quota_goal node_memcg_used_bp 9.7% 1 /a"

        """;

    public static Scenario Read(string more = "", RunOverrides? overrides = null) => ReadAlone(Text + more, overrides);

    public static Scenario ReadAlone(string text, RunOverrides? overrides = null) =>
        ScenarioReader.Read(HoconDocument.Parse(text, "test.conf"), "test", overrides ?? RunOverrides.None);

    /// <summary>A scenario that names files, which exist only here.</summary>
    public static Scenario ReadWith(string text, params (string Name, string Text)[] files) =>
        ScenarioReader.Read(HoconDocument.Parse(text, "folder/test.conf"), "test", RunOverrides.None, HoconFiles.InMemory(files.ToDictionary(file => file.Name, file => file.Text)));

    public static string Error(string text) => Assert.Throws<HoconException>(() => ReadAlone(text)).All[0].Message;
}
