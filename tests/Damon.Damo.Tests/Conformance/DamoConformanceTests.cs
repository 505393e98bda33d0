using System.Text.Json;
using Damon.Damo.Conformance;

namespace Damon.Damo.Tests.Conformance;

/// <summary>The runner itself: it must find what is wrong.</summary>
public sealed class DamoConformanceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("damo").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ConformanceResult Run(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return Assert.Single(DamoConformance.Run(path));
    }

    private static string Ok(string argv, string kdamonds) => $$"""[{"id": "a", "category": "x", "argv": {{argv}}, "kdamonds": {{kdamonds}}}]""";

    [Fact]
    public void A_different_document_fails_with_the_place()
    {
        string printed = Commands.Args("--target_pid 7").Render();
        using JsonDocument document = JsonDocument.Parse(printed);
        string kdamonds = document.RootElement.GetProperty("kdamonds").GetRawText();
        const string Argv = """["args", "damon", "--target_pid", "7"]""";
        Assert.True(Run("ok.json", Ok(Argv, kdamonds.Replace("\"refresh_ms\": 0", "\"refresh_ms\": 0.0"))).Passed);
        ConformanceResult wrong = Run("ok.json", Ok(Argv, kdamonds.Replace("5 ms", "6 ms")));
        Assert.Equal((false, "kdamonds[0].contexts[0].intervals.sample_us: expected \"6 ms\", found \"5 ms\""), (wrong.Passed, wrong.Message));
        Assert.Contains("key 'more' is missing", Run("ok.json", Ok(Argv, kdamonds.Replace("\"pause\"", "\"more\": 1, \"pause\""))).Message);
        Assert.Contains("should not be there", Run("ok.json", Ok(Argv, kdamonds.Replace("\"pause\": false,", ""))).Message);
        Assert.True(Run("ok.json", Ok("""["start", "sleep 5"]""", kdamonds)).Passed);
    }

    [Fact]
    public void An_error_case_fails_when_it_is_accepted()
    {
        const string Case = """[{"id": "a", "argv": ["args", "damon", "WORD"], "exit": 1, "kind": "damo", "stream": "stdout", "stderr_gist": ""}]""";
        Assert.True(Run("err.json", Case.Replace("WORD", "--nonsense")).Passed);
        Assert.False(Run("err.json", Case.Replace("WORD", "paddr")).Passed);
    }

    [Fact]
    public void A_staged_case_is_compared_write_by_write()
    {
        File.WriteAllText(Path.Combine(_folder, "ok.json"), Ok("""["start", "{\"kdamonds\": []}"]""", "[]"));
        Assert.True(Run("staged.json", """[{"id": "a", "err": null, "writes": [], "max_nr_snapshots": []}]""").Passed);
        Assert.Contains("found nothing", Run("staged.json", """[{"id": "a", "err": null, "writes": [["nr_kdamonds", "1"]]}]""").Message);
        Assert.Contains("in no ok file", Run("staged.json", """[{"id": "b", "err": null, "writes": []}]""").Message);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        string path = Path.Combine(_folder, "ok.json");
        File.WriteAllText(path, "{}");
        Assert.Throws<DamoException>(() => DamoConformance.Run(path));
        Assert.Throws<DamoException>(() => DamoConformance.Run(Path.Combine(_folder, "none.json")));
        Assert.True(DamoConformance.IsCaseFile("values.hidden.json"));
        Assert.False(DamoConformance.IsCaseFile("kdamonds.json"));
    }
}
