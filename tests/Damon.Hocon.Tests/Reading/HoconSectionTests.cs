using Damon.Hocon.Reading;

namespace Damon.Hocon.Tests.Reading;

public class HoconSectionTests
{
    [Fact]
    public void Values_of_all_types_are_read_with_their_units()
    {
        const string Text = """
            name = web, count = 3, big = 18446744073709551615, share = 9.7%, rate = 0.5, on = yes
            sample = 5 ms, memory = 30 GiB, swap = 200MB, mode = temporal, unset = null
            sizes = [4 KiB, 2 MiB], nodes = [ { id = 0 }, { id = 1 } ], tags { 0 = x, 1 = y }
            """;

        HoconReader.Read(HoconDocument.Parse(Text), root =>
        {
            Assert.Equal("web", root.GetString("name"));
            Assert.Equal(3, root.GetLong("count", range: new(1, 10)));
            Assert.Equal(ulong.MaxValue, root.GetULong("big"));
            Assert.Equal(970, root.GetBasisPoints("share"));
            Assert.Equal(0.5, root.GetDouble("rate"));
            Assert.True(root.GetBoolean("on"));
            Assert.Equal(5_000_000, root.GetDuration("sample"));
            Assert.Equal(30UL << 30, root.GetBytes("memory"));
            Assert.Equal(200_000_000UL, root.GetBytes("swap"));
            Assert.Equal("temporal", root.GetChoice("mode", "consist", "temporal"));
            Assert.Equal(42, root.GetLong("unset", 42));
            Assert.Equal("none", root.GetString("absent", "none"));
            Assert.Null(root.FindSection("absent"));
            Assert.Equal([4096UL, 2UL << 20], root.GetList("sizes", item => item.AsBytes()));
            Assert.Equal([0L, 1L], root.GetSections("nodes").Select(node => node.GetLong("id")));
            Assert.Equal(["x", "y"], root.GetStrings("tags"));
            return 0;
        });
    }

    [Theory]
    [InlineData("v = 1 week", "s.conf:1:5: v: found \"1 week\", allowed: a number with a unit of ns, us, ms, s, m, h or d, a whole number of nanoseconds in 64 bits")]
    [InlineData("v = []", "s.conf:1:5: v: found an array, allowed: a number with a unit of ns, us, ms, s, m, h or d")]
    [InlineData("v = 2 s", "s.conf:1:5: v: found \"2 s\", allowed: 1 us..1 s")]
    public void Wrong_durations(string text, string message) => AssertMessages(text, root => root.GetDuration("v", new HoconRange<long>(1_000, 1_000_000_000)), message);

    [Theory]
    [InlineData("v = 5 ms", "s.conf:1:5: v: found \"5 ms\", allowed: a number with a unit of B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB, TiB or K, M, G, T (powers of 1024)")]
    [InlineData("v = 3 TiB", "s.conf:1:5: v: found \"3 TiB\", allowed: 4 KiB..1 TiB")]
    [InlineData("w = 1", "s.conf:1:1: v: not set, but needed: a size\ns.conf:1:5: w: unknown key, did you mean 'v'?")]
    public void Wrong_sizes(string text, string message) => AssertMessages(text, root => (long)root.GetBytes("v", new HoconRange<ulong>(4096, 1UL << 40)), message);

    [Theory]
    [InlineData("v = 1.5", "s.conf:1:5: v: found 1.5, allowed: a whole number, 1..8")]
    [InlineData("v = many", "s.conf:1:5: v: found \"many\", allowed: a whole number, 1..8")]
    [InlineData("v = 9", "s.conf:1:5: v: found 9, allowed: 1..8")]
    [InlineData("v = 9223372036854775808", "s.conf:1:5: v: found \"9223372036854775808\", allowed: a whole number, 1..8")]
    [InlineData("v = 9223372036854775808.0", "s.conf:1:5: v: found 9223372036854775808.0, allowed: a whole number, 1..8")]
    public void Wrong_numbers(string text, string message) => AssertMessages(text, root => root.GetLong("v", new HoconRange<long>(1, 8)), message);

    [Theory]
    [InlineData("v = 9.755%", "s.conf:1:5: v: found \"9.755%\", allowed: a percentage such as 9.7% or basis points such as 970 bp, in whole basis points")]
    [InlineData("v = 101%", "s.conf:1:5: v: found \"101%\", allowed: 0%..100%")]
    public void Wrong_ratios(string text, string message) => AssertMessages(text, root => root.GetBasisPoints("v", new HoconRange<long>(0, 10_000)), message);

    [Fact]
    public void A_mistyped_word_gets_the_nearest_one() => AssertMessages(
        "v = temproal",
        root => root.GetChoice("v", "consist", "temporal").Length,
        "s.conf:1:5: v: found \"temproal\", allowed: consist, temporal; did you mean 'temporal'?");

    [Fact]
    public void All_errors_of_a_document_come_together()
    {
        const string Text = "hosts {\n  web.1 { cuont = 3, memory = lots }\n  \"db 1\" { count = x, extra { a = 1 } }\n}\n";

        AssertMessages(
            Text,
            root =>
            {
                long sum = 0;
                foreach ((string _, HoconCursor host) in root.GetSection("hosts").Entries())
                {
                    HoconSection section = host.AsSection().FindSection("1") ?? host.AsSection();
                    sum += section.GetLong("count") + (long)section.GetBytes("memory", 0);
                }

                return sum;
            },
            """
            s.conf:2:9: hosts.web.1.count: not set, but needed: a whole number
            s.conf:2:31: hosts.web.1.memory: found "lots", allowed: a number with a unit of B, kB, MB, GB, TB (powers of 1000), KiB, MiB, GiB, TiB or K, M, G, T (powers of 1024)
            s.conf:3:20: hosts."db 1".count: found "x", allowed: a whole number of 64 bits
            s.conf:2:19: hosts.web.1.cuont: unknown key, did you mean 'count'?
            s.conf:3:29: hosts."db 1".extra: unknown key, allowed here: 1, count, memory
            """);
    }

    [Fact]
    public void An_element_of_a_list_is_named_by_its_index() => AssertMessages(
        "l = [ { a = 1 }, { b = 1 } ]",
        root => root.GetSections("l").Sum(item => item.GetLong("a", 0)),
        "s.conf:1:24: l[1].b: unknown key, did you mean 'a'?");

    [Fact]
    public void Errors_found_before_a_rule_breaks_are_what_is_reported() => AssertMessages(
        "v = x",
        root => 100 / root.GetLong("v"),
        "s.conf:1:5: v: found \"x\", allowed: a whole number of 64 bits");

    [Fact]
    public void A_rule_of_the_caller_refuses_in_the_same_style() => AssertMessages(
        "node = 7",
        root =>
        {
            root.Find("node")!.Refuse("the index of a node, 0..1");
            return 0;
        },
        "s.conf:1:8: node: found 7, allowed: the index of a node, 0..1");

    private static void AssertMessages(string text, Func<HoconSection, long> read, string message)
    {
        HoconObject root = HoconDocument.Parse(text, "s.conf");
        HoconException error = Assert.Throws<HoconException>(() => HoconReader.Read(root, read));

        Assert.Equal(message.ReplaceLineEndings("\n"), error.Message);
        Assert.Equal(message.ReplaceLineEndings("\n").Split('\n').Length, error.All.Count);
    }
}
