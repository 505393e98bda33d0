using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

public class SamplingTests
{
    private static readonly TouchRule _everyMs = new(new PageSet(0, 1), TimeWindow.Always, 1000);

    [Fact]
    public void AMappedFolioThatWasNeverSampledIsYoung()
    {
        NodeMemory node = SmallNode.Create();
        node.PlaceAt(1024, 5, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap));
        Assert.True(node.IsYoung(1024, 0));
        node.MarkOld([SmallNode.ByteOf(1024)], 0);
        Assert.False(node.IsYoung(1024, 1_000_000));
    }

    [Theory]
    [InlineData(FolioFlags.Mapped)]
    [InlineData(FolioFlags.None)]
    public void ATouchAfterTheMarkMakesYoungMappedOrNot(FolioFlags mapped)
    {
        NodeMemory node = SmallNode.Create(rules: _everyMs);
        node.PlaceAt(1024, 0, new FolioTemplate(SmallNode.Memcg, mapped | FolioFlags.OnLru));
        node.MarkOld([SmallNode.ByteOf(1024)], 3000);
        Assert.False(node.IsYoung(1024, 3000));
        Assert.False(node.IsYoung(1024, 3999));
        Assert.True(node.IsYoung(1024, 4000));
    }

    [Fact]
    public void ATouchAtTimeZeroCountsForMemoryPlacedBefore()
    {
        NodeMemory node = SmallNode.Create(rules: new TouchRule(new PageSet(0, 2), new TimeWindow(0, 1), 1000));
        node.PlaceAt(1024, 0, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap | FolioFlags.Idle));
        node.PlaceAt(1025, 1, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap | FolioFlags.Idle, ClearedAtUs: 0));
        Assert.True(node.IsYoung(1024, 500));
        Assert.False(node.IsYoung(1025, 500));
    }

    [Fact]
    public void OnlyFoliosOnTheLruOfThisNodeAreSampled()
    {
        NodeMemory node = SmallNode.Create();
        node.PlaceAt(1024, 0, new FolioTemplate(SmallNode.Memcg, FolioFlags.Mapped));
        Assert.False(node.IsYoung(1024, 0));
        Assert.False(node.IsYoung(1500, 0));
        Assert.False(node.IsYoung(1023, 0));
        Assert.False(node.IsYoung(3072, 0));
        node.MarkOld([0, SmallNode.ByteOf(1023), SmallNode.ByteOf(1024), SmallNode.ByteOf(3072), ulong.MaxValue], 0);
        Assert.Equal(FolioFlags.Mapped, node.Inspect(1024).Flags);
    }

    [Fact]
    public void AnyFrameOfAHugeFolioStandsForAll()
    {
        NodeMemory node = SmallNode.Create(rules: _everyMs);
        node.PlaceAt(1536, 0, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap, Huge: true));
        node.MarkOld([SmallNode.ByteOf(2000)], 10);
        Assert.False(node.IsYoung(1536, 999));
        Assert.False(node.IsYoung(2047, 999));
        Assert.True(node.IsYoung(2047, 1000));
    }

    [Fact]
    public void VirtualTimeHasALimit()
    {
        NodeMemory node = SmallNode.Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => node.MarkOld([], 1L << 45));
        Assert.Throws<ArgumentOutOfRangeException>(() => node.MarkOld([], -1));
    }
}
