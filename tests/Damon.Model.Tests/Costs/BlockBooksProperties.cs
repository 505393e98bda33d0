using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Tests.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Costs;

/// <summary>Whatever happens to a process's pages and huge blocks in whatever order, its page table and its books are right.</summary>
public class BlockBooksProperties
{
    [Fact]
    public void EveryHugeBlockIsWhollyMappedByFramesInARow() => Check(books =>
    {
        Assert.Equal((uint)books.Blocks.Count, books.Table.Blocks!.Count);
        foreach (uint first in books.Blocks)
        {
            Assert.True(books.Table.Blocks.BeginsAt(first));
            for (uint i = 0; i < HugeBlocks.Pages; i++) Assert.Equal(books.Table[first] + i, books.Table[first + i]);
        }
    });

    [Fact]
    public void EveryPageIsWhereItWasPutAndInTheBlockThatHasIt() => Check(books =>
    {
        foreach ((uint page, ulong entry, bool touched, bool huge) in books.All)
        {
            Assert.Equal(entry, books.Table.EntryOf(page));
            Assert.Equal(touched, books.Table.IsTouched(page));
            Assert.Equal(huge, books.Table.TryFindBlock(page, out uint first));
            if (huge) Assert.Equal(books.BlockOf(page), first);
        }
    });

    [Fact]
    public void CountsEqualARecountAndNoMoreIsTouchedThanIsThere() => Check(books =>
    {
        (uint resident, uint touched) = books.Table.Recount();
        Assert.Equal((resident, touched), (books.Table.ResidentCount, books.Table.TouchedCount));
        Assert.Equal((uint)books.All.Count(page => page.Entry < SwapEntry.Lowest), resident);
        Assert.Equal((uint)books.All.Count(page => page.Touched), touched);
        Assert.True(touched <= resident);
        Assert.Equal(resident - ((uint)books.Blocks.Count * 511), books.Table.FolioCount);
    });

    [Fact]
    public void BlocksAreFoundFromAnyPageOn() => Check(books =>
    {
        List<uint> found = [];
        for (uint from = 0; books.Table.Blocks!.TryFindFrom(from, out uint first); from = first + 1) found.Add(first);
        Assert.Equal(books.Blocks, found);
        Assert.False(books.Table.Blocks.TryFindFrom(BlockBooks.Pages + 1_000, out _));
    });

    [Fact]
    public void ResidencyByRuleEqualsARecountAndSoDoesWhatIsHuge() => Check(books =>
    {
        (uint Page, ulong Entry, bool Touched, bool Huge)[] here = [.. books.All.Where(page => page.Entry < SwapEntry.Lowest)];
        Assert.Equal(here.Count(page => page.Huge), books.Ledger.Residency.HugeFrames);
        for (int rule = 0; rule < books.Rules.Length; rule++)
        {
            HashSet<uint> has = [.. Enumerable.Range(0, (int)books.Rules[rule].Pages.Count)
                .Select(j => books.Rules[rule].Pages.First + ((uint)j * Math.Max(books.Rules[rule].Pages.Stride, 1)))];
            Assert.Equal(here.Count(page => page.Huge && has.Contains(page.Page)), books.Ledger.Residency.HugeFramesOf(rule));
            for (int node = 0; node < BlockBooks.NodeCount; node++)
                Assert.Equal(
                    here.Count(page => (int)(page.Entry >> 20) == node && has.Contains(page.Page)), books.Ledger.Residency.FramesOf(rule, node));
        }
    });

    [Fact]
    public void BytesThatCameAreBytesThatWentAndBytesThatAreThere() => Check(books =>
    {
        MemoryTraffic traffic = books.Ledger.Traffic;
        ulong resident = (ulong)books.Table.ResidentCount << 12;
        Assert.Equal(traffic.ReclaimedBytes + traffic.FreedBytes + resident, traffic.MappedBytes + traffic.RefaultedBytes);
    });

    [Fact]
    public void ATableThatWasFoldedIsTheSameAgain() => Check(books =>
    {
        books.Table.BeginFolding();
        uint folded = 0;
        foreach ((uint page, ulong entry, _, bool huge) in books.All)
        {
            bool isFolio = entry < SwapEntry.Lowest && (!huge || books.BlockOf(page) == page);
            if (isFolio && books.Table.Fold(page, entry)) folded++;
        }

        Assert.Equal(books.Table.FolioCount, folded);
        books.Table.EndFolding();
    });

    [Fact]
    public void HugePagesNeverMakeWalksSlower() => Check(books =>
    {
        WalkTime walks = books.Ledger.WalksIn(10, 2_000);
        Assert.True(walks.MicroPs <= walks.SmallMicroPs);
        if (books.Blocks.Count == 0) Assert.Equal(walks.SmallMicroPs, walks.MicroPs);
    });

    private static void Check(Action<BlockBooks> holds) =>
        Prop.ForAll<int, int[]>((rules, steps) =>
        {
            var books = new BlockBooks(new Draws(rules));
            foreach (int step in steps) books.Step(new Draws(step));
            holds(books);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(120));
}
