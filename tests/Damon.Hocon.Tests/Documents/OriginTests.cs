using Damon.Hocon.Reading;

namespace Damon.Hocon.Tests.Documents;

public class OriginTests
{
    [Fact]
    public void Values_keep_their_place_through_includes_substitutions_and_merges()
    {
        HoconOptions options = new() { Files = HoconFiles.InMemory(new Dictionary<string, string> { ["base.conf"] = "\nbase { n = 7 }\n" }) };
        HoconObject root = HoconDocument.Parse("include \"base.conf\"\na = ${base} { m = 8 }\nb = ${a.n}\n", "main.conf", options);

        Assert.Equal(new HoconOrigin("base.conf", 2, 12), root.GetValue("a.n").Origin);
        Assert.Equal(new HoconOrigin("main.conf", 2, 19), root.GetValue("a.m").Origin);
        Assert.Equal(new HoconOrigin("base.conf", 2, 12), root.GetValue("b").Origin);
    }

    [Fact]
    public void Keys_stay_in_the_order_in_which_they_first_appear()
    {
        HoconObject root = HoconDocument.Parse("z = 1\ny.b = 2\nx = 3\ny.a = 4\nz = 5\n");

        Assert.Equal(["z", "y", "x"], root.Keys);
        Assert.Equal(["b", "a"], ((HoconObject)root["y"]).Keys);
    }
}
