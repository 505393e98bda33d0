namespace Damon.Host.Tests;

/// <summary>A directory for the files of one test.</summary>
internal sealed class Scratch : IDisposable
{
    public const string SmallScenario = """
        run { duration = 4 s, sample-interval = 1 s, window = 2 }
        machine.nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ]
        cgroups { "/a" { workloads = [ { kind = uniform, size = 16 MiB, rate = 20 } ] } }
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_quota_interval 100ms --damos_quota_goal node_memcg_used_bp 9.7% 1 /a"

        """;

    /// <summary>Hosts of two tenants, and a goal that is fed from outside; how many hosts and for how long is for the test to say.</summary>
    public const string TwoTenants = """
        machine { page-size = 64 KiB, nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ] }
        cgroups {
          "/a" { workloads = [ { kind = phased-regions, size = 16 MiB, dwell = 1 s, fallback = 1 } ] }
          "/b" { workloads = [ { kind = uniform, size = 8 MiB, rate = 50, node = 1 } ] }
        }
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal user_input 5000 4000"

        """;

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("damon-test-").FullName;

    public string this[string name] => Path.Combine(Directory, name);

    public string Write(string name, string text)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
