using Damon.Actors.Hosts;
using Damon.Actors.Tests.Costs;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Tests.HugePages;

/// <summary>Huge pages that are made of small ones: by khugepaged, and by schemes.</summary>
public sealed class CollapseTests
{
    private const uint Block = HugeBlocks.Pages;
    private const ulong Scan = 100_000;
    private const ulong End = ThpHost.FirstBlock + (3 * ThpHost.Block);

    [Fact]
    public void Khugepaged_makes_as_many_huge_pages_as_it_looks_at_pages()
    {
        SimulatedHost host = Advised(new ThpSettings(HugePagePolicy.Madvise) { PagesToScan = Block });
        for (ulong wakes = 0; wakes <= 4; wakes++)
        {
            host.RunUntil((wakes * Scan) + 1);
            Assert.Equal(Math.Min(wakes, 3) * ThpHost.Block, host.Use().HugeBytes);
            ThpHost.CheckConsistency(host);
        }

        Assert.Equal(3UL, host.Use().Counts.Collapses);
    }

    [Theory]
    [InlineData(511u, 3)]
    [InlineData(448u, 3)]
    [InlineData(447u, 0)]
    [InlineData(0u, 0)]
    public void Khugepaged_fills_up_only_so_many_missing_pages(uint mostMissing, ulong expected)
    {
        // Every eighth page is there: 64 of a block.
        SimulatedHost host = Advised(new ThpSettings(HugePagePolicy.Madvise) { MaxPtesNone = mostMissing }, ThpHost.Touch(0, 0, ThpHost.Pages / 8, stride: 8));
        host.RunUntil(Scan + 1);
        Assert.Equal(expected * ThpHost.Block, host.Use().HugeBytes);
        Assert.Equal(expected * (Block - 64) * ThpHost.Page, host.Use().BloatBytes);
        ThpHost.CheckConsistency(host);
    }

    [Fact]
    public void A_block_with_nothing_in_memory_is_left()
    {
        SimulatedHost host = Advised(new ThpSettings(HugePagePolicy.Madvise), ThpHost.Touch(0, ThpHost.BlockPage, 1));
        host.RunUntil(5 * Scan);
        Assert.Equal((ThpHost.Block, ThpHost.Block), (host.Use().HugeBytes, host.Use().ResidentBytes));
    }

    [Fact]
    public void Nobody_makes_huge_pages_by_himself_where_they_are_never_used()
    {
        SimulatedHost host = Advised(new ThpSettings(HugePagePolicy.Never));
        host.RunUntil(5 * Scan);
        Assert.Equal(0UL, host.Use().HugeBytes);
        Assert.True(host.Collapse(ThpHost.FirstBlock, End));
        Assert.Equal(3 * ThpHost.Block, host.Use().HugeBytes);
    }

