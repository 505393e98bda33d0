using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Tests.VirtualMemory;

/// <summary>What a memcg answers about the address spaces of its processes.</summary>
public sealed class AddressSpaceProtocolTests
{
    private const ulong Page = 4096;

    private static readonly VmaLayout TwoMappings = new(
        [new(10 * Page, 14 * Page, 0, FirstPage: 0), new(100 * Page, 104 * Page, 0, FirstPage: 4)]);

    [Fact]
    public void New_mappings_free_what_they_leave_out()
    {
        SimulatedHost host = Host();
        ProcessEntry process = host.Map.Process(VirtualHost.Process)!.Value;

        PagesChanged freed = process.Memcg.Ask<ReplaceVmas, PagesChanged>(
            new ReplaceVmas(process.Index, new VmaLayout([new(50 * Page, 52 * Page, 0, FirstPage: 1)])));

        Assert.Equal(6UL, freed.Pages);
        Assert.Equal([50 * Page, 51 * Page], VirtualHost.Folios(host).Select(folio => folio.Address));
        Assert.Equal(2 * Page, host.Sample().Nodes[0].UsedBytes);
    }

    [Fact]
    public void An_exit_frees_everything_and_nothing_comes_back()
    {
        SimulatedHost host = Host();
        ProcessEntry process = host.Map.Process(VirtualHost.Process)!.Value;

        process.Memcg.Ask<ExitProcess, PagesChanged>(new ExitProcess(process.Index));
        process.Memcg.Ask<ReplaceVmas, PagesChanged>(new ReplaceVmas(process.Index, TwoMappings));
        process.Memcg.Ask<AllocatePages, PagesChanged>(new AllocatePages(process.Index, 0, 8, new NodeId(0), null, 0, false));

        Assert.False(process.Memcg.Ask<ReadIsAlive, bool>(new ReadIsAlive(process.Index)));
        Assert.Null(process.Memcg.Ask<FindThreeRegions, ThreeRegions?>(new FindThreeRegions(process.Index)));
        Assert.Empty(VirtualHost.Folios(host));
        Assert.Equal(0UL, host.Sample().Nodes[0].UsedBytes);
    }

    [Fact]
    public void A_sample_is_young_until_it_is_made_old()
    {
        SimulatedHost host = Host();
        ProcessEntry process = host.Map.Process(VirtualHost.Process)!.Value;
        ulong[] samples = [11 * Page, 20 * Page, 13 * Page, 101 * Page];

        process.Memcg.Ask<MarkOldMapped, Done>(new MarkOldMapped(process.Index, samples.AsMemory(0, 3)));
        bool[] young = [true, true, true, true];
        process.Memcg.Ask<CheckYoungMapped, Done>(new CheckYoungMapped(process.Index, samples, young));

        Assert.Equal([false, false, false, true], young);
    }

    [Fact]
    public void A_range_is_mapped_when_all_of_it_is()
    {
        SimulatedHost host = Host();
        ProcessEntry process = host.Map.Process(VirtualHost.Process)!.Value;

        Assert.True(process.Memcg.Ask<ReadIsMapped, bool>(new ReadIsMapped(process.Index, 11 * Page, 14 * Page)));
        Assert.False(process.Memcg.Ask<ReadIsMapped, bool>(new ReadIsMapped(process.Index, 11 * Page, 15 * Page)));
    }

    [Fact]
    public void A_walk_goes_on_where_there_was_no_more_room()
    {
        SimulatedHost host = Host();
        ProcessEntry process = host.Map.Process(VirtualHost.Process)!.Value;
        MappedFolio[] folios = new MappedFolio[3];

        PageTableWalked first = Walk(0);
        PageTableWalked second = Walk(first.Next);

        Assert.Equal(new PageTableWalked(3, 13 * Page), first);
        Assert.Equal(new PageTableWalked(3, 102 * Page), second);
        Assert.Equal(new PageTableWalked(2, 1000 * Page), Walk(second.Next));

        PageTableWalked Walk(ulong from) => process.Memcg.Ask<WalkPageTable, PageTableWalked>(
            new WalkPageTable(process.Index, from, 1000 * Page, folios));
    }

    private static SimulatedHost Host()
    {
        KdamondSettings kdamond = VirtualHost.Kdamond(
            OperationsKind.Fvaddr, new TargetSettings([new AddressRange(10 * Page, 14 * Page)], VirtualHost.Process));
        return new SimulatedHost(VirtualHost.Host(kdamond, VirtualHost.Resident(TwoMappings)));
    }
}
