namespace Damon.Host.Tests.Console;

/// <summary>Bad input: exit code 2, one sentence on stderr, nothing on stdout, no stack trace, at once.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "rnu x", "did you mean 'run'?" },
        { "run", "needs FILE" },
        { "run a b", "found also 'b'" },
        { "run no-such.conf", "no-such.conf: cannot be read: Could not find file" },
        { "run {dir}", "damon: " },
        { "run {notes}", "notes.txt:1" },
        { "run {typo}", "typo.conf:6:12: run.sede: unknown key, did you mean 'seed'?" },
        { "run {unit}", "found \"5 parsecs\", allowed: a number with a unit" },
        { "run {node}", "found 9, allowed: a node of the machine, 0..1" },
        { "run {memory}", "workloads[0].size: found \"1 TiB\", allowed: at most 128 MiB" },
        { "run {cgroup}", "\"/b\", which the host does not have, allowed: /a" },
        { "run {two}", "(and 1 more)" },
        { "run {destinations}", "destinations.conf:2:8: damo: the action of scheme 0 of kdamond 0 has node 0 twice as a destination" },
        { "run {vmas}", "vmas.conf:1:" },
        { "run {both}", "vaddr-targets[0].cgroup" },
        { "run {probes}", "probes.conf:5:8: damo: the kernel would refuse kdamond 0: there are 5 probes; a context has at most 4" },
        { "damo start --damos_action migrate_hot 0 11 1", "'migrate_hot' takes one node id, or pairs of a node id and a weight; found 3 arguments" },
        { "damo start --damos_action migrate_hot 0 11 7 9", "node 7, which the host does not have, allowed: 0..1" },
        { "damo {document}", "odd.json.kdamonds[0].contexts[0].schemes[0].dests[0]: the key 'weight' is missing" },
        { "args damon {document}", "odd.json.kdamonds[0].contexts[0].schemes[0].dests[0]: the key 'weight' is missing" },
        { "run {good} --duration -1", "--duration: found '-1'" },
        { "run {good} --duration 5", "--duration: found '5'" },
        { "run {good} --duration 5parsecs", "--duration: found '5parsecs'" },
        { "run {good} --duration", "--duration needs a duration" },
        { "run {good} --seed x", "--seed: found 'x', allowed: a whole number" },
        { "run {good} --sede 1", "did you mean '--seed'?" },
        { "run {good} --seed 1 --seed 2", "given twice" },
        { "run {good} --format xml", "found 'xml', allowed: table, json" },
        { "run {good} --csv {good}", "--csv: found" },
        { "run {good} --csv /proc/none/such", "--csv: found '/proc/none/such'" },
        { "verify", "needs DIR" },
        { "verify no-such-dir", "found 'no-such-dir'" },
        { "bench", "needs exact, actors, vaddr or fleet" },
        { "bench exakt", "did you mean 'exact'?" },
        { "bench fleet --scenario no-such.conf", "no-such.conf" },
        { "bench exact --cases no-such.json", "found 'no-such.json'" },
        { "config", "found nothing, allowed: dump FILE" },
        { "config shema", "found 'shema', allowed: dump FILE, schema; did you mean 'schema'?" },
        { "config schema now", "takes nothing, found 'now'" },
        { "config dump no-such.conf", "no-such.conf" },
        { "config dump {notes}", "notes.txt:1" },
        { "args", "damon" },
        { "damo", "needs damo's words or a script" },
        { "damo start --damos_action pageot", "did you mean 'pageout'?" },
        { "damo start --damos_action pageout --machine none-such", "--machine: found 'none-such', allowed: a file, or cover-letter" },
        { "explain", "needs damo's words, a script, a document or a scenario" },
        { "explain no-such.sh", "no-such.sh: no such file, allowed: a script, a document or a scenario" },
        { "fidelity --seeds 0", "--seeds: found '0', allowed: 1..1000" },
        { "fidelity --only E9", "--only: found 'E9'" },
        { "args damon --damos_action moev", "moev" },
        { "args damon --no_such_option", "no_such_option" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_told_in_one_sentence(string line, string part)
    {
        using Scratch scratch = new();
        string[] words = [.. line.Split(' ').Select(word => Named(scratch, word))];
        Ended ended = DamonProcess.Run(words);

        Assert.Equal((2, ""), (ended.Code, ended.Stdout));
        Assert.StartsWith("damon", ended.Stderr, StringComparison.Ordinal);
        Assert.EndsWith("\n", ended.Stderr, StringComparison.Ordinal);
        Assert.Equal(1, ended.Stderr.Count(c => c == '\n'));
        Assert.Contains(part, ended.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Stderr, StringComparison.Ordinal);
        Assert.InRange(ended.Took.TotalSeconds, 0, 5);
    }

    private static string Named(Scratch scratch, string word) => word switch
    {
        "{dir}" => scratch.Directory,
        "{notes}" => scratch.Write("notes.txt", "this is } not HOCON"),
        "{good}" => scratch.Write("good.conf", Scratch.SmallScenario),
        "{typo}" => scratch.Write("typo.conf", Scratch.SmallScenario + "\nrun.sede = 1"),
        "{unit}" => scratch.Write("unit.conf", Scratch.SmallScenario + "run.duration = 5 parsecs"),
        "{node}" => scratch.Write("node.conf", "cgroups { \"/a\" { workloads = [ { kind = uniform, size = 1 MiB, node = 9 } ] } }"),
        "{memory}" => scratch.Write("memory.conf", Scratch.SmallScenario.Replace("size = 16 MiB", "size = 1 TiB", StringComparison.Ordinal)),
        "{cgroup}" => scratch.Write("cgroup.conf", Scratch.SmallScenario.Replace("9.7% 1 /a", "9.7% 1 /b", StringComparison.Ordinal)),
        "{two}" => scratch.Write("two.conf", Scratch.SmallScenario + "run.seed = x\nrun.window = 0"),
        "{destinations}" => scratch.Write("destinations.conf", Process + "damo = \"damo start --ops vaddr --target_pid 5 --damos_action migrate_hot 0 11 0 9\""),
        "{vmas}" => scratch.Write("vmas.conf", Process.Replace("pid = 5", "mappings = [ { address = 4 MiB, size = 1 MiB }, { address = 4 MiB, size = 1 MiB } ]", StringComparison.Ordinal)),
        "{both}" => scratch.Write("both.conf", Process + "damo = \"damo start --ops vaddr\", vaddr-targets = [ { process = \"/a#0\", cgroup = \"/a\" } ]"),
        "{probes}" => scratch.Write("probes.conf", Scratch.SmallScenario + $"damo = \"damo start {string.Concat(Enumerable.Repeat("--probe_filter allow anon ", 5))}--nr_probe_filters 1 1 1 1 1\""),
        "{document}" => scratch.Write("odd.json", """{"kdamonds": [{"contexts": [{"ops": "vaddr", "targets": [{"pid": 5, "regions": []}], "schemes": [{"action": "migrate_hot", "dests": [{"id": 0}]}]}]}]}"""),
        _ => word,
    };

    private const string Process = "cgroups.\"/a\".workloads = [ { kind = uniform, size = 2 MiB, pid = 5 } ]\n";
}
