using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

public class PlacementTests
{
    private static readonly FolioTemplate _small = new(SmallNode.Memcg, SmallNode.Heap);
    private static readonly FolioTemplate _huge = new(SmallNode.Memcg, SmallNode.Heap, Huge: true);

    [Fact]
    public void ANodeOfAnOddStartUsesOnlyWholeAlignedBlocksForHugeFolios()
    {
        NodeMemory node = SmallNode.Create(startPfn: 1000, pages: 1100);
        Assert.Equal(1024ul, node.PlaceLowest(0, in _huge));
        Assert.Equal(1000ul, node.PlaceLowest(1, in _small));
        Assert.Equal(1536ul, node.PlaceLowest(2, in _huge));
        Assert.Equal(NodeMemory.NoPfn, node.PlaceLowest(3, in _huge));
        node.Free(1024);
        Assert.Equal(1001ul, node.PlaceLowest(4, in _small));
        Assert.Equal(1024ul, node.PlaceLowest(5, in _huge));
    }

    [Fact]
    public void AFullNodeHasNoRoom()
    {
        NodeMemory node = SmallNode.Create(pages: 700);
        for (uint i = 0; i < 700; i++) Assert.NotEqual(NodeMemory.NoPfn, node.PlaceFrom((int)(i * 389 % 700), i, in _small));
        Assert.Equal(NodeMemory.NoPfn, node.PlaceFrom(5, 700, in _small));
        Assert.Equal((0, 700), (node.Counters.FreePages, node.Counters.ResidentPages(SmallNode.Memcg)));
    }

    [Fact]
    public void ScatteredMemoryLiesInRunsAllOverTheNodeAndTheSameAgain()
    {
        ulong[] once = Scatter(seed: 1);
        Assert.Equal(once, Scatter(seed: 1));
        Assert.NotEqual(once, Scatter(seed: 2));
        Assert.Equal(600, once.Distinct().Count());
        int jumps = once.Zip(once.Skip(1), (a, b) => b == a + 1 ? 0 : 1).Sum();
        Assert.InRange(jumps, 30, 120);
        Assert.InRange(once.Count(pfn => pfn < 1024 + 1024), 150, 450);
    }

    private static ulong[] Scatter(ulong seed)
    {
        NodeMemory node = new(1024, 2048, new TouchOracle()) { Scatter = new ScatteredPlaces(seed, runPages: 16) };
        return [.. Enumerable.Range(0, 600).Select(i => node.Allocate((uint)i, in _small))];
    }

    [Fact]
    public void ARunIsPlacedAsItsFoliosOneByOneWouldBe()
    {
        NodeMemory run = SmallNode.Create(startPfn: 1003, pages: 4000), single = SmallNode.Create(startPfn: 1003, pages: 4000);
        run.PlaceMany(1100, 1, 50, 2500, in _small);
        for (uint i = 0; i < 2500; i++) single.PlaceAt(1100 + i, 50 + i, in _small);
        for (ulong pfn = 1003; pfn < 5003; pfn++) Assert.Equal(single.Inspect(pfn), run.Inspect(pfn));
        Assert.True(run.Counters.SameAs(single.Counters));
        Assert.True(run.Counters.SameAs(run.Recount()));
        for (ulong pfn = 1003; pfn < 4800; pfn += 97)
            Assert.Equal(single.LruBytesIn(pfn << 12, (pfn + 1000) << 12), run.LruBytesIn(pfn << 12, (pfn + 1000) << 12));
        for (int i = 0; i < 5; i++) Assert.Equal(single.PlaceLowest(0, in _huge), run.PlaceLowest(0, in _huge));
        run.Free(1200);
        for (int i = 0; i < 98; i++) run.PlaceLowest(NodeMemory.NoOwner, in _small);
        Assert.True(run.Inspect(1200).Exists);
    }

