using System.Collections.Immutable;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.Costs;

/// <summary>What page walks take, where it can be told by hand.</summary>
public class WalkTests
{
    private const uint Blocks = 4;
    private const uint Pages = Blocks * HugeBlocks.Pages;
    private const long SecondUs = 1_000_000;

    private static readonly TlbCost _tlb = new(512, 30, 10);

    [Fact]
    public void WhatFitsIntoTheTlbWalksNever() =>
        Assert.Equal(default, Walks([Every(1_000, new PageSet(0, 512))], ledger => ledger.MapMany(0, 512, 0, 1)));

    [Fact]
    public void OfWhatDoesNotFitTheRestWalks()
    {
        // 2,048 pages, 512 of which are kept; 1,000 touches of each of the others in a second.
        WalkTime walks = Walks([Every(1_000, new PageSet(0, Pages))], table => table.MapMany(0, Pages, 0, 1));
        UInt128 expected = (UInt128)1_536 * 1_000 * 30_000 * 1_000_000;
        Assert.Equal(new WalkTime(expected, expected), walks);
    }

    [Fact]
    public void AHugePageTakesOneTranslation()
    {
        WalkTime walks = Walks([Every(1_000, new PageSet(0, Pages))], table =>
        {
            for (uint block = 0; block < Blocks; block++) table.MapBlock(block * HugeBlocks.Pages, block * HugeBlocks.Pages);
        });
        Assert.Equal(UInt128.Zero, walks.MicroPs);
        Assert.True(walks.SmallMicroPs > 0);
    }

    [Fact]
    public void TheTlbKeepsWhatIsUsedMostOften()
    {
        // The hot half fits exactly, so that all of the cold one walks: once a second.
        WalkTime walks = Walks(
            [Every(SecondUs, new PageSet(0, 512)), Every(1_000, new PageSet(512, 512))], table => table.MapMany(0, 1_024, 0, 1));
        Assert.Equal((UInt128)512 * 30_000 * 1_000_000, walks.MicroPs);
    }

    [Fact]
    public void SparsePagesOfABlockShareItsTranslation()
    {
        // 4 blocks of every 8th page: 4 translations, of 1 that the TLB has; so 3 of 4 accesses wait for the walk to a huge page.
        WalkTime walks = Walks([Every(1_000, new PageSet(0, Pages / 8, 8))], table =>
        {
            for (uint block = 0; block < Blocks; block++) table.MapBlock(block * HugeBlocks.Pages, block * HugeBlocks.Pages);
        }, new TlbCost(1, 30, 10));
        Assert.Equal((UInt128)(Pages / 8) * 1_000 * 3 / 4 * 10_000 * 1_000_000, walks.MicroPs);
    }

    [Theory]
    [InlineData(4u, 1u)]
    [InlineData(2u, 2u)]
    public void AFolioOf2MiBThatIsOnePageTakesOneTranslation(uint count, uint stride)
    {
        ImmutableArray<AccessRule> rules = [Every(1_000, new PageSet(0, count, stride))];
        WalkTime fits = Walks(rules, Map, new TlbCost((int)count, 30, 10));
        Assert.Equal(UInt128.Zero, fits.MicroPs);
        WalkTime halfFits = Walks(rules, Map, new TlbCost((int)count / 2, 30, 10));
        Assert.Equal((UInt128)(count / 2) * 512 * 1_000 * 10_000 * 1_000_000, halfFits.MicroPs);

        static void Map(PageTable table)
        {
            table.SetHuge(0, 4);
            table.MapMany(0, 4, 0, 512);
        }
    }

    [Fact]
    public void WithoutATlbNothingWalks()
    {
        PageTable table = new(Pages);
        ProcessLedger ledger = new(table, [Every(1_000, new PageSet(0, Pages))], [new(0, 1 << 20)], 12, new MemoryCosts(), null);
        table.MapMany(0, Pages, 0, 1);
        Assert.Equal(default, ledger.WalksIn(0, SecondUs));
    }

    [Theory]
    [InlineData(0, 30, 10)]
    [InlineData(1, -1, 10)]
    [InlineData(1, 30, -1)]
    public void FiguresThatMakeNoSenseAreRefused(int entries, long walkNs, long hugeWalkNs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryCosts { Tlb = new TlbCost(entries, walkNs, hugeWalkNs) }.Validate());

    private static TouchRule Every(long periodUs, PageSet pages) => new(pages, TimeWindow.Always, periodUs);

    private static WalkTime Walks(ImmutableArray<AccessRule> rules, Action<PageTable> map, TlbCost? tlb = null)
    {
        PageTable table = new(Pages);
        table.AllowBlocks();
        ProcessLedger ledger = new(table, rules, [new(0, 1 << 20)], 12, new MemoryCosts { Tlb = tlb ?? _tlb }, null);
        map(table);
        return ledger.WalksIn(0, SecondUs);
    }
}
