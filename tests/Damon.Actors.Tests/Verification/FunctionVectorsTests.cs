using Damon.Actors.Verification.Functions;

namespace Damon.Actors.Tests.Verification;

public sealed class FunctionVectorsTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Goldens.Functions, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_model_gives_what_the_kernel_gave(string file)
    {
        var results = Check(Path.Combine(Goldens.Functions, file));

        Assert.NotEmpty(results);
        var failed = results.Where(result => !result.Passed).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} of {results.Count} failed, first: {failed.FirstOrDefault()?.Message}");
    }

    [Fact]
    public void An_unknown_function_is_one_failure_that_names_the_file() => WithFile(
        """{"function": "damon_make_coffee", "vectors": [{}, {}]}""",
        (path, results) =>
        {
            var result = Assert.Single(results);
            Assert.False(result.Passed);
            Assert.Contains(path, result.Message, StringComparison.Ordinal);
            Assert.Contains("damon_make_coffee", result.Message, StringComparison.Ordinal);
            Assert.Contains("damon_rand", result.Message, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("[]")]
    [InlineData("""{"function": "damon_mvsum"}""")]
    public void A_file_of_another_kind_is_one_failure(string text) => WithFile(
        text, (path, results) => Assert.StartsWith(path, Assert.Single(results).Message, StringComparison.Ordinal));

    [Fact]
    public void A_missing_file_is_one_failure() => Assert.False(Assert.Single(Check("no/such/file.json")).Passed);

    [Fact]
    public void A_difference_names_its_place_and_both_values() => WithFile(
        """
        {"function": "damon_merge_regions_of", "vectors": [
          {"thres": 0, "sz_limit": 100, "count_age": false, "before": [[0, 10, 1, 1, 4]], "after": [[0, 10, 1, 1, 4]]},
          {"thres": 0, "sz_limit": 100, "count_age": false, "before": [[0, 10, 1, 1, 4]], "after": [[0, 10, 1, 1, 5]]}]}
        """,
        (_, results) =>
        {
            Assert.Equal([true, false], results.Select(result => result.Passed));
            Assert.Equal(1, results[1].Index);
            Assert.Equal(new Difference("after[0].age", "5", "4"), results[1].Difference);
        });

    [Fact]
    public void A_vector_that_lacks_a_field_fails_alone() => WithFile(
        """
        {"function": "damon_feed_loop_next_input", "vectors": [
          {"last_input": 5, "score": 10000},
          {"last_input": 5, "score": 10000, "next": 5}]}
        """,
        (_, results) => Assert.Equal([false, true], results.Select(result => result.Passed)));

    private static List<VectorResult> Check(string path) => [.. new FunctionVectors(path).Check()];

    private static void WithFile(string text, Action<string, List<VectorResult>> check)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            check(path, Check(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
