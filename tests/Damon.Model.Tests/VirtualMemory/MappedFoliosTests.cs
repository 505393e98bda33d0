using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Model.Tests.VirtualMemory;

/// <summary>What is done to folios that a page table leads to, on the LRU or not.</summary>
public sealed class MappedFoliosTests
{
    private const ulong OnLru = 0;
    private const ulong OffLru = 4096;
    private const ulong Locked = 2 * 4096;

    private static readonly ulong[] All = [OnLru, OffLru, Locked];
    private static readonly FolioFilterSet RejectYoung = FolioFilterSet.PassAll.Append(FolioFilter.RejectYoung);

    [Fact]
    public void Young_is_asked_of_any_folio_but_only_one_on_the_lru_is_made_old()
    {
        NodeMemory node = Node();
        node.MarkOld(All, nowUs: 5);
        bool[] young = new bool[3];

        node.CheckMapped(All, young, nowUs: 6);

        Assert.Equal([false, true, false], young);
    }

    [Fact]
    public void A_young_filter_makes_old_what_it_finds_young_if_that_is_on_the_lru()
    {
        NodeMemory node = Node();

        Assert.Equal([FolioVerdict.OnLru, FolioVerdict.None, FolioVerdict.OnLru], Judge(node));
        Assert.Equal(
            [FolioVerdict.OnLru | FolioVerdict.Passes, FolioVerdict.None, FolioVerdict.OnLru | FolioVerdict.Passes], Judge(node));
    }

    [Fact]
    public void Gathering_takes_what_is_on_the_lru_and_locked_folios_only_when_asked_to()
    {
        NodeMemory node = Node();

        node.Gather(All, unevictableToo: false);
        Assert.Equal(1, node.GatheredCount);
        node.PutBackGathered();
        node.Gather(All, unevictableToo: true);
        Assert.Equal(2, node.GatheredCount);
    }

    [Fact]
    public void Cooling_deactivates_and_clears_the_accessed_bit_but_leaves_the_idle_flag()
    {
        NodeMemory node = Node();

        node.Cool(All, nowUs: 5);

        Assert.Equal(
            FolioFlags.Mapped | FolioFlags.OnLru | FolioFlags.Anon, node.Inspect(OnLru >> 12).Flags);
        Assert.Equal(FolioFlags.Mapped | FolioFlags.Accessed | FolioFlags.Active | FolioFlags.Anon, node.Inspect(OffLru >> 12).Flags);
        Assert.True(node.Inspect(Locked >> 12).Active);
        Assert.Equal(1, node.Counters.LruPages(LruList.InactiveAnon));
        Assert.True(node.Counters.SameAs(node.Recount()));
    }

    private static FolioVerdict[] Judge(NodeMemory node)
    {
        FolioVerdict[] verdicts = new FolioVerdict[3];
        node.Judge(All, RejectYoung, verdicts, nowUs: 5);
        return verdicts;
    }

    /// <summary>A node with an active folio on the LRU, one off it, and a locked one; all accessed.</summary>
    private static NodeMemory Node()
    {
        const FolioFlags Common = FolioFlags.Mapped | FolioFlags.Accessed | FolioFlags.Active | FolioFlags.Anon;
        NodeMemory node = new(0, 16, new TouchOracle());
        node.PlaceAt(OnLru >> 12, 0, new FolioTemplate(default, Common | FolioFlags.OnLru));
        node.PlaceAt(OffLru >> 12, 1, new FolioTemplate(default, Common));
        node.PlaceAt(Locked >> 12, 2, new FolioTemplate(default, Common | FolioFlags.OnLru | FolioFlags.Unevictable));
        return node;
    }
}
