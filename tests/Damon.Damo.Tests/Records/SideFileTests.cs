using Damon.Damo.Document;
using Damon.Damo.Records;

namespace Damon.Damo.Tests.Records;

public class SideFileTests
{
    [Fact]
    public void The_sample_kdamonds_are_read()
    {
        KdamondStatus status = Assert.Single(KdamondsFile.Read(File.ReadAllText(SampleRecords.Path("walk.data.kdamonds")), "walk"));
        Assert.Equal(SchemeAction.Pageout, status.Kdamond.Contexts[0].Schemes[0].Action);
        Assert.Null(status.State);
        Assert.Equal(DamosStatistics.None, status.Scheme(0, 0).Statistics);
        Assert.Single(KdamondsFile.Read(File.ReadAllText(SampleRecords.Path("kdamonds.json")), "kdamonds"));
    }

    [Fact]
    public void Kdamonds_are_read_back_with_their_statistics()
    {
        KdamondStatus status = KdamondsFile.Read(File.ReadAllText(SampleRecords.Path("walk.data.kdamonds")), "walk")[0] with
        {
            State = "on",
            Pid = 700,
            Contexts = [new([new(new(1, 2, 3, 4, 5, 6, 7, 8), [])])],
        };
        KdamondStatus back = Assert.Single(KdamondsFile.Read(KdamondsFile.Write([status]), "written"));
        Assert.Equal((status.Kdamond, status.State, status.Pid), (back.Kdamond, back.State, back.Pid));
        Assert.Equal(status.Scheme(0, 0).Statistics, back.Scheme(0, 0).Statistics);
    }

    [Fact]
    public void Footprints_are_read_back()
    {
        MemoryFootprint[] footprints =
        [
            new(1000, [new(42, 524288, 200000, 10, 20, 30)], new(60_000_000, 30_000_000, 40_000_000, 1, 2)),
            new(1001.5, [new(42, 524288, 210000), new(43, 1, 1)], null),
        ];
        Assert.Equal(footprints, FootprintFile.Read(FootprintFile.Write(footprints), "footprints"));
        Assert.Equal(210001 * 4096.0, footprints[1].ResidentBytes);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"time\":1}]")]
    [InlineData("[{\"time\":1,\"footprints\":[{\"pid\":-5,\"footprint\":{}}]}]")]
    public void Wrong_footprints_are_refused(string text) =>
        Assert.StartsWith("f", Assert.Throws<DamoException>(() => FootprintFile.Read(text, "f")).Message);
}