    [Fact]
    public void TakenFramesAndBadPlacesAreRefused()
    {
        NodeMemory node = SmallNode.Create();
        node.PlaceAt(1030, 0, in _small);
        Assert.Contains("1030 is in use", Assert.Throws<ArgumentException>(() => node.PlaceAt(1030, 1, in _small)).Message, StringComparison.Ordinal);
        Assert.Contains("1030 is in use", Assert.Throws<ArgumentException>(() => node.PlaceAt(1024, 1, in _huge)).Message, StringComparison.Ordinal);
        Assert.Contains("1030 is in use", Assert.Throws<ArgumentException>(() => node.PlaceMany(1025, 1, 1, 9, in _small)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => node.PlaceAt(1540, 1, in _huge));
        Assert.Throws<ArgumentOutOfRangeException>(() => node.PlaceAt(3072, 1, in _small));
        Assert.Throws<ArgumentOutOfRangeException>(() => node.PlaceMany(3000, 1, 0, 73, in _small));
        Assert.Equal(2047, node.Counters.FreePages);
    }

    [Fact]
    public void TheBalloonTakesTheLowestFramesAndGivesBackTheLastOnes()
    {
        NodeMemory node = SmallNode.Create(pages: 10);
        node.PlaceAt(1025, 0, in _small);
        Assert.Equal(3ul, node.ResizeBalloon(3));
        Assert.Equal(default, node.Look(1024));
        Assert.Equal(NodeMemory.NoOwner, node.Inspect(1024).Owner);
        Assert.Equal(1ul, node.ResizeBalloon(1));
        Assert.True(node.Inspect(1024).Exists);
        Assert.False(node.Inspect(1026).Exists);
        Assert.Equal(9ul, node.ResizeBalloon(50));
        Assert.Equal((0ul, 10ul), ((ulong)node.Counters.FreePages, node.UsedPages));
    }

    [Fact]
    public void FramesOfTwoMiBAreTheirOwnBlocks()
    {
        var node = new NodeMemory(3, 5, new TouchOracle(), pageShift: 21);
        Assert.Equal(1, node.HugePages);
        Assert.Equal(3ul, node.PlaceLowest(0, in _huge));
        Assert.Equal(4ul, node.PlaceLowest(1, in _small));
        Assert.Equal(4ul << 20, node.LruBytesIn(0, ulong.MaxValue));
        Assert.Equal(1, node.Free(3));
        Assert.Equal(3ul, node.PlaceLowest(2, in _small));
    }

    [Fact]
    public void AFreshUnmappedFolioHasNoAccessedBitButIsYoung()
    {
        NodeMemory node = SmallNode.Create();
        ulong pfn = node.PlaceLowest(0, FolioTemplate.Faulted(SmallNode.Memcg, FolioFlags.None, false, 5));
        Assert.Equal(FolioFlags.OnLru, node.Inspect(pfn).Flags);
        Assert.True(node.IsYoung(pfn, 5));
    }

    [Fact]
    public void AFrameCostsLittleMoreThanTwelveBytes()
    {
        var touches = new TouchOracle();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var node = new NodeMemory(0, 1 << 20, touches);
        long perFrame = (GC.GetAllocatedBytesForCurrentThread() - before) * 1000 / (long)node.PageCount;
        Assert.InRange(perFrame, 12_000, 12_200);
    }

    [Fact]
    public void MoreMemcgsThanAFrameCanNameAreRefused()
    {
        NodeMemory node = SmallNode.Create();
        for (uint i = 1; i <= 1023; i++) node.PlaceLowest(i, new FolioTemplate(new MemcgId(i * 5), SmallNode.Heap));
        Assert.Throws<InvalidOperationException>(() => node.PlaceLowest(0, new FolioTemplate(new MemcgId(1), SmallNode.Heap)));
        Assert.Equal(1, node.Counters.LruPages(new MemcgId(1023 * 5)));
        Assert.True(node.Counters.SameAs(node.Recount()));
    }
}
