using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Damon.Hocon;
using Damon.Hocon.Rendering;
using Damon.Scenarios.Reading;
using Damon.Scenarios.Schema;
using Damon.Scenarios.Tests.Reading;
using Json.Schema;

namespace Damon.Scenarios.Tests.Schema;

/// <summary>The JSON Schema of scenarios says of a document what the reader says.</summary>
public sealed partial class ScenarioSchemaTests
{
    private static readonly JsonSchema s_schema = JsonSchema.FromText(ScenarioSchema.Create().ToJsonString());

    public static TheoryData<string> Scenarios() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hocon"), "*.conf").Select(file => Path.GetFileName(file))];

    [Fact]
    public void It_is_a_schema()
    {
        JsonElement schema = JsonSerializer.SerializeToElement(ScenarioSchema.Create());
        Assert.True(MetaSchemas.Draft202012.Evaluate(schema).IsValid);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_scenario_here_has_it(string file)
    {
        if (file == Reference.FileName) return; // its key each is no key of scenarios
        Assert.Equal("", Faults(Dump(HoconDocument.Load(Path.Combine(AppContext.BaseDirectory, "hocon", file)))));
    }

    [Fact]
    public void Every_example_of_the_documentation_has_it()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "scenarios.md"));
        MatchCollection examples = Example().Matches(text);
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Equal("", Faults(Dump(HoconDocument.Parse(example.Groups[1].Value)))));
    }

    [Fact]
    public void A_scenario_with_every_key_has_it() => Assert.Equal("", Faults(Everything()));

    [Fact]
    public void An_unknown_key_is_refused_in_every_object_as_by_the_reader()
    {
        int objects = 0;
        foreach (JsonObject place in Objects(Everything()).OfType<JsonObject>().ToList())
        {
            if (IsOfNames(place)) continue;
            place.Add("no-such-key", 1);
            AssertRefused(place, $"no-such-key in {place.GetPath()}");
            place.Remove("no-such-key");
            objects++;
        }

        Assert.True(objects > 40);
    }

    [Fact]
    public void A_value_of_another_shape_is_refused_at_every_key_as_by_the_reader()
    {
        int values = 0;
        foreach (JsonObject place in Objects(Everything()).OfType<JsonObject>().ToList())
        {
            foreach (string key in place.Select(field => field.Key).ToList())
            {
                JsonNode value = place[key]!;
                place[key] = new JsonObject { ["odd"] = new JsonArray(1) };
                if (!IsOfNames(place)) AssertRefused(place, $"{place.GetPath()}.{key} as an odd object");
                if (value is JsonValue && key is not ("process" or "cgroup" or "masim" or "replay" or "name" or "damo"))
                {
                    place[key] = "12 parsecs";
                    AssertRefused(place, $"{place.GetPath()}.{key} as 12 parsecs");
                }

                place[key] = value;
                values++;
            }
        }

        Assert.True(values > 80);
    }

    [Theory]
    [InlineData("run.seed = -1")]
    [InlineData("run.window = 1")]
    [InlineData("run.duration = 5 parsecs")]
    [InlineData("run.converged-within = 5")]
    [InlineData("run.snapshots = maybe")]
    [InlineData("machine.nodes = 5")]
    [InlineData("machine.nodes = [ { tier = dram } ]")]
    [InlineData("machine.nodes = [ { size = 1 GiB, tier = tape } ]")]
    [InlineData("cgroups = [ 1 ]")]
    [InlineData("cgroups.\"/a\".workload = { kind = uniform, size = 1 MiB, dwell = 1 s }")]
    [InlineData("cgroups.\"/a\".workload = { kind = uniform, masim = a.cfg, size = 1 MiB }")]
    [InlineData("events = [ { kind = pause } ]")]
    [InlineData("events = [ { at = 1 s, kind = pause, value = 3 } ]")]
    [InlineData("hosts.a.run.seed = 5")]
    [InlineData("hosts.a.count = { draw = uniform, from = 1, to = 2 }")]
    [InlineData("run.seed = { draw = uniform, from = 1, to = 2 }")]
    [InlineData("each.host.count = 3")]
    public void What_the_reader_refuses_for_its_shape_is_refused(string text)
    {
        Assert.ThrowsAny<HoconException>(() => ScenarioReader.Read(HoconDocument.Parse(text), "test", RunOverrides.None));
        Assert.NotEqual("", Faults(Dump(HoconDocument.Parse(text))));
    }

    [Theory]
    [InlineData("run.duration = 90000")]
    [InlineData("run.duration = null")]
    [InlineData("run { seed = \"7\", snapshots = yes, window-length = 500ms }")]
    [InlineData("machine.nodes = [ { size = { draw = choice, values = [ 1 GiB, 2 GiB ] } } ]")]
    [InlineData("cgroups.\"/a\".workload = { draw = choice, values = [ { kind = uniform, size = 1 MiB } ] }")]
    [InlineData("cgroups.\"/a\".workload = { kind = { draw = choice, values = [ uniform, mlocked ] }, size = 1 MiB }")]
    [InlineData("hosts { a.machine.page-size = 2 MiB, b.count = 3 }")]
    public void What_the_reader_takes_is_taken(string text)
    {
        ScenarioReader.Read(HoconDocument.Parse(text), "test", RunOverrides.None);
        Assert.Equal("", Faults(Dump(HoconDocument.Parse(text))));
    }

    [Fact]
    public void Descriptions_and_defaults_are_the_references()
    {
        JsonObject pageSize = ScenarioSchema.Create()["properties"]!["machine"]!["anyOf"]![0]!["properties"]!["page-size"]!.AsObject();
        Assert.Equal("4 KiB", pageSize["default"]!.GetValue<string>());
        Assert.StartsWith("Size of a page", pageSize["description"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("[size, 4 KiB..2 MiB]", pageSize["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static JsonNode Everything() => Dump(HoconDocument.Parse(ReferenceTests.Everything));

    private static JsonNode Dump(HoconObject root) => JsonNode.Parse(JsonRenderer.Render(root))!;

    /// <summary>Whether an object's keys are names, which are nobody's to know.</summary>
    private static bool IsOfNames(JsonObject place) => place.GetPath()
        is "$.cgroups" or "$.hosts" or "$.targets" or "$.fleet.goals" or "$.fleet.tenants.kinds" or "$.fleet.tenants.streams" or "$.define";

    private static IEnumerable<JsonNode> Objects(JsonNode node)
    {
        IEnumerable<JsonNode?> below = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        return below.OfType<JsonNode>().SelectMany(Objects).Prepend(node);
    }

    private static void AssertRefused(JsonNode changed, string change)
    {
        string text = changed.Root.ToJsonString();
        Assert.True(ReaderRefuses(text), $"the reader takes {change}");
        Assert.True(Faults(changed.Root).Length > 0, $"the schema takes {change}");
    }

    private static bool ReaderRefuses(string text)
    {
        try
        {
            ScenarioReader.Read(HoconDocument.Parse(text), "test", RunOverrides.None, ReferenceTests.EverythingsFiles);
            return false;
        }
        catch (HoconException)
        {
            return true;
        }
    }

    /// <summary>Where and why a document lacks the schema; empty: it has it.</summary>
    private static string Faults(JsonNode document)
    {
        EvaluationResults results = s_schema.Evaluate(
            JsonSerializer.SerializeToElement(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (results.IsValid) return "";
        IEnumerable<string> faults = (results.Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}");
        return string.Join('\n', faults.DefaultIfEmpty("refused"));
    }

    [GeneratedRegex(@"```hocon\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
