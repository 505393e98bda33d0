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
