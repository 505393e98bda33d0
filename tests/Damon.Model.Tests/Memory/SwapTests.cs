using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Memory;

public class SwapTests
{
    [Theory]
    [InlineData(FolioFlags.None)]
    [InlineData(FolioFlags.Anon)]
    [InlineData(FolioFlags.Mapped)]
    [InlineData(FolioFlags.Anon | FolioFlags.Mapped)]
    public void APageTableRemembersWhatAReclaimedFolioWasLike(FolioFlags flags)
    {
        var table = new PageTable(2);
        table.Map(1, 77);
        table.SwapOut(1, SwapEntry.For(flags | FolioFlags.Active | FolioFlags.OnLru));
        Assert.False(table.IsResident(1));
        Assert.Equal(NodeMemory.NoPfn, table[1]);
        Assert.Equal(0u, table.ResidentCount);
        Assert.True(SwapEntry.IsOne(table.EntryOf(1)));
        Assert.Equal(flags, SwapEntry.Flags(table.EntryOf(1)));
        Assert.False(SwapEntry.IsOne(table.EntryOf(0)));
        table.Map(1, 78);
        Assert.Equal(78UL, table.EntryOf(1));
        Assert.Equal(1u, table.ResidentCount);
    }

    [Fact]
    public void AFreedPageIsNotOutAnyMore()
    {
        var table = new PageTable(1);
        table.Map(0, 5);
        table.SwapOut(0, SwapEntry.For(FolioFlags.Anon));
        Assert.Equal(NodeMemory.NoPfn, table.Unmap(0));
        Assert.Equal(NodeMemory.NoPfn, table.EntryOf(0));
        Assert.Throws<InvalidOperationException>(() => table.SwapOut(0, SwapEntry.For(FolioFlags.Anon)));
    }

    [Fact]
    public void WhatSwapDoesNotTakeStaysInMemory()
    {
        var node = new NodeMemory(0, 8, new TouchOracle());
        var anon = new FolioTemplate(new MemcgId(1), FolioFlags.OnLru | FolioFlags.Anon);
        for (uint owner = 0; owner < 3; owner++) node.PlaceLowest(owner, in anon);
        for (ulong pfn = 0; pfn < 3; pfn++) node.Isolate(pfn);
        var freed = new List<uint>();
        Assert.Equal(2, node.ReclaimGathered(false, 0, freed, new Room(2)));
        Assert.Equal([0u, 1u], freed);
        Assert.Equal(1UL, node.UsedPages);
        Assert.Equal(1, node.Counters.LruPages(LruList.InactiveAnon));
        Assert.True(node.Counters.SameAs(node.Recount()));
    }

    [Fact]
    public void PagesOfOneInstantComeTogetherOnceAndInOrder()
    {
        var queue = new RefaultQueue();
        Assert.True(queue.Add(9, 100));
        Assert.False(queue.Add(3, 100));
        Assert.False(queue.Add(9, 100));
        Assert.True(queue.Add(4, 200));
        var pages = new List<uint>();
        queue.Take(100, pages);
        Assert.Equal([9u, 3u], pages);
        queue.Take(100, pages);
        Assert.Equal(2, pages.Count);
        Assert.True(queue.Add(5, 100));
    }

    private sealed class Room(int pages) : IBackingStore
    {
        private int _pages = pages;

        public bool TryTake(uint owner, FolioFlags flags, int pages) => (_pages -= pages) >= 0;
    }
}
