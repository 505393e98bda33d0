using Damon.Model.Memory;

namespace Damon.Model.Tests.Memory;

public class PageTableTests
{
    [Fact]
    public void PagesComeMoveAndGo()
    {
        var table = new PageTable(10);
        Assert.Equal((NodeMemory.NoPfn, 0u), (table[3], table.ResidentCount));
        table.Map(3, 77);
        table.Map(3, 78);
        table.MapMany(5, 3, 1000, 512);
        Assert.Equal((78ul, 2024ul, 4u), (table[3], table[7], table.ResidentCount));
        Assert.Equal((78ul, NodeMemory.NoPfn), (table.Unmap(3), table.Unmap(3)));
        Assert.Equal((3u, false), (table.ResidentCount, table.IsResident(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Map(3, uint.MaxValue));
    }

    [Fact]
    public void RangesOfHugePagesAreKnown()
    {
        var table = new PageTable(10);
        table.SetHuge(4, 2);
        Assert.Equal([4u, 5u], Enumerable.Range(0, 10).Select(p => (uint)p).Where(table.IsHuge));
    }

    [Fact]
    public void ThePlaceHashIsFnvOverWholeFrameNumbers()
    {
        var table = new PageTable(3);
        table.Map(0, 0x00a1b2c3);
        table.Map(2, 0xfffffffa);
        ulong expected = 0xcbf29ce484222325;
        foreach (ulong pfn in (ulong[])[0x00a1b2c3, ulong.MaxValue, 0xfffffffa])
            foreach (byte value in BitConverter.GetBytes(pfn))
                expected = (expected ^ value) * 0x100000001b3;
        Assert.Equal(expected, table.FeedPlaceHash(0xcbf29ce484222325));
    }
}
