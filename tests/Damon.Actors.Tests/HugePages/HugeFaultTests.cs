using Damon.Actors.Hosts;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Tests.HugePages;

/// <summary>What a first touch brings, and what frees and new mappings leave of huge pages.</summary>
public sealed class HugeFaultTests
{
    private const uint Block = HugeBlocks.Pages;

    [Fact]
    public void Always_means_a_huge_page_for_the_first_page_of_a_whole_block()
    {
        // One page in each of the three blocks, and the first and last page of the mapping, which are in none.
        HostEvent[] touches = [.. new uint[] { 0, 100, 700, 1_536, ThpHost.Pages - 1 }.Select(page => ThpHost.Touch(0, page, 1))];
        SimulatedHost host = ThpHost.RunTo(1, ThpHost.Settings(HugePagePolicy.Always, touches));

        Assert.Equal(((3 * Block) + 2) * ThpHost.Page, host.Use().ResidentBytes);
        Assert.Equal(5 * ThpHost.Page, host.Use().TouchedBytes);
        Assert.Equal(3 * ThpHost.Block, host.Use().HugeBytes);
        Assert.Equal(((3 * Block) - 3) * ThpHost.Page, host.Use().BloatBytes);
        Assert.Equal(3UL, host.Use().Counts.Faults);
        ThpHost.CheckConsistency(host);
    }

    [Theory]
    [InlineData(HugePagePolicy.Never)]
    [InlineData(HugePagePolicy.Madvise)]
    public void Otherwise_only_what_is_touched_comes(HugePagePolicy policy)
    {
        SimulatedHost host = ThpHost.RunTo(1, ThpHost.Settings(policy, ThpHost.Touch(0, 0, ThpHost.Pages / 8, stride: 8)));

        Assert.Equal(ThpHost.Pages / 8 * ThpHost.Page, host.Use().ResidentBytes);
        Assert.Equal((0UL, 0UL), (host.Use().BloatBytes, host.Use().HugeBytes));
        ThpHost.CheckConsistency(host);
    }

    [Fact]
    public void Advice_before_the_first_touch_decides()
    {
        SimulatedHost host = ThpHost.RunTo(1, ThpHost.Settings(HugePagePolicy.Madvise, ThpHost.Touch(10, 0, ThpHost.Pages)));
        host.Advise(HugePageAdvice.HugePage, 0, 2);
        host.Advise(HugePageAdvice.NoHugePage, 1, 2);
        host.RunUntil(20);
        Assert.Equal([ThpHost.FirstBlock], ThpHost.Folios(host).Where(folio => folio.Bytes == ThpHost.Block).Select(folio => folio.Address));
    }

    [Fact]
    public void A_page_that_is_touched_later_is_no_bloat_any_more()
    {
        SimulatedHost host = ThpHost.RunTo(20, ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(0, 10, 1), ThpHost.Touch(10, 20, 100)));
        Assert.Equal((Block - 101) * ThpHost.Page, host.Use().BloatBytes);
    }

    [Fact]
    public void Where_a_page_of_the_block_is_there_already_the_fault_is_a_small_one()
    {
        SimulatedHost host = ThpHost.RunTo(5, ThpHost.Settings(HugePagePolicy.Madvise, ThpHost.Touch(0, 10, 1), ThpHost.Touch(10, 20, 1)));
        host.Advise(HugePageAdvice.HugePage, 0, 3);
        host.RunUntil(20);
        Assert.Equal((2 * ThpHost.Page, 0UL), (host.Use().ResidentBytes, host.Use().HugeBytes));
    }

    [Fact]
    public void Without_an_aligned_run_of_free_frames_pages_come_one_by_one()
    {
        // A balloon takes the lowest frames; what it leaves is a page short of a run.
        ulong frames = 64UL << 20 >> 12;
        HostSettings settings = ThpHost.Settings(
            HugePagePolicy.Always, new BalloonEvent(0, new NodeId(0), frames - Block + 1), ThpHost.Touch(10, ThpHost.BlockPage, 3));
        SimulatedHost host = ThpHost.RunTo(20, settings);
        Assert.Equal((3 * ThpHost.Page, 0UL), (host.Use().ResidentBytes, host.Use().HugeBytes));
        Assert.Equal((0UL, 1UL), (host.Use().Counts.Faults, host.Use().Counts.Fallbacks));
    }

    [Fact]
    public void Freeing_a_part_splits_and_freeing_the_whole_does_not()
    {
        HostEvent[] events =
        [
            ThpHost.Touch(0, 0, ThpHost.Pages),
            new FreeEvent(10, 0, ThpHost.BlockPage + 100, Block),
            new FreeEvent(20, 0, ThpHost.BlockPage + (2 * Block), Block),
        ];
        HostSettings settings = ThpHost.Settings(HugePagePolicy.Always, events);
        SimulatedHost host = ThpHost.RunTo(10, settings);
        Assert.Equal((ThpHost.Block, 2UL), (host.Use().HugeBytes, host.Use().Counts.Splits));
        Assert.Equal((ThpHost.Pages - Block) * ThpHost.Page, host.Use().ResidentBytes);
        ThpHost.CheckConsistency(host);
        host.RunUntil(20);
        Assert.Equal((0UL, 2UL), (host.Use().HugeBytes, host.Use().Counts.Splits));
        Assert.Equal((ThpHost.Pages - (2 * Block)) * ThpHost.Page, host.Use().ResidentBytes);
        Assert.Equal(host.Use().ResidentBytes, host.Use().TouchedBytes);
        ThpHost.CheckConsistency(host);
    }

    [Fact]
    public void A_process_that_exits_leaves_nothing()
    {
        SimulatedHost host = ThpHost.RunTo(20, ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(0, 0, ThpHost.Pages), new ExitEvent(10, 0)));
        Assert.Equal((0UL, 0UL, 0UL), (host.Use().ResidentBytes, host.Use().TouchedBytes, host.Use().HugeBytes));
        Assert.Equal(0UL, host.Sample().Nodes[0].UsedBytes);
    }

    [Theory]
    [InlineData(HugeBlocks.Bytes, 3, 0)]
    [InlineData(4096, 0, 3)]
    public void At_another_address_huge_pages_stay_where_they_are_aligned(ulong by, uint left, ulong splits)
    {
        VmaLayout moved = new([ThpHost.Layout.Vmas[0] with { Start = ThpHost.Layout.Vmas[0].Start + by, End = ThpHost.Layout.Vmas[0].End + by }]);
        SimulatedHost host = ThpHost.RunTo(
            20, ThpHost.Settings(HugePagePolicy.Always, ThpHost.Touch(0, 0, ThpHost.Pages), new VmasEvent(10, 0, moved)));
        Assert.Equal((left * ThpHost.Block, splits), (host.Use().HugeBytes, host.Use().Counts.Splits));
        Assert.Equal(ThpHost.Pages * ThpHost.Page, host.Use().ResidentBytes);
        ThpHost.CheckConsistency(host);
    }

    [Fact]
    public void Pages_that_are_not_of_4_KiB_cannot_be_made_huge_ones() =>
        Assert.Contains("4 KiB", HostValidation.Validate(ThpHost.Settings(HugePagePolicy.Always) with
        {
            PageShift = 16,
            Nodes = [new NodeSettings(0, 1024), new NodeSettings(1024, 1024)],
        }), StringComparison.Ordinal);
}
