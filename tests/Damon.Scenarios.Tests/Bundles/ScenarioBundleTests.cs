using Damon.Scenarios.Bundles;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Tests.Bundles;

/// <summary>A bundle is the scenario, wherever it is read.</summary>
public sealed class ScenarioBundleTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "hocon");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.conf").Select(Path.GetFileName).OfType<string>()
        .Where(name => name != Reference.FileName).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_read_back_is_what_was_captured(string file)
    {
        RunOverrides overrides = new(Seed: 7);
        (ScenarioBundle bundle, Scenario scenario) = ScenarioBundle.Capture(Path.Combine(Folder, file), overrides);
        ScenarioBundle other = ScenarioBundle.FromBytes(bundle.Bytes.Span);

        Assert.Equal((bundle.Hash, bundle.Name), (other.Hash, other.Name));
        Assert.Equal(file, other.Name);
        Assert.Equivalent(scenario, other.Read(), strict: true);
    }

    [Fact]
    public void The_folder_where_the_files_were_makes_no_difference()
    {
        using ScratchScenario one = new("fleet.conf"), two = new("fleet.conf");

        ScenarioBundle bundle = ScenarioBundle.Capture(one.Path).Bundle;
        Assert.Equal(bundle.Hash, ScenarioBundle.Capture(two.Path).Bundle.Hash);
        Assert.Equal(["../common.conf", "fleet.conf", "parts/tenants.conf"], bundle.Files.Keys);
    }

    [Fact]
    public void Nothing_is_read_from_the_disk()
    {
        using ScratchScenario scratch = new("fleet.conf");
        (ScenarioBundle bundle, Scenario scenario) = ScenarioBundle.Capture(scratch.Path);
        scratch.Dispose();

        Assert.Equivalent(scenario, ScenarioBundle.FromBytes(bundle.Bytes.Span).Read(), strict: true);
    }

    [Fact]
    public void A_file_of_the_machine_that_reads_is_never_opened()
    {
        string secret = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".conf");
        File.WriteAllText(secret, "run.name = leaked");
        ScenarioBundle bundle = ScenarioBundle.CaptureText($"include file(\"{secret}\")\n{Small.Text}", "given.conf").Bundle;
        byte[] bytes = bundle.Bytes.ToArray();
        Assert.Contains("leaked", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);

        // The same bundle as somebody might send it who hopes that the file is read here.
        ScenarioBundle forged = ScenarioBundle.FromBytes(Forged(bundle, secret));
        Assert.Equal("given", forged.Read().Run.Name);
        File.Delete(secret);
    }

    [Fact]
    public void Bytes_that_are_no_bundle_are_refused_in_one_sentence()
    {
        byte[] bytes = ScenarioBundle.CaptureText(Small.Text, "small.conf").Bundle.Bytes.ToArray();
        for (int length = 0; length < bytes.Length; length += 7)
            Assert.Throws<BundleException>(() => ScenarioBundle.FromBytes(bytes.AsSpan(0, length)));
        Assert.Throws<BundleException>(() => ScenarioBundle.FromBytes([.. bytes, 0]));
        Assert.DoesNotContain('\n', Assert.Throws<BundleException>(() => ScenarioBundle.FromBytes([1, 2, 3])).Message);
    }

    private static byte[] Forged(ScenarioBundle bundle, string without)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write("damon-bundle-1");
        writer.Write(bundle.Name);
        writer.Write(false);
        writer.Write(false);
        writer.Write7BitEncodedInt(bundle.Files.Count - 1);
        foreach ((string name, byte[] content) in bundle.Files.Where(file => file.Key != without))
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(content.Length);
            writer.Write(content);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>A scenario with an include beside and one above it, in a folder of its own.</summary>
    private sealed class ScratchScenario : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("bundle").FullName;

        public ScratchScenario(string name)
        {
            string folder = System.IO.Path.Combine(_root, "scenarios");
            Directory.CreateDirectory(System.IO.Path.Combine(folder, "parts"));
            Path = System.IO.Path.Combine(folder, name);
            File.WriteAllText(System.IO.Path.Combine(_root, "common.conf"), "run.seed = 11\n");
            File.WriteAllText(System.IO.Path.Combine(folder, "parts", "tenants.conf"), Small.Text);
            File.WriteAllText(Path, "include \"parts/tenants.conf\"\ninclude \"../common.conf\"\n");
        }

        public string Path { get; }

        public void Dispose()
        {
            if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
        }
    }

    [Fact]
    public void A_document_that_a_damo_command_names_is_in_the_bundle()
    {
        string folder = Directory.CreateTempSubdirectory("damon-test-").FullName;
        try
        {
            const string Options = "damo start --numa_node 0 --damos_action pageout --damos_age 2m max";
            string machine = """
                run { duration = 1 s }
                machine.nodes = [ { size = 64 MiB } ]
                cgroups { "/a" { workloads = [ { kind = uniform, size = 16 MiB, rate = 20 } ] } }

                """;
            Scenario written = Small.ReadAlone($"{machine}damo = \"{Options}\"");
            string document = Damon.Damo.Writing.DocumentWriter.Write(written.Hosts[0].Document!, new Damon.Damo.Writing.WriteOptions());
            File.WriteAllText(Path.Combine(folder, "pageout.json"), document);
            string file = Path.Combine(folder, "named.conf");
            File.WriteAllText(file, machine + "damo = \"damo start pageout.json\"");
            ScenarioBundle bundle = ScenarioBundle.Capture(file).Bundle;
            Directory.Delete(folder, recursive: true);

            Scenario read = ScenarioBundle.FromBytes(bundle.Bytes.Span).Read();
            Assert.Contains("pageout.json", bundle.Files.Keys);
            Assert.Equal(written.Hosts[0].Settings.Kdamonds[0].Schemes.Single().Action, read.Hosts[0].Settings.Kdamonds[0].Schemes.Single().Action);
            Assert.Equal(new ScenarioRun(written).Run(1)[0].StateHash, new ScenarioRun(read).Run(1)[0].StateHash);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
