using Damon.Hocon;

namespace Damon.Scenarios.Tests.Reading;

/// <summary>Every kind of mistake in a scenario is told in one sentence, with its place, before anything runs.</summary>
public sealed class ErrorTests
{
    [Theory]
    // Keys and types.
    [InlineData("run.sede = 1", "test.conf:8:", "run.sede", "did you mean 'seed'?")]
    [InlineData("hots {}", "test.conf:8:", "hots", "did you mean 'hosts'?")]
    [InlineData("machine.nodes = [ { size = 64 MiB, teir = cxl }, { size = 64 MiB } ]", "machine.nodes[0].teir", "did you mean 'tier'?")]
    [InlineData("machine.nodes = [ { sise = 64 MiB } ]", "machine.nodes[0]: size is not set", "is 'sise' meant to be it?")]
    [InlineData("run.duration = [1]", "run.duration", "found an array", "a number with a unit")]
    [InlineData("run = 5", "run", "found 5", "an object")]
    [InlineData("run.seed = -1", "run.seed", "found -1", "0..18446744073709551615")]
    // Units and ranges.
    [InlineData("run.duration = 5 GiB", "run.duration", "\"5 GiB\"", "ns, us, ms, s, m, h or d")]
    [InlineData("run.duration = -3 s", "run.duration", "-3 s", "1 ms..365 d")]
    [InlineData("run.duration = 1000001 ns", "run.duration", "1 ms..365 d|microseconds")]
    [InlineData("run.sample-interval = 0 s", "run.sample-interval", "0 s", "1 ms..365 d")]
    [InlineData("run.window = 1", "run.window", "found 1", "2..1000000")]
    [InlineData("run.converged-within = 15", "run.converged-within", "found 15", "percentage")]
    [InlineData("machine.page-size = 5 KiB", "machine.page-size", "5 KiB", "power of two")]
    [InlineData("machine.page-size = 4 MiB", "machine.page-size", "4 MiB", "4 KiB..2 MiB")]
    [InlineData("machine.allocation = lowest", "machine.allocation", "\"lowest\"", "lowest-first, scatter")]
    [InlineData("costs.access-check = 2 s", "costs.access-check", "2 s", "0 ns..1 s")]
    [InlineData("costs.kdamond-time = maybe", "costs.kdamond-time", "\"maybe\"", "true, false")]
    // The machine.
    [InlineData("machine.nodes = []", "machine.nodes", "1..64 nodes")]
    [InlineData("machine.nodes = [ {}, { size = 64 MiB } ]", "machine.nodes[0]", "size is not set", "a size")]
    [InlineData("machine.nodes = [ { start = 0, size = 64 MiB }, { start = 32 MiB, size = 64 MiB } ]", "machine.nodes[1].start", "no other node")]
    [InlineData("machine.nodes = [ { size = 100 kB }, { size = 64 MiB } ]", "machine.nodes[0].size", "multiple of page-size")]
    // Tenants.
    [InlineData("cgroups { \"x\" { workloads = [] } }", "cgroups.x", "leading slash")]
    [InlineData("cgroups.\"/a\".workloads = [ { size = 1 MiB } ]", "workloads[0]", "kind is not set", "phased-regions")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = unifrom, size = 1 MiB } ]", "workloads[0].kind", "did you mean 'uniform'?")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform } ]", "workloads[0]", "size is not set")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform, size = 1 MiB, node = 2 } ]", "workloads[0].node", "found 2", "0..1")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform, size = 1 MiB, fallback = 7 } ]", "workloads[0].fallback", "found 7", "0..1")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform, size = 1 MiB, period = 5 ms } ]", "workloads[0].period", "unknown key")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform, size = 200 MiB } ]", "workloads[0].size", "200 MiB", "at most 128 MiB", "machine's 128 MiB")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 120 MiB } ]", "workloads[0].size", "at most 112 MiB")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = phased-regions, size = 8 KiB, regions = 3 } ]", "workloads[0].regions", "found 3")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = moving-hot-spot, size = 1 MiB, hot-size = 2 MiB, step = 4 KiB } ]", "hot-size", "not more than size")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = periodic-scan, size = 1 MiB, every = 1 s, takes = 1 s } ]", "workloads[0].takes", "less than every")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = growing-heap, size = 1 MiB } ]", "workloads[0]", "step is not set")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = zipf, size = 1 MiB, exponent = 9 } ]", "workloads[0].exponent", "found 9", "0..4")]
    [InlineData("targets { \"/c\" { share = 5% } }", "targets.\"/c\"", "/a, /b")]
    [InlineData("targets { \"/a\" { share = 105% } }", "targets.\"/a\".share", "105%", "0%..100%")]
    [InlineData("targets { \"/a\" { node = 3, share = 5% } }", "targets.\"/a\".node", "found 3")]
    // Hosts.
    [InlineData("hosts = {}", "")]
    [InlineData("hosts { web { count = 0 } }", "hosts.web.count", "found 0", "1..100000")]
    [InlineData("hosts { web { count = 2 }, web-1 {} }", "hosts.web-1", "two hosts web-1")]
    [InlineData("hosts { web { machine { nodes = [ { size = 1 GiB } ] } } }", "workloads[0]", "node of the machine")]
    // Events.
    [InlineData("damo-start = 4 s", "damo-start", "4 s", "before the run ends")]
    [InlineData("events = [ { at = 4 s, kind = pause } ]", "events[0].at", "4 s", "before the run ends")]
    [InlineData("events = [ { kind = pause } ]", "events[0]", "at is not set")]
    [InlineData("events = [ { at = 1 s, kind = pause, kdamond = 1 } ]", "events[0].kdamond", "found 1", "has 1")]
    [InlineData("events = [ { at = 1 s, kind = feed, scheme = 3, value = 1 } ]", "events[0].scheme", "found 3", "has 1")]
    [InlineData("events = [ { at = 1 s, kind = feed, goal = 1, value = 1 } ]", "events[0].goal", "found 1", "has 1")]
    [InlineData("events = [ { at = 1 s, kind = balloon, size = 1 GiB } ]", "events[0].size", "not more than the node has")]
    [InlineData("events = [ { at = 1 s, kind = tune } ]", "events[0]", "damo")]
    [InlineData("events = [ { at = 1 s, kind = tune, damo = \"damo tune --nr_targets 1 1\" } ]", "events[0].damo", "contexts")]
    [InlineData("events = [ { at = 1 s, kind = take-memory, size = 65 MiB } ]", "events[0].size", "at most 64 MiB")]
    [InlineData("events = [ { at = 1 s, kind = take-memory, size = 8 MiB }, { at = 2 s, kind = add-memory, size = 9 MiB } ]", "events[1].size", "at most 8 MiB")]
    [InlineData("events = [ { at = 1 s, kind = stop-kdamond, kdamond = 1 } ]", "events[0].kdamond", "has 1")]
    [InlineData("events = [ { at = 1 s, kind = start-kdamonds } ]", "events[0]", "damo")]
    [InlineData("events = [ { at = 1 s, kind = tune, damo = \"damo tune --numa_node 0 --monitoring_nr_regions_range 100 10\" } ]", "events[0].damo", "100")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform, size = 1 MiB, start = 4 s } ]", "workloads[0].start", "before the run ends")]
    [InlineData("cgroups.\"/a\".workloads = [ { kind = uniform, size = 1 MiB, start = 2 s, stop = 1 s } ]", "workloads[0].stop", "after start")]
    [InlineData("costs.memory.counts = on, feeds = [ { cgroup = \"/a\" } ]", "feeds[0]", "user_input")]
    [InlineData("costs.memory.counts = on, feeds = [ { cgroup = \"/x\", scheme = 3 } ]", "feeds[0].scheme", "has 1")]
    [InlineData("feeds = [ { cgroup = \"/a\" } ]", "feeds[0]", "costs.memory.counts")]
    [InlineData("swap.kind = disk", "swap.kind", "none, zswap, ssd")]
    [InlineData("costs.memory.tlb.counts = on", "test.conf:8:", "costs.memory.tlb.counts", "costs.memory.counts")]
    [InlineData("costs.memory { counts = on, tlb { counts = on, entries = 0 } }", "costs.memory.tlb.entries", "found 0", "1..16777216")]
    [InlineData("costs.memory.tlb.walk-4k = 1 ns", "costs.memory.tlb.walk-4k", "did you mean 'walk'|walk")]
    // Huge pages.
    [InlineData("thp.enabled = sometimes", "test.conf:8:", "thp.enabled", "\"sometimes\"", "always, madvise, never")]
    [InlineData("thp.enable = always", "thp.enable", "did you mean 'enabled'?")]
    [InlineData("thp { enabled = always, pages-to-scan = 100 }", "thp.pages-to-scan", "found 100", "512..2147483648")]
    [InlineData("thp { enabled = always, scan-sleep = 0 s }", "thp.scan-sleep", "0 s", "1 ms..365 d")]
    [InlineData("thp { enabled = always, max-ptes-none = 512 }", "thp.max-ptes-none", "found 512", "0..511")]
    [InlineData("machine.page-size = 64 KiB, thp.enabled = madvise", "thp.enabled", "\"madvise\"", "machine.page-size is 4 KiB")]
    [InlineData("hosts.web.thp.enabled = on", "hosts.web.thp.enabled", "always, madvise, never")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = heat-bands, size = 2 MiB, bands = [ { size = 1 MiB, one-in = 0 } ] } ]", "bands[0].one-in", "found 0", "1..512")]
    [InlineData("events = [ { at = 1 s, kind = exit } ]", "events[0]", "process is not set")]
    [InlineData("events = [ { at = 1 s, kind = exit, process = b } ]", "events[0].process", "found \"b\"", "/a#0, /b#0")]
    [InlineData("events = [ { at = 1 s, kind = restart, process = \"/a#0\", address = 100000 B } ]", "events[0].address", "multiple of its folio size")]
    // Address spaces.
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 1 MiB, pid = 0 } ]", "workloads[0].pid", "found 0", "1..4194304")]
    [InlineData("cgroups { \"/b\".workloads = [ { kind = uniform, size = 1 MiB, pid = 5 }, { kind = uniform, size = 1 MiB, pid = 5 } ] }", "workloads[1].pid", "no workload before it has")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 1 MiB, address = 1 KiB } ]", "workloads[0].address", "64 KiB..128 TiB")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 1 MiB, address = 128 TiB } ]", "workloads[0].address", "behind user space")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 2 MiB, huge = on, address = 16 GiB, mappings = [ { address = 1 MiB, size = 2 MiB } ] } ]", "workloads[0].mappings", "multiple of its folio size")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 2 MiB, mappings = [ { address = 8 MiB, size = 2 MiB }, { address = 9 MiB, size = 2 MiB } ] } ]", "workloads[0].mappings", "begins before the end")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = uniform, size = 2 MiB, mappings = [ { address = 8 MiB, size = 1 MiB } ] } ]", "workloads[0].mappings", "they have 1048576 bytes")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = heat-bands, size = 2 MiB } ]", "workloads[0]", "at least one band")]
    [InlineData("cgroups.\"/b\".workloads = [ { kind = heat-bands, size = 2 MiB, bands = [ { size = 3 MiB } ] } ]", "workloads[0].bands", "not more together than size")]
    [InlineData("vaddr-targets = [ { process = \"/a#0\", cgroup = \"/a\" } ]", "vaddr-targets[0].cgroup", "either a process or a cgroup, and not both")]
    [InlineData("vaddr-targets = [ {} ]", "vaddr-targets[0]", "either a process or a cgroup")]
    [InlineData("vaddr-targets = [ { process = x } ]", "vaddr-targets[0].process", "found \"x\"", "/a#0, /b#0")]
    [InlineData("vaddr-targets = [ { cgroup = \"/c\" } ]", "vaddr-targets[0].cgroup", "found \"/c\"", "/a, /b")]
    [InlineData("vaddr-targets = [ { cgroup = \"/a\" } ]", "vaddr-targets", "kdamond 0 is none")]
    [InlineData("page-monitoring = [ { kdamond = 1 } ]", "page-monitoring", "no kdamond 1")]
    [InlineData("page-monitoring = [ {}, {} ]", "page-monitoring[1]", "kdamond", "each kdamond once")]
    [InlineData("page-monitoring = [ { count-every = 1 us } ]", "page-monitoring[0].count-every", "1 ms..365 d")]
    [InlineData("page-monitoring = [ { weights = [ 1, -1 ] } ]", "page-monitoring[0].weights[1]", "found -1", "0..4294967295")]
    [InlineData("page-monitoring = [ { weights = [ 1, 1, 1, 1, 1 ] } ]", "page-monitoring[0].weights", "at most 4")]
    [InlineData("page-monitoring = [ { weights = [ 1 ] } ]", "damo", "has 0 probes", "has 1 weights")]
    [InlineData("pressure = [ { from = 2 s, to = 1 s, stall = 1 ms } ]", "pressure[0].to", "after from")]
    public void A_mistake_is_told_with_its_place(string mistake, params string[] parts)
    {
        if (mistake == "hosts = {}") mistake = "hosts = null\nhosts.x.count = 0";
        string message = Small.Error(Small.Text + mistake);

        Assert.Contains("test.conf:", message, StringComparison.Ordinal);
        foreach (string part in parts)
            Assert.True(part.Split('|').Any(one => message.Contains(one, StringComparison.Ordinal)), $"'{part}' is not in: {message}");
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("--damos_action migrate_hto 0", "migrate_hot")]
    [InlineData("--damos_action migrate_cold 2", "node 2", "0..1")]
    [InlineData("--damos_action migrate_cold 1 --damos_filter allow memcg /c", "\"/c\"", "/a, /b")]
    [InlineData("--damos_action migrate_cold 1 --damos_filter allow memcg a", "\"a\"", "did you mean '/a'?")]
    [InlineData("--damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal node_mem_used_bp 5% 4", "node 4", "0..1")]
    [InlineData("--damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal node_mem_used_bp 0% 0", "aims at 0")]
    [InlineData("--damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal_tuner consits", "\"consits\"", "consist, temporal")]
    [InlineData("--damos_action hugepage", "hugepage", "pageout")]
    [InlineData("--monitoring_nr_regions_range 100 10", "100", "10")]
    [InlineData("--monitoring_nr_regions_range 2 10", "at least|least")]
    [InlineData("--monitoring_intervals 200ms 100ms 1s", "sampling interval")]
    [InlineData("--numa_node 3", "without any memory")]
    [InlineData("--ops vaddr --target_pid 1", "target process 1", "no workload of the host has a pid")]
    [InlineData("--ops vaddr", "target without a process", "--target_pid", "vaddr-targets")]
    [InlineData("--probe_filter allow young", "\"young\"", "anon, memcg")]
    [InlineData("--probe_filter allow memcg /c", "\"/c\"", "/a, /b")]
    [InlineData("--probe_filter allow anon --probe_filter allow anon --probe_filter allow anon --probe_filter allow anon --probe_filter allow anon --nr_probe_filters 1 1 1 1 1", "5 probes", "at most 4")]
    [InlineData("--ops paddr --ops paddr --nr_targets 1 1", "contexts", "--nr_ctxs")]
    public void What_damo_or_the_kernel_would_refuse_is_refused(string options, params string[] parts)
    {
        string damo = options.StartsWith("--numa", StringComparison.Ordinal) || options.StartsWith("--ops", StringComparison.Ordinal) ? "" : "--numa_node 0 ";
        string message = Small.Error(Small.Text + $"damo = \"damo start {damo}{options}\"");

        Assert.StartsWith("test.conf:8:8: damo: ", message, StringComparison.Ordinal);
        foreach (string part in parts)
            Assert.True(part.Split('|').Any(one => message.Contains(one, StringComparison.Ordinal)), $"'{part}' is not in: {message}");
    }

    [Theory]
    [InlineData("0 11 2 9", "node 2", "0..1")]
    [InlineData("0 11 4294967296 9", "node 4294967296", "0..1")]
    [InlineData("4294967296", "refuses 4294967296", "target_nid", "2147483647")]
    [InlineData("0 11 -1 9", "refuses -1", "dests/1/id", "allowed is 0")]
    [InlineData("0 -11 1 9", "refuses -11", "dests/0/weight", "allowed is 0")]
    [InlineData("0 4294967296 1 9", "node 0 the weight 4294967296", "0..4294967295")]
    [InlineData("0 x 1 9", "--damos_action", "'x' is not a number")]
    [InlineData("0 11 0 9", "node 0 twice", "each node once")]
    [InlineData("0 11 1", "pairs of a node id and a weight", "3 arguments")]
    [InlineData("0 11 1 9 --damos_quota_interval 1s --damos_quota_goal node_eligible_mem_bp 50% 0", "only the physical address space")]
    public void Destinations_that_make_no_sense_are_refused(string destinations, params string[] parts)
    {
        string message = Small.Error(
            Small.Text + "cgroups.\"/b\".workloads = [ { kind = uniform, size = 1 MiB, pid = 5 } ]\n"
            + $"damo = \"damo start --ops vaddr --target_pid 5 --damos_action migrate_hot {destinations}\"");

        Assert.StartsWith("test.conf:9:8: damo: ", message, StringComparison.Ordinal);
        foreach (string part in parts) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": 2, \"weight\": 9}", 2, "names node 2", "0..1")]
    [InlineData("{\"id\": 0, \"weight\": 9}", 2, "has node 0 twice", "each node once")]
    [InlineData("{\"id\": 1, \"weight\": -9}", 1, "refuses -9", "dests/1/weight")]
    [InlineData("{\"id\": 1}", 3, "[0].contexts[0].schemes[0].dests[1]", "the key 'weight' is missing", "found are id")]
    [InlineData("{\"id\": \"x\", \"weight\": 9}", 3, "[0].contexts[0].schemes[0].dests[1].id", "'x' is not a number")]
    [InlineData("9", 3, "[0].contexts[0].schemes[0].dests[1]", "found the number 9", "a mapping")]
    public void Destinations_of_a_document_are_told_with_their_path(string second, int line, params string[] parts)
    {
        string kdamonds = $$"""
            [ { "contexts": [ { "ops": "vaddr", "targets": [ { "pid": 5, "regions": [] } ], "schemes": [
            { "action": "migrate_hot",
              "dests": [ {"id": 0, "weight": 11}, {{second}} ]
            } ] } ] } ]
            """;
        const string Process = "cgroups.\"/b\".workloads = [ { kind = uniform, size = 1 MiB, pid = 5 } ]\n";

        // As HOCON in the scenario itself, and as a JSON file that a command names, which has no lines in its messages.
        string inside = Small.Error(Small.Text.Split("damo =")[0] + Process + $"kdamonds = {kdamonds}");
        HoconException named = Assert.Throws<HoconException>(() => Small.ReadWith(
            Small.Text + Process + "damo = \"damo start doc.json\"", ("folder/doc.json", $$"""{"kdamonds": {{kdamonds}}}""")));

        Assert.StartsWith($"test.conf:{7 + line}:", inside, StringComparison.Ordinal);
        Assert.Contains(line == 1 ? " kdamonds: " : " kdamonds[0].contexts[0].schemes[0]", inside, StringComparison.Ordinal);
        Assert.DoesNotContain("kdamonds.kdamonds", inside, StringComparison.Ordinal);
        Assert.StartsWith("folder/test.conf:9:8: damo: ", named.All[0].Message, StringComparison.Ordinal);
        foreach (string part in parts)
        {
            Assert.Contains(part, inside, StringComparison.Ordinal);
            Assert.Contains(part, named.All[0].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_document_has_no_more_probes_than_the_kernel()
    {
        string probes = string.Join(", ", Enumerable.Repeat("{ filters = [ { filter_type = anon, matching = true, allow = true, path = null } ], weight = 1 }", 5));
        string message = Small.Error(
            Small.Text.Split("damo =")[0] + $"kdamonds = [ {{ contexts = [ {{ ops = paddr, targets = [ {{ pid = null, regions = [ {{ start = 4294967296, end = 4362076160 }} ] }} ], probes = [ {probes} ] }} ] }} ]");

        Assert.StartsWith("test.conf:7:12: kdamonds: ", message, StringComparison.Ordinal);
        Assert.Contains("5 probes", message, StringComparison.Ordinal);
        Assert.Contains("at most 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_script_is_told_with_its_own_line()
    {
        string text = Small.Text + "damo = \"\"\"\n#!/bin/bash\ndamo start \\\n  --numa_node 0 \\\n  --damos_action moev 1\n\"\"\"";

        Assert.StartsWith("test.conf:12:", Small.Error(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_ways_to_set_damon_up_are_one_too_many()
    {
        Assert.Contains("not both", Small.Error(Small.Text + "kdamonds = []"), StringComparison.Ordinal);
    }
}
