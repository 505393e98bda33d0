using Damon.Damo.Conformance;

namespace Damon.Damo.Tests.Conformance;

/// <summary>Everything that was recorded from the real damo.</summary>
public class GoldenTests
{
    [Theory]
    [InlineData("ok.visible.json", 140)]
    [InlineData("err.visible.json", 68)]
    [InlineData("staged.visible.json", 138)]
    [InlineData("values.visible.json", 746)]
    public void Every_recorded_case_passes(string file, int least)
    {
        List<ConformanceResult> results = [.. DamoConformance.Run(Path.Combine(AppContext.BaseDirectory, "Golden", file))];
        Assert.True(results.Count >= least, $"only {results.Count} cases");
        Assert.Empty(results.Where(result => !result.Passed).Select(result => $"{result.CaseId}: {result.Message}"));
    }
}
