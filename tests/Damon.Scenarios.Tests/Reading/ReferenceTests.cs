using Damon.Hocon;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Schema;

namespace Damon.Scenarios.Tests.Reading;

/// <summary>reference.conf and the reader say the same: the same keys, types and ranges.</summary>
public sealed class ReferenceTests
{
    /// <summary>A scenario that makes the reader ask for every key there is.</summary>
    internal const string Everything = """
        cgroups."/w".workloads = [
          { kind = phased-regions, size = 1 MiB }, { kind = uniform, size = { draw = choice, values = [ { draw = zipf, from = 1 MiB, to = 2 MiB } ] } }, { kind = zipf, size = { draw = lognormal, median = 1 MiB, to = 2 MiB } }
          { kind = moving-hot-spot, size = 1 MiB, hot-size = 64 KiB, step = 64 KiB }, { kind = periodic-scan, size = 1 MiB }
          { kind = growing-heap, size = 1 MiB, step = 64 KiB }, { kind = page-cache-fill, size = 1 MiB }, { kind = mlocked, size = 1 MiB }
          { kind = heat-bands, size = 1 MiB, name = app, pid = 5, bands = [ { size = 4 KiB } ], mappings = [ { address = 1 GiB, size = 1 MiB } ] }
        ]
        cgroups."/m".workloads = [ { masim = "a.cfg" }, { replay = "r.json" } ]
        cgroups."/o".workload = { kind = mlocked, size = 1 MiB }
        vaddr-targets = [ { cgroup = "/w" } ]
        page-monitoring = [ {} ]
        damo = "damo start --ops vaddr --target_pid 5 --damos_action stat --damos_quota_interval 1s --damos_quota_goal user_input 10 5"
        events = [
          { at = 1 s, kind = tune, damo = "damo tune --numa_node 0" }, { at = 1 s, kind = feed, value = 5 }
          { at = 1 s, kind = pause }, { at = 2 s, kind = resume }, { at = 1 s, kind = balloon, size = 1 MiB }
          { at = 1 s, kind = take-memory, size = 1 MiB }, { at = 2 s, kind = add-memory, size = 1 MiB }
          { at = 2 s, kind = start-kdamonds, damo = "damo start --numa_node 1" }, { at = 3 s, kind = stop-kdamond }
          { at = 1 s, kind = restart, process = app }, { at = 2 s, kind = exit, process = app }
        ]
        feeds = [ { cgroup = "/w" } ]
        costs.memory.counts = on
        hosts.host.tenant-slots = 1
        fleet {
          goals.all {}, pool.size = 27 GiB
          tenants {
            kinds.job.workload { kind = mlocked, size = 1 MiB }, streams.jobs { every = 1 m }, arrivals = [ { at = 1 s } ]
            moves { above = 1 }, drains = [ {} ]
          }
        }
        machine.nodes = [ { size = 27 GiB }, { size = 27 GiB, tier = cxl, pooled = on } ]
        pressure = [ { to = 1 s, stall = 1 ms } ]
        targets."/w" { share = 1% }
        """;

    /// <summary>The files that it names.</summary>
    internal static readonly HoconFiles EverythingsFiles = HoconFiles.InMemory(new Dictionary<string, string>
    {
        ["a.cfg"] = "a, 4096\n\nphase\n1000\na, 0, 64, 1\n",
        ["r.json"] = ReplayWorkloadTests.Record,
    });

    [Fact]
    public void Comments_give_the_type_and_range_of_every_key_that_is_read()
    {
        KeyLog log = new();
        ScenarioReader.Read(HoconDocument.Parse(Everything), "test", RunOverrides.None, EverythingsFiles, log);

        SortedDictionary<string, string> documented = Documented(Reference.Text);
        Assert.Equal(log.Keys.Keys.Order(StringComparer.Ordinal), documented.Keys.Order(StringComparer.Ordinal));
        foreach ((string path, string said) in log.Keys) Assert.Equal($"{path}: {said}", $"{path}: {documented[path]}");
    }

    [Fact]
    public void Every_key_has_a_sentence_about_it()
    {
        Assert.All(
            ReferenceComments.Read(Reference.Text).Where(key => key.Type is not (null or "as at the root")),
            key => Assert.True(key.About.Length > 3, $"{key.Path} lacks a comment"));
    }

    [Fact]
    public void The_library_carries_the_file_of_the_repository()
    {
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "reference.conf")), Reference.Text);
    }

    private static SortedDictionary<string, string> Documented(string text)
    {
        IEnumerable<ReferenceKey> keys = ReferenceComments.Read(text).Where(key => key.Type is not null);
        return new SortedDictionary<string, string>(keys.ToDictionary(key => key.Path, key => key.Bracket), StringComparer.Ordinal);
    }
}
