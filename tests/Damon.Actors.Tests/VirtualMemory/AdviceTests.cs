using Damon.Actors.Hosts;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Tests.VirtualMemory;

/// <summary>madvise-like actions on a process with 8 pages, a hole of 8, 8 pages more, and a huge folio.</summary>
public sealed class AdviceTests
{
    private const ulong Page = 4096;
    private const ulong HugePage = 1UL << 21;
    private const ulong HugeStart = 8 * HugePage;

    private static readonly VmaLayout Layout = new(
    [
        new(0x10 * Page, 0x18 * Page, 0, FirstPage: 0),
        new(0x20 * Page, 0x28 * Page, 0, FirstPage: 8),
        new(HugeStart, HugeStart + HugePage, 0, FirstPage: 16, Vma.HugeOrder),
    ]);

    [Theory]
    [InlineData(SchemeAction.WillNeed, 17, true)]
    [InlineData(SchemeAction.HugePage, 17, true)]
    [InlineData(SchemeAction.NoHugePage, 17, true)]
    [InlineData(SchemeAction.Collapse, 17, true)]
    [InlineData(SchemeAction.Cold, 17, true)]
    [InlineData(SchemeAction.PageOut, 9, true)]
    [InlineData(SchemeAction.LruPrio, 17, false)]
    [InlineData(SchemeAction.LruDeprio, 17, false)]
    public void Advice_on_mapped_memory_counts_in_full_and_lru_actions_do_not(SchemeAction action, int left, bool counts)
    {
        SimulatedHost host = Run(action, 0x10 * Page, 0x18 * Page);

        SchemeStats stats = host.Sample().Kdamonds[0].Schemes[0].Stats;
        Assert.Equal(counts ? stats.SzTried : 0, stats.SzApplied);
        Assert.True(stats.SzTried >= 8 * Page);
        Assert.Equal(left, VirtualHost.Folios(host).Length);
    }

    [Fact]
    public void Advice_across_a_hole_is_done_but_counts_as_a_failure()
    {
        SimulatedHost host = Run(SchemeAction.PageOut, 0x10 * Page, 0x28 * Page, minRegionSize: 32 * Page);

        Assert.Equal(0UL, host.Sample().Kdamonds[0].Schemes[0].Stats.SzApplied);
        Assert.Equal([HugeStart], VirtualHost.Folios(host).Select(folio => folio.Address));
    }

    [Theory]
    [InlineData(HugePage, 0)]
    [InlineData(Page, 1)]
    public void A_huge_folio_is_paged_out_as_a_whole_or_left_alone(ulong minRegionSize, int left)
    {
        // With small regions it lies in several of them, and in none as a whole.
        SimulatedHost host = Run(SchemeAction.PageOut, HugeStart, HugeStart + HugePage, minRegionSize);

        Assert.Equal(left, VirtualHost.Folios(host).Count(folio => folio.Address == HugeStart));
    }

    [Fact]
    public void Cold_memory_goes_to_the_inactive_list_and_stays_monitored_as_it_was()
    {
        SimulatedHost host = Run(SchemeAction.Cold, 0x10 * Page, 0x18 * Page);

        ulong[] lru = host.Map.Nodes[0].Node.Ask<Damon.Actors.Memory.ReadLruLists, ulong[]>(default);
        Assert.Equal(8UL, lru[(int)Model.Memory.LruList.InactiveAnon]);
        Assert.Equal(8UL + 512, lru[(int)Model.Memory.LruList.ActiveAnon]);
    }

    /// <summary>Runs a scheme for all memory of one fixed range for two aggregations.</summary>
    private static SimulatedHost Run(SchemeAction action, ulong start, ulong end, ulong minRegionSize = Page)
    {
        KdamondSettings kdamond = VirtualHost.Kdamond(
            OperationsKind.Fvaddr, new TargetSettings([new AddressRange(start, end)], VirtualHost.Process)) with
        {
            Attributes = VirtualHost.Attributes with { MinNrRegions = 3, MaxNrRegions = 3 },
            MinRegionSize = minRegionSize,
            Schemes = [new SchemeSettings { Action = action }],
        };
        SimulatedHost host = new(VirtualHost.Host(kdamond, VirtualHost.Resident(Layout)));
        host.RunUntil(2 * VirtualHost.AggregationUs);
        return host;
    }
}
