using Damon.Hocon.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Hocon.Tests.Documents;

public class DocumentProperties
{
    private static readonly string[] s_pieces =
    [
        "a", "b", "c.d", ".", "\"", "'", "${", "${?", "${a}", "${?b.c}", "}", "{", "[", "]", ",", "\n", " ", "=", ":", "+=", "+", "-", "1", "2.5e3",
        "#", "//", "\\", "\"\"\"", "true", "null", "include ", "\"p\"", "\"p.conf\"", "file(", "required(", ")", "$", "*", "a = ", "\u00a0", "\\u0041", "\ud800",
    ];

    private static readonly HoconOptions s_options = new()
    {
        Files = HoconFiles.InMemory(new Dictionary<string, string> { ["p.conf"] = "z = ${?a}\ny += 1\n", ["p.json"] = "{\"x\": [1, {}]}", ["p.properties"] = "v.w=1\n" }),
    };

    [Fact]
    public void Random_texts_are_read_or_refused_but_never_crash()
    {
        Gen<string> texts = Gen.Elements(s_pieces).ListOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                HoconDocument.Parse(text, "random.conf", s_options);
            }
            catch (HoconException error)
            {
                Assert.NotEmpty(error.Problem);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(30));
    }

    [Fact]
    public void What_is_rendered_reads_back_as_the_same()
    {
        Prop.ForAll(Values(3).ToArbitrary(), json =>
        {
            string rendered = JsonRenderer.Render(HoconDocument.Parse($"{{\"root\": {json}}}"));

            Assert.Equal(rendered, JsonRenderer.Render(HoconDocument.Parse(rendered)));
            HoconObject twice = HoconDocument.Parse("copy = ${other}\nother " + rendered);
            Assert.Equal(rendered, JsonRenderer.Render(twice["copy"]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_json_document_means_the_same_as_in_a_json_reader()
    {
        Prop.ForAll(Values(3).ToArbitrary(), json =>
        {
            string rendered = JsonRenderer.Render(HoconDocument.Parse($"{{\"root\": {json}}}"));

            using System.Text.Json.JsonDocument ours = System.Text.Json.JsonDocument.Parse(rendered);
            using System.Text.Json.JsonDocument theirs = System.Text.Json.JsonDocument.Parse($"{{\"root\": {json}}}");
            Assert.True(System.Text.Json.JsonElement.DeepEquals(ours.RootElement, theirs.RootElement), rendered);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    /// <summary>JSON values without duplicate keys; integral numbers without a fraction, as they are rendered.</summary>
    private static Gen<string> Values(int depth)
    {
        Gen<string> texts = Gen.Elements("", "a", "b c", "${x}", "\\n", "\\u0001", "\\\"", "\u20ac", "\ud83d\ude00", "1", "true", "include").Select(text => $"\"{text}\"");
        Gen<string> plain = Gen.OneOf(
            texts,
            Gen.Elements("true", "false", "null", "0", "-17", "9223372036854775807", "1.5", "-0.125", "1e-7", "1.7976931348623157e308"),
            Gen.Choose(int.MinValue, int.MaxValue).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (depth == 0) return plain;

        Gen<string> arrays = Values(depth - 1).ListOf().Select(items => "[" + string.Join(", ", items) + "]");
        Gen<string> objects = Values(depth - 1).ListOf().Select(items => "{" + string.Join(", ", items.Select((item, i) => $"\"k.{i}\" : {item}")) + "}");
        return Gen.Frequency((2, plain), (1, arrays), (1, objects)).Resize(6);
    }
}
