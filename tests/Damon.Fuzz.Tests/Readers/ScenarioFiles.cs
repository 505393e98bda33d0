using System.Text;
using Damon.Fuzz.Tests.Inputs;
using Damon.Hocon;
using Damon.Scenarios.Reading;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>Scenarios, up to the plans of all hosts.</summary>
public sealed class ScenarioFiles : FuzzedReader
{
    private static readonly Grammar s_grammar = new(new Dictionary<string, string[]>
    {
        ["scenario"] = ["<key>", "<key>\n<scenario>", "<key>\n<scenario>", "<key>\n<scenario>"],
        ["key"] =
        [
            "run.duration = <time>", "run.seed = <number>", "run.sample-interval = <time>", "run.window-length = <time>", "machine.page-size = <size>", "machine.start = <size>",
            "machine.nodes = [ <node>, <node> ]", "cgroups.\"/a\".workload = <workload>", "cgroups.\"/b\".workloads = [ <workload>, <workload> ]", "cgroups.\"<word>\" {}", "events = [ <event>, <event> ]",
            "feeds = [ { cgroup = \"/a\", every = <time> } ]", "pressure = [ { from = <time>, to = <time>, stall = <time> } ]", "targets.\"/a\" { node = <number>, share = <number>% }",
            "costs.memory.counts = on", "costs.kdamond-time = on", "swap { kind = zswap, capacity = <size> }", "hosts.<word>.count = <count>", "hosts { a { <key> }, b { <key>, count = <count> } }",
            "damo = \"damo start --numa_node <count> --damos_action stat\"", "damo = \"damo start --ops vaddr --target_pid <count>\"", "page-monitoring = [ { weights = [ <number> ] } ]",
            "fleet.goals.g { every = <time>, aggregate = <word> }", "fleet.pool { size = <size>, chunk = <size> }", "vaddr-targets = [ { process = <word> } ]", "<word> = <word>", "damo-start = <time>",
        ],
        ["node"] = ["{ size = <size> }", "{ size = <size>, tier = cxl, start = <size> }", "{ size = <size>, pooled = on }", "<drawn>"],
        ["workload"] =
        [
            "{ kind = uniform, size = <size> }", "{ kind = zipf, size = <size>, total-rate = <number>, exponent = <number> }", "{ kind = phased-regions, size = <size>, regions = <number>, dwell = <time> }",
            "{ kind = moving-hot-spot, size = <size>, hot-size = <size>, step = <size> }", "{ kind = periodic-scan, size = <size>, every = <time>, takes = <time> }",
            "{ kind = growing-heap, size = <size>, step = <size>, step-every = <time> }", "{ kind = page-cache-fill, size = <size>, speed = <size> }", "{ kind = mlocked, size = <size>, period = <time> }",
            "{ kind = heat-bands, size = <size>, bands = [ { size = <size>, period = <time> } ], name = app, pid = <number> }", "{ kind = <word>, size = <size> }", "{ masim = a.cfg }", "{ replay = r.data }",
            "{ kind = uniform, size = <size>, mappings = [ { address = <size>, size = <size> }, { address = <size>, size = <size> } ] }",
        ],
        ["event"] =
        [
            "{ at = <time>, kind = pause }", "{ at = <time>, kind = feed, value = <number>, goal = <number> }", "{ at = <time>, kind = balloon, node = <count>, size = <size> }",
            "{ at = <time>, kind = tune, damo = \"damo tune --numa_node <count>\" }", "{ at = <time>, kind = restart, process = app, address = <size> }", "{ at = <time>, kind = <word> }",
        ],
        ["time"] = ["<number> s", "<number> ms", "<number> us", "<number> m", "<number>", "<number> h", "<drawn>"],
        ["size"] = ["<number> MiB", "<number> GiB", "<number> KiB", "<number>", "4 KiB", "2 MiB", "<drawn>"],
        ["drawn"] = ["{ draw = uniform, from = 1 MiB, to = 8 GiB }", "{ draw = choice, values = [ 1 s, 1 MiB ] }", "{ draw = lognormal, median = <number> MiB, sigma = <number> }", "{ draw = zipf, from = <number>, to = <number> }"],
        ["count"] = ["0", "1", "2", "<number>"],
        ["word"] = ["app", "a", "b", "mean", "max", "x", "/", "none", ""],
    });

    public override byte[] Make(Dice dice) => Encoding.UTF8.GetBytes(dice.Below(3) switch
    {
        0 => s_grammar.Make("scenario", dice),
        1 => Mutation.Of(s_grammar.Make("scenario", dice), Seeds.Scenarios, dice),
        _ => Mutation.Of(dice.Of(Seeds.Scenarios), Seeds.Scenarios, dice),
    });

    public override string? Read(byte[] input)
    {
        HoconFiles files = HoconFiles.InMemory(new Dictionary<string, string>
        {
            ["fuzzed.conf"] = Encoding.UTF8.GetString(input),
            ["a.cfg"] = "a, 4096\n\nphase\n1000\na, 0, 64, 1\n",
            ["r.data"] = Records.Plain,
        });
        try
        {
            ScenarioReader.Load("fuzzed.conf", files: files);
            return null;
        }
        catch (HoconException error)
        {
            return string.Join(" / ", error.All.Select(one => one.Message));
        }
    }
}
