using Damon.Damo.Masim;
using Damon.Damo.Notices;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Damo.Tests.Masim;

public class MasimReaderTests
{
    private const string Example = """
        # regions
        a, 10485760
        b, 20971520, /data#1
        # a comment inside

        first phase
        10000
        a, 1, 4096, 80
        b, 0, 64, 20, ro

        idle
        500
        a, 0, 4096, 0, rw

        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_example_is_read(bool isStrict)
    {
        var notices = new List<Notice>();
        MasimConfiguration configuration = MasimReader.Read(Example, "a.cfg", notices, isStrict);
        Assert.Empty(notices);
        Assert.Equal([new("a", 10 << 20), new("b", 20 << 20, "/data#1")], configuration.Regions);
        Assert.Equal(
            [
                new("first phase", 10_000, [new(0, true, 4096, 80), new(1, false, 64, 20, MasimAccessMode.Read)]),
                new("idle", 500, [new(0, false, 4096, 0, MasimAccessMode.ReadWrite)]),
            ],
            configuration.Phases);
        Assert.Equal((100, 0), (configuration.Phases[0].TotalWeight, configuration.Phases[1].TotalWeight));
        Assert.Equal((10_500, 30L << 20), (configuration.TotalMilliseconds, configuration.TotalBytes));
    }

    [Theory]
    [InlineData("CRLF", "a, 1\r\n\r\np\r\n1\r\na, 0, 1, 1\r\n", 1)]
    [InlineData("doubled", "a, 1\n\n\np\n1\na, 0, 1, 1\n", 3)]
    [InlineData("leading", "\na, 1\n\np\n1\na, 0, 1, 1\n", 1)]
    [InlineData("trailing", "a, 1\n\np\n1\na, 0, 1, 1\n\n", 6)]
    [InlineData("no line feed", "a, 1\n\np\n1\na, 0, 1, 1", 5)]
    [InlineData("blanks", "a, 1\n \np\n1\na, 0, 1, 1\n", 2)]
    public void What_masim_refuses_is_put_right_with_a_notice_or_refused(string what, string text, int line)
    {
        var notices = new List<Notice>();
        MasimConfiguration configuration = MasimReader.Read(text, what, notices);
        Assert.Equal([new("a", 1)], configuration.Regions);
        Assert.Equal([new("p", 1, [new(0, false, 1, 1)])], configuration.Phases);
        Assert.Equal($"{what}:{line}", Assert.Single(notices).Where);
        Assert.StartsWith($"{what}:{line}: ", Assert.Throws<DamoException>(() => MasimReader.Read(text, what, notices, isStrict: true)).Message);
    }

    [Fact]
    public void Sizes_with_units_are_taken_at_their_word_with_a_warning()
    {
        const string text = "a, 2K\n\np\n1\na, 0, 1, 1\n";
        var notices = new List<Notice>();
        Assert.Equal(2048, MasimReader.Read(text, "a.cfg", notices).Regions[0].Bytes);
        Assert.Equal("'2K' is taken as 2048 bytes, but masim itself would read 2", Assert.Single(notices).Message);
        Assert.Throws<DamoException>(() => MasimReader.Read(text, "a.cfg", notices, isStrict: true));
    }

    [Theory]
    [InlineData("", "found nothing")]
    [InlineData("a, 1\n", "found regions only")]
    [InlineData("a\n\np\n1\na, 0, 1, 1\n", "a.cfg:1: found 'a', allowed is a region")]
    [InlineData("a, 0\n\np\n1\na, 0, 1, 1\n", "a.cfg:1: the region 'a' has 0 bytes")]
    [InlineData("a, 1\na, 2\n\np\n1\na, 0, 1, 1\n", "a.cfg:2: the region 'a' is there already")]
    [InlineData("a, 9223372036854775807\nb, 1\n\np\n1\na, 0, 1, 1\n", "a.cfg:1: the bytes of all regions is")]
    [InlineData("a, 2kb\n\np\n1\na, 0, 1, 1\n", "a.cfg:1: '2kb' is not a size")]
    [InlineData("a, 1\n\np\n1\n", "a.cfg:3: the phase 'p' has 2 lines")]
    [InlineData("a, 1\n\np\n1s\na, 0, 1, 1\n", "a.cfg:4: the time in ms is '1s'")]
    [InlineData("a, 1\n\np\n1\nb, 0, 1, 1\n", "a.cfg:5: there is no region 'b'")]
    [InlineData("a, 1\n\np\n1\na, 2, 1, 1\n", "a.cfg:5: random is 2")]
    [InlineData("a, 1\n\np\n1\na, 0, 0, 1\n", "a.cfg:5: the stride of a walk is 0")]
    [InlineData("a, 1\n\np\n1\na, 0, 1, -1\n", "a.cfg:5: the probability is '-1'")]
    [InlineData("a, 1\n\np\n1\na, 0, 1, 1, r\n", "a.cfg:5: the access mode is 'r'")]
    [InlineData("a, 1\n\np\n1\na, 0, 1\n", "a.cfg:5: found 'a, 0, 1', allowed is a pattern")]
    public void Wrong_files_are_refused_with_their_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<DamoException>(() => MasimReader.Read(text, "a.cfg", new List<Notice>())).Message);

    [Fact]
    public void A_walk_touches_the_stride_first_and_wraps_to_the_start()
    {
        var pattern = new MasimPattern(0, false, 4, 1);
        var offsets = new List<long>();
        for (long offset = pattern.Next(0, 10); offsets.Count < 5; offset = pattern.Next(offset, 10)) offsets.Add(offset);
        Assert.Equal([4, 8, 0, 4, 8], offsets);
    }

    [Fact]
    public void Changed_files_are_read_or_refused_cleanly()
    {
        Gen<(int At, char Value)> change = Gen.Choose(0, Example.Length - 1).SelectMany(
            at => Gen.Elements("#,\n\r 019aKx-\0".ToCharArray()).Select(value => (at, value)));
        Prop.ForAll(change.ListOf().ToArbitrary(), changes =>
        {
            char[] text = Example.ToCharArray();
            foreach ((int at, char value) in changes) text[at] = value;
            try
            {
                Assert.NotEmpty(MasimReader.Read(new string(text), "a.cfg", new List<Notice>()).Phases);
            }
            catch (DamoException e)
            {
                Assert.StartsWith("a.cfg", e.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
