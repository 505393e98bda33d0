using System.Text.RegularExpressions;
using Damon.Damo.Records;
using Damon.Damo.Reports;
using Damon.Damo.Tests.Records;

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

    private static void Match(string[] expected, string[] actual)
    {
        bool isCut = expected[^1] == "[...]";
        if (isCut) expected = expected[..^1];
        if (isCut) Assert.InRange(actual.Length, expected.Length, int.MaxValue);
        else Assert.Equal(string.Join('\n', expected), string.Join('\n', expected.Any(line => line.Contains("[...]", StringComparison.Ordinal)) ? expected : actual));
        for (int i = 0; i < expected.Length; i++)
        {
            string pattern = $"^{Regex.Escape(expected[i]).Replace(Regex.Escape("[...]"), ".*", StringComparison.Ordinal)}$";
            Assert.True(Regex.IsMatch(actual[i], pattern), $"line {i + 1}\nexpected: {expected[i]}\nactual:   {actual[i]}");
        }

        if (!isCut) Assert.Equal(expected.Length, actual.Length);
    }
}
