using System.Text.Json.Nodes;
using Damon.Actors.Verification.Functions;
using Damon.Actors.Verification.Golden;

namespace Damon.Actors.Tests.Verification;

/// <summary>Whole recorded runs, through the same actors as every other run.</summary>
public sealed class GoldenRunTests
{
    public static TheoryData<string> Cases() =>
    [
        .. Files("core").Concat(Files("system")),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_is_what_the_kernel_did(string file)
    {
        VectorResult result = GoldenRun.Verify(Path.Combine(Goldens.Root, file));

        Assert.True(result.Passed, result.Message);
    }

    [Theory]
    [InlineData("records", 30, 9, "h_post")]
    [InlineData("records", 30, 10, "rnd_s1")]
    [InlineData("records", 30, 14, "place_hash")]
    public void A_changed_recording_is_named_by_record_time_and_field(string list, int record, int field, string name)
    {
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Path.Combine(Goldens.Root, "system", "C02_migrate_hot_quota_v.json")))!;
        JsonArray fields = golden["result"]![list]![record]!.AsArray();
        fields[field] = fields[field]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? "0000000000000000" : 1;
        string changed = Path.GetTempFileName();
        try
        {
            File.WriteAllText(changed, golden.ToJsonString());
            VectorResult result = GoldenRun.Verify(changed);

            Assert.False(result.Passed);
            Assert.Contains($"record {record} at ", result.Message, StringComparison.Ordinal);
            Assert.Contains(name, result.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(changed);
        }
    }

    [Fact]
    public void A_file_that_is_no_case_fails_with_its_name()
    {
        VectorResult result = GoldenRun.Verify(Path.Combine(Goldens.Root, "SCHEMA.md"));

        Assert.False(result.Passed);
        Assert.Contains("SCHEMA.md", result.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Goldens.Root, folder), "*.json")
        .Select(path => Path.Combine(folder, Path.GetFileName(path)))
        .Order(StringComparer.Ordinal);
}