    [Fact]
    public void Advice_against_them_keeps_huge_pages_from_being_made()
    {
        SimulatedHost host = ThpHost.RunTo(1, ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(10, 0, ThpHost.Pages)));
        host.Advise(HugePageAdvice.NoHugePage, 0, 3);
        host.RunUntil(5 * Scan);
        Assert.False(host.Collapse(ThpHost.FirstBlock, End));
        Assert.Equal((0UL, 0UL), (host.Use().HugeBytes, host.Use().Counts.Collapses));
    }

    [Theory]
    [InlineData(SchemeAction.HugePage, 250_000, 2)]
    [InlineData(SchemeAction.Collapse, 110_000, 2)]
    [InlineData(SchemeAction.NoHugePage, 250_000, 0)]
    public void A_scheme_has_huge_pages_made_of_its_regions(SchemeAction action, ulong us, ulong expected)
    {
        HostSettings settings = ThpHost.Settings(HugePagePolicy.Madvise, ThpHost.Touch(0, 0, ThpHost.Pages)) with
        {
            Kdamonds = [ThpHost.Kdamond(action, ThpHost.FirstBlock, ThpHost.FirstBlock + (2 * ThpHost.Block), 2 * ThpHost.Block)],
        };
        SimulatedHost host = ThpHost.RunTo(us, settings);
        Assert.Equal(expected * ThpHost.Block, host.Use().HugeBytes);
        SchemeStats stats = host.Sample().Kdamonds[0].Schemes[0].Stats;
        Assert.True(stats.SzTried > 0);
        Assert.Equal(stats.SzTried, stats.SzApplied);
        ThpHost.CheckConsistency(host);
    }

    [Theory]
    [InlineData(1, 1, true, "1")]
    [InlineData(0, 1, true, "0 1")]
    [InlineData(0, 0, true, "0 1 2")]
    [InlineData(1023, 1, true, "")]
    [InlineData(1, 1436, false, "")]
    public void Only_whole_blocks_of_the_range_are_collapsed(ulong pagesLater, ulong pagesEarlier, bool succeeds, string blocks)
    {
        SimulatedHost host = ThpHost.RunTo(1, ThpHost.Settings(HugePagePolicy.Never, ThpHost.Touch(0, 0, ThpHost.Pages)));
        Assert.Equal(succeeds, host.Collapse(ThpHost.FirstBlock + (pagesLater * ThpHost.Page), End - (pagesEarlier * ThpHost.Page)));
        Assert.Equal(
            blocks, string.Join(' ', ThpHost.Folios(host).Where(folio => folio.Bytes == ThpHost.Block).Select(folio => (folio.Address - ThpHost.FirstBlock) / ThpHost.Block)));
    }

    [Fact]
    public void A_block_for_which_there_is_no_room_is_a_failure()
    {
        // The process needs all that the node has left for its small pages.
        ulong frames = 64UL << 20 >> 12;
        SimulatedHost host = ThpHost.RunTo(1, ThpHost.Settings(
            HugePagePolicy.Never, new BalloonEvent(0, new NodeId(0), frames - (3 * Block)), ThpHost.Touch(0, ThpHost.BlockPage, 3 * Block)));
        Assert.False(host.Collapse(ThpHost.FirstBlock, End));
        Assert.Equal((0UL, 3UL), (host.Use().HugeBytes, host.Use().Counts.FailedCollapses));
        Assert.Equal(3 * ThpHost.Block, host.Use().ResidentBytes);
    }

    [Fact]
    public void The_huge_page_is_on_the_node_that_had_most_of_the_block()
    {
        // Node 0 has room for 100 pages only, so that the other 412 come from node 1.
        ulong frames = 64UL << 20 >> 12;
        HostEvent[] events = [new BalloonEvent(0, new NodeId(0), frames - 100), ThpHost.Touch(0, ThpHost.BlockPage, Block), new BalloonEvent(10, new NodeId(0), 0)];
        SimulatedHost host = ThpHost.RunTo(20, ThpHost.Settings(HugePagePolicy.Never, events));
        Assert.True(host.Collapse(ThpHost.FirstBlock, ThpHost.FirstBlock + ThpHost.Block));
        Assert.Equal(ThpHost.Block, host.Use().HugeBytes);
        Assert.Equal((0UL, ThpHost.Block), (host.Sample().Nodes[0].UsedBytes, host.Sample().Nodes[1].UsedBytes));
    }

    [Fact]
    public void Paging_out_a_part_splits_and_what_comes_back_comes_in_small_pages()
    {
        HostSettings settings = ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(0, ThpHost.BlockPage, 2 * Block)) with
        {
            Processes = [ThpHost.Process(TwoTiers.EveryMs(ThpHost.Pages, 400))],
            Kdamonds = [ThpHost.Kdamond(SchemeAction.PageOut, ThpHost.FirstBlock + ThpHost.Block, ThpHost.FirstBlock + (2 * ThpHost.Block) - ThpHost.Page, ThpHost.Page)],
            Swap = SwapSettings.Zswap,
            Thp = new ThpSettings(HugePagePolicy.Always),
            StopAtUs = 150_000,
        };
        SimulatedHost host = ThpHost.RunTo(190_000, settings);
        Assert.Equal((ThpHost.Block, 1UL), (host.Use().HugeBytes, host.Use().Counts.Splits));
        Assert.Equal(ThpHost.Block + ThpHost.Page, host.Use().ResidentBytes);
        ThpHost.CheckConsistency(host);
        host.RunUntil(450_000);
        Assert.Equal((2 * ThpHost.Block, ThpHost.Block), (host.Use().ResidentBytes, host.Use().HugeBytes));
        Assert.Equal(0UL, host.Use().BloatBytes);
        ThpHost.CheckConsistency(host);
    }

    [Fact]
    public void A_huge_page_is_paged_out_as_a_whole_and_its_untouched_pages_stay_out()
    {
        HostSettings settings = ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(0, ThpHost.BlockPage, Block / 8, stride: 8)) with
        {
            Processes = [ThpHost.Process(new Model.Workloads.TouchRule(new(ThpHost.BlockPage, Block / 8, 8), Model.Workloads.TimeWindow.Always, 400_000))],
            Kdamonds = [ThpHost.Kdamond(SchemeAction.PageOut, ThpHost.FirstBlock, ThpHost.FirstBlock + ThpHost.Block, ThpHost.Block)],
            Swap = SwapSettings.Zswap,
            StopAtUs = 150_000,
        };
        SimulatedHost host = ThpHost.RunTo(190_000, settings);
        Assert.Equal((0UL, 0UL), (host.Use().ResidentBytes, host.Use().HugeBytes));
        Assert.Equal(ThpHost.Block, host.Sample().SwapUsedBytes);
        host.RunUntil(450_000);
        Assert.Equal((ThpHost.Block / 8, 0UL), (host.Use().ResidentBytes, host.Use().BloatBytes));
        Assert.Equal(ThpHost.Block / 8 * 7, host.Sample().SwapUsedBytes);
    }

    [Fact]
    public void A_huge_page_migrates_as_one()
    {
        HostSettings settings = ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(0, 0, ThpHost.Pages));
        settings = settings with { Processes = [settings.Processes[0] with { FollowsMoves = true }] };
        SimulatedHost host = ThpHost.RunTo(110_000, settings with { Kdamonds = [TwoTiers.Kdamond(TwoTiers.MigrateAll(1))] });
        Assert.Equal(ThpHost.Pages, host.Moves(0).Moves);
        Assert.Equal((0UL, ThpHost.Pages * ThpHost.Page), (host.Sample().Nodes[0].UsedBytes, host.Sample().Nodes[1].UsedBytes));
        Assert.Equal((3 * ThpHost.Block, 0UL), (host.Use().HugeBytes, host.Use().Counts.Splits));
        ThpHost.CheckConsistency(host);
    }

    /// <summary>A host at its begin, when memory has been touched, all of it unless said otherwise, and then advised to be huge.</summary>
    private static SimulatedHost Advised(ThpSettings thp, params HostEvent[] events)
    {
        HostSettings settings = ThpHost.Settings(HugePagePolicy.Madvise, events.Length > 0 ? events : [ThpHost.Touch(0, 0, ThpHost.Pages)]);
        SimulatedHost host = ThpHost.RunTo(1, settings with { Thp = thp with { ScanSleepUs = (long)Scan } });
        host.Advise(HugePageAdvice.HugePage, 0, 3);
        return host;
    }
}
