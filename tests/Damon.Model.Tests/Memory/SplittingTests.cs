using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

public class SplittingTests
{
    private static readonly FolioTemplate _huge = new(SmallNode.Memcg, SmallNode.Heap | FolioFlags.Active, Huge: true);

    [Fact]
    public void TheFramesStayAndEachHoldsThePageOfItsPlace()
    {
        NodeMemory node = Node();
        node.PlaceAt(1024, 512, in _huge);
        node.Split(1024, 10);
        for (uint i = 0; i < 512; i++)
        {
            FolioView folio = node.Inspect(1024 + i);
            Assert.Equal((512 + i, false, SmallNode.Memcg), (folio.Owner, folio.Huge, folio.Memcg));
        }

        Assert.True(node.Counters.SameAs(node.Recount()));
        Assert.Equal(512, node.Counters.LruPages(LruList.ActiveAnon));
        Assert.Equal(1, node.Free(1024 + 3));
        Assert.Equal(511UL, node.UsedPages);
    }

    [Fact]
    public void WhatWasTouchedAsAWholeIsTouchedInEachPart()
    {
        // One page of the block is touched, at 100 us.
        NodeMemory node = Node(new TouchRule(new PageSet(700, 1), TimeWindow.Always, 100));
        node.PlaceAt(1024, 512, in _huge);
        node.MarkOld([SmallNode.ByteOf(1024)], 50);
        node.Split(1024, 150);
        Assert.True(node.IsYoung(1024 + 5, 150));
        node.MarkOld([SmallNode.ByteOf(1024 + 5), SmallNode.ByteOf(1024 + 188)], 150);
        Assert.False(node.IsYoung(1024 + 5, 210));
        Assert.True(node.IsYoung(1024 + 188, 210));
    }

    [Fact]
    public void WhatWasNotTouchedStaysOld()
    {
        NodeMemory node = Node(new TouchRule(new PageSet(700, 1), TimeWindow.Always, 100));
        node.PlaceAt(1024, 512, in _huge);
        node.MarkOld([SmallNode.ByteOf(1024)], 50);
        node.Split(1024, 99);
        Assert.False(node.IsYoung(1024 + 188, 99));
        Assert.True(node.IsYoung(1024 + 188, 100));
        Assert.False(node.IsYoung(1024 + 187, 100));
    }

    [Fact]
    public void AHugeFolioIsYoungWhenAnyOfItsPagesWasTouched()
    {
        NodeMemory node = Node(new TouchRule(new PageSet(1023, 1), TimeWindow.Always, 100));
        node.PlaceAt(1024, 512, in _huge);
        node.PlaceAt(1536, 1024, in _huge);
        node.MarkOld([SmallNode.ByteOf(1024), SmallNode.ByteOf(1536)], 50);
        Assert.True(node.IsYoung(1024, 100));
        Assert.False(node.IsYoung(1536, 100));
    }

    [Fact]
    public void SettlingKeepsTheTouchesOfAllPages()
    {
        NodeMemory node = Node(new TouchRule(new PageSet(900, 1), TimeWindow.Always, 100));
        node.PlaceAt(1024, 512, in _huge);
        node.MarkOld([SmallNode.ByteOf(1024)], 50);
        node.SettleTouches(120);
        Assert.True(node.IsYoung(1024, 130));
        node.MarkOld([SmallNode.ByteOf(1024)], 130);
        node.SettleTouches(140);
        Assert.False(node.IsYoung(1024, 150));
    }

    [Fact]
    public void OnlyAHugeFolioCanBeSplit()
    {
        NodeMemory node = Node();
        node.PlaceAt(1024, 0, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap));
        Assert.Throws<ArgumentException>(() => node.Split(1024, 0));
        Assert.Throws<ArgumentException>(() => node.Split(1025, 0));
    }

    private static NodeMemory Node(params AccessRule[] rules)
    {
        TouchOracle touches = new();
        touches.Attach(0, new ProcessPattern(4096, [.. rules]) { PagesInHugeFolio = HugeBlocks.Pages });
        return new NodeMemory(1024, 2048, touches);
    }
}
