using System.Text.RegularExpressions;

namespace Damon.Damo.Tests.Reports;

/// <summary>Each file under Samples is a command line and what the real damo printed for it; [...] stands for parts left out.</summary>
public class ConsoleSampleTests
{
    public static TheoryData<string> Samples
    {
        get
        {
            var data = new TheoryData<string>();
            string folder = Path.Combine(AppContext.BaseDirectory, "Reports", "Samples");
            foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal)) data.Add(Path.GetFileName(path));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_damo_printed_is_printed(string name)
    {
        string[] lines = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reports", "Samples", name)).TrimEnd('\n').Split('\n');
        string actual = ReportRunner.Run(lines[0]["$ damo report ".Length..]);
        Match(lines[1..], actual.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void All_samples_are_there() => Assert.Equal(23, Samples.Count);

    /// <summary>Compares byte by byte, but for the parts left out: lines at the end, or a part of a line.</summary>
    private static void Match(string[] expected, string[] actual)
    {
        if (expected[^1] == "[...]") (expected, actual) = (expected[..^1], actual[..Math.Min(actual.Length, expected.Length - 1)]);
        for (int i = 0; i < Math.Min(expected.Length, actual.Length); i++)
        {
            string pattern = $"^{Regex.Escape(expected[i]).Replace(Regex.Escape("[...]"), ".*", StringComparison.Ordinal)}$";
            Assert.True(Regex.IsMatch(actual[i], pattern), $"line {i + 1}\nexpected: {expected[i]}\nactual:   {actual[i]}");
        }

        Assert.Equal(expected.Length, actual.Length);
    }
}
