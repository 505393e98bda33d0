using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

public class WalkTests
{
    private const ulong Page = 4096;
    private const ulong HugeBytes = 2 << 20;

    [Fact]
    public void AWalkStepsByFoliosAndByPagesWhereThereIsNone()
    {
        NodeMemory node = Filled();
        WalkResult result = node.Walk(SmallNode.Over(1024, 2048, WalkAction.Stat));
        Assert.Equal(new WalkResult((10 * Page) + HugeBytes, 0, NodeMemory.NoPfn, node.EndByte), result);
        Assert.Equal(1033ul, node.Walk(SmallNode.Over(1024, 10, WalkAction.Stat)).LastLookedUpPfn);
    }

    [Fact]
    public void AHugeFolioEnteredInItsMiddleCountsInFullAndTheWalkGoesOnAtItsEnd()
    {
        NodeMemory node = Filled();
        WalkResult result = node.Walk(SmallNode.Over(1536 + 500, 6, WalkAction.Stat));
        Assert.Equal(new WalkResult(HugeBytes, 0, 1536, SmallNode.ByteOf(2048)), result);
    }

    [Fact]
    public void TheFolioLookedUpLastIsSkippedPageByPage()
    {
        NodeMemory node = Filled();
        WalkResult result = node.Walk(SmallNode.Over(1536, 512, WalkAction.Stat, last: 1536));
        Assert.Equal(new WalkResult(0, 0, 1536, SmallNode.ByteOf(2048)), result);
    }

    [Fact]
    public void TheFirstFilterThatIsForAFolioDecides()
    {
        NodeMemory node = Filled();
        FolioFilter allowMemcg = new(FolioFilterType.Memcg, true, true, SmallNode.Memcg);
        FolioFilter rejectAnon = new(FolioFilterType.Anon, true, false);
        Assert.Equal(10 * Page, Passed(node, new FolioFilterSet([allowMemcg], true)));
        Assert.Equal(10 * Page, Passed(node, new FolioFilterSet([allowMemcg, rejectAnon], true)));
        Assert.Equal(0ul, Passed(node, new FolioFilterSet([rejectAnon, allowMemcg], true)));
        Assert.Equal(HugeBytes, Passed(node, new FolioFilterSet([new(FolioFilterType.Memcg, false, true, SmallNode.Memcg)], true)));
        Assert.Equal(0ul, Passed(node, new FolioFilterSet([new(FolioFilterType.Memcg, true, true, new MemcgId(99))], true)));
        Assert.Equal(0ul, Passed(node, new FolioFilterSet([new(FolioFilterType.Memcg, true, true, MemcgId.None)], true)));
        Assert.Equal(HugeBytes, Passed(node, new FolioFilterSet([new(FolioFilterType.HugepageSize, true, true, default, HugeBytes, HugeBytes)], true)));
        Assert.Equal(10 * Page, Passed(node, new FolioFilterSet([new(FolioFilterType.HugepageSize, false, true, default, 4097, HugeBytes)], true)));
        Assert.Equal((10 * Page) + HugeBytes, Passed(node, new FolioFilterSet([new(FolioFilterType.Unmapped, true, false)], false)));
    }

    [Fact]
    public void LookingWhetherAFolioIsYoungMakesItOldAndAnOldOneStaysAsItIs()
    {
        NodeMemory node = Filled(new TouchRule(new PageSet(0, 1), TimeWindow.Always, 1000));
        var young = new FolioFilterSet([new FolioFilter(FolioFilterType.Young, true, true)], true);
        Assert.Equal(Page, node.Walk(SmallNode.Over(1024, 1, WalkAction.Stat, young, nowUs: 100)).PassedBytes);
        Assert.Equal(100, node.Inspect(1024).ClearedAtUs);
        Assert.Equal(0ul, node.Walk(SmallNode.Over(1024, 1, WalkAction.Stat, young, nowUs: 900)).PassedBytes);
        Assert.Equal(100, node.Inspect(1024).ClearedAtUs);
        Assert.Equal(Page, node.Walk(SmallNode.Over(1024, 1, WalkAction.Stat, young, nowUs: 1000)).PassedBytes);
    }

    [Fact]
    public void ActivatingAndDeactivatingCountEveryFolioButSpareUnevictableOnes()
    {
        NodeMemory node = Filled();
        node.PlaceAt(1100, 50, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap | FolioFlags.Unevictable));
        Assert.Equal(11 * Page, node.Walk(SmallNode.Over(1022, 92, WalkAction.LruPrio)).AppliedBytes);
        Assert.Equal((10L, 0L, 1L), Lists(node));
        Assert.Equal(10 * Page, node.Walk(SmallNode.Over(1024, 10, WalkAction.LruDeprio)).AppliedBytes);
        Assert.Equal((0L, 10L, 1L), Lists(node));
    }

    [Fact]
    public void PageoutGathersAllButUnevictableFolios()
    {
        NodeMemory node = Filled();
        node.PlaceAt(1100, 50, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap | FolioFlags.Unevictable));
        Assert.Equal(11 * Page, node.Walk(SmallNode.Over(1024, 100, WalkAction.Pageout)).PassedBytes);
        Assert.Equal(10, node.GatheredCount);
        Assert.Equal((0L, 0L, 1L), Lists(node));
        var owners = new List<uint>();
        Assert.Equal(10, node.ReclaimGathered(false, 0, owners));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (uint)i), owners);
        Assert.Equal(2048 - 512 - 1, node.Counters.FreePages);
    }

    [Fact]
    public void ReclaimThatLooksAtAccessesSparesAccessedMappedFoliosButDeactivatesThem()
    {
        NodeMemory node = Filled(new TouchRule(new PageSet(3, 1), TimeWindow.Always, 1000));
        node.Walk(SmallNode.Over(1024, 10, WalkAction.LruPrio));
        node.MarkOld([.. Enumerable.Range(1024, 10).Select(p => SmallNode.ByteOf((ulong)p))], 500);
        node.Walk(SmallNode.Over(1024, 10, WalkAction.Pageout, nowUs: 1000));
        Assert.Equal(9, node.ReclaimGathered(true, 1000, []));
        Assert.Equal((0L, 1L, 0L), Lists(node));
        Assert.True(node.Look(1027).Exists);
    }

    /// <summary>Ten small anonymous folios at 1024 of memcg 7, and a huge file folio of no memcg at 1536.</summary>
    private static NodeMemory Filled(params AccessRule[] rules)
    {
        NodeMemory node = SmallNode.Create(rules: rules);
        node.PlaceMany(1024, 1, 0, 10, new FolioTemplate(SmallNode.Memcg, SmallNode.Heap));
        node.PlaceAt(1536, 100, new FolioTemplate(MemcgId.None, FolioFlags.Mapped | FolioFlags.OnLru, Huge: true));
        return node;
    }

    private static ulong Passed(NodeMemory node, FolioFilterSet filters) =>
        node.Walk(SmallNode.Over(1024, 2048, WalkAction.Stat, filters)).PassedBytes;

    private static (long Active, long Inactive, long Unevictable) Lists(NodeMemory node) =>
        (node.Counters.LruPages(LruList.ActiveAnon), node.Counters.LruPages(LruList.InactiveAnon), node.Counters.LruPages(LruList.Unevictable));
}
