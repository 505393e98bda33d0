using Damon.Hocon.Conformance;

namespace Damon.Hocon.Tests.Conformance;

public class ConformanceTests
{
    [Fact]
    public void Every_recorded_case_comes_out_as_in_the_reference()
    {
        List<HoconCaseResult> results = [.. HoconConformance.Run(Path.Combine(AppContext.BaseDirectory, "Golden", "hocon", "cases.visible.json"))];

        List<string> failures = [.. results.Where(result => !result.Passed && !result.Known).Select(result => $"{result.Id}: {result.Message}")];
        Assert.True(failures.Count == 0, $"{failures.Count} of {results.Count} failed:\n{string.Join('\n', failures)}");
        Assert.Equal(384, results.Count);
        Assert.True(results.Count(result => result.Known) <= 10);
    }
}
