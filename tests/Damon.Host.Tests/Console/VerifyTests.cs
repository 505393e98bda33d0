namespace Damon.Host.Tests.Console;

/// <summary><c>damon verify</c> as a process: it knows each kind of file, and cannot pass by mistake.</summary>
public sealed class VerifyTests
{
    private static readonly string s_golden = Path.Combine(AppContext.BaseDirectory, "Golden");

    [Theory]
    [InlineData("functions", 20)]
    [InlineData("core", 1)]
    [InlineData("hocon", 100)]
    [InlineData("damo", 300)]
    public void Recorded_cases_pass(string kind, int least)
    {
        Ended ended = DamonProcess.Run("verify", Path.Combine(s_golden, kind));

        Assert.Equal(0, ended.Code);
        Assert.InRange(Passed(ended), least, int.MaxValue);
    }

    [Fact]
    public void A_changed_number_fails_by_name()
    {
        using Scratch scratch = new();
        string golden = File.ReadAllText(Path.Combine(s_golden, "core", "B13_idle_then_tiny_v.json"));
        int at = golden.LastIndexOf("\"nr_aggregations\":[", StringComparison.Ordinal);
        Assert.True(at > 0);
        scratch.Write("deep/below/B13.json", golden.Insert(at + "\"nr_aggregations\":[".Length, "9"));
        Ended ended = DamonProcess.Run("verify", scratch.Directory);

        Assert.Equal(1, ended.Code);
        Assert.Contains("B13.json", ended.Stdout, StringComparison.Ordinal);
        Assert.EndsWith("verify: 0 passed, 1 failed\n", ended.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"what\": 1}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("5")]
    [InlineData("{ not json")]
    [InlineData("{\"function\": \"no_such_function\", \"vectors\": [{}]}")]
    [InlineData("{\"case\": {}, \"result\": {}}")]
    [InlineData("{\"cases\": 5}")]
    public void What_is_not_understood_is_named_and_fails(string text)
    {
        using Scratch scratch = new();
        scratch.Write("odd.json", text);
        scratch.Write("README.md", "no case");
        Ended ended = DamonProcess.Run("verify", scratch.Directory, Path.Combine(s_golden, "functions"));

        Assert.Equal(1, ended.Code);
        Assert.Contains("odd.json", ended.Stdout, StringComparison.Ordinal);
        Assert.EndsWith("passed, 1 failed\n", ended.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_verify_is_no_success()
    {
        using Scratch scratch = new();
        Ended ended = DamonProcess.Run("verify", scratch.Directory);

        Assert.Equal((1, "verify: 0 passed, 0 failed\n"), (ended.Code, ended.Stdout));
    }

    private static int Passed(Ended ended) =>
        int.Parse(ended.Stdout.TrimEnd().Split('\n')[^1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
