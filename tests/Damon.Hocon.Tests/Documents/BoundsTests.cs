namespace Damon.Hocon.Tests.Documents;

public class BoundsTests
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "arrays", "a = " + new string('[', 100_000) },
        { "objects", string.Concat(Enumerable.Repeat("{a=", 100_000)) },
        { "substitutions", "a = " + string.Concat(Enumerable.Repeat("${", 100_000)) },
        { "path", string.Join('.', Enumerable.Repeat("p", 100_000)) + " = 1" },
        { "chain", Lines(50_000, i => $"v{i} = ${{v{i + 1}}}") },
        { "doubling text", "a0 = xxxx\n" + Lines(60, i => $"a{i + 1} = ${{a{i}}}${{a{i}}}") },
        { "doubling array", "a0 = [1]\n" + Lines(60, i => $"a{i + 1} = ${{a{i}}} ${{a{i}}}") },
        { "doubling object", "a0 = 1\n" + Lines(60, i => $"a{i + 1} = {{ l = ${{a{i}}}, r = ${{a{i}}} }}") },
        { "entangled cycles", Lines(12, i => $"a{i} = " + string.Concat(Enumerable.Range(0, 12).Select(j => $"${{?a{j}}}"))) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_documents_end_in_an_error(string name, string text)
    {
        HoconException error = Assert.Throws<HoconException>(() => HoconDocument.Parse(text, name));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_nested_several_hundred_deep_are_read()
    {
        HoconValue value = HoconDocument.Parse("a = " + new string('[', 900) + new string(']', 900))["a"];
        int depth = 1;
        for (; value is HoconArray { Count: 1 } array; value = array[0]) depth++;

        Assert.Equal(900, depth);
    }

    [Fact]
    public void An_array_grows_by_thousands_of_appends()
    {
        HoconArray array = (HoconArray)HoconDocument.Parse(Lines(2_000, i => $"l += {i}"))["l"];

        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => (long)i), array.Select(item => ((HoconNumber)item).Int64));
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));
}
