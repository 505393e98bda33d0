using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Tests.Hosts;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Monitoring;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.Memory;

/// <summary>A node's protocol; the other node and the cgroup are probes.</summary>
public sealed class NumaNodeTests
{
    private const ulong Page = ProbedHost.Page;
    private const FolioFlags MappedAnon = FolioFlags.Mapped | FolioFlags.Anon | FolioFlags.OnLru;

    private readonly ProbedHost _probed = new();
    private readonly ActorRef _node;
    private readonly List<(uint Owner, ulong Pfn)> _remapped = [];

    public NumaNodeTests()
    {
        _node = _probed.World.Spawn(Props.Create(() => new NumaNode(new NodeId(0), _probed.Settings, _probed.Map)), "node");
        _probed.PutNode(0, _node);
        _probed.Reply(_probed.Memcg, (RemapPages moves) =>
        {
            for (int i = 0; i < moves.Owners.Length; i++) _remapped.Add((moves.Owners.Span[i], moves.Pfns.Span[i]));
            return default(Done);
        });
    }

    [Fact]
    public void A_folio_is_young_when_it_was_touched_after_it_was_made_old()
    {
        Place(0, 3, MappedAnon | FolioFlags.Accessed);
        TouchRule rule = new(new PageSet(1, 1), TimeWindow.Always, periodUs: 10_000);
        _node.Ask<PublishPattern, Done>(new PublishPattern(0, new ProcessPattern(8, [rule])));
        Assert.Equal([true, true, true, false], Young());

        _probed.World.Advance(VirtualDuration.FromMilliseconds(1));
        _node.Ask<MarkOld, Done>(new MarkOld(Addresses));
        _probed.World.Advance(VirtualDuration.FromMilliseconds(5));
        Assert.Equal([false, false, false, false], Young());

        _probed.World.Advance(VirtualDuration.FromMilliseconds(5));
        Assert.Equal([false, true, false, false], Young());
    }

    [Fact]
    public void Reclaimed_folios_are_free_and_their_cgroup_is_told()
    {
        Place(0, 4, MappedAnon);
        Place(4, 1, MappedAnon | FolioFlags.Unevictable);
        WalkResult walk = Walk(0, 8, WalkAction.Pageout);
        Assert.Equal(5 * Page, walk.PassedBytes);
        Assert.Equal(0UL, walk.AppliedBytes);

        Assert.Equal(new PagesChanged(4), _node.Ask<ReclaimGathered, PagesChanged>(default));
        Assert.Equal([0U, 1, 2, 3], _remapped.Select(move => move.Owner).Order().ToArray());
        Assert.All(_remapped, move => Assert.Equal(NodeMemory.NoPfn, move.Pfn));
        Assert.Single(_probed.TakeAsked());

        var usage = _node.Ask<ReadNodeUsage, NodeUsage>(default);
        Assert.Equal((16UL, 15UL, 4UL), (usage.Total, usage.Free, usage.Reclaimed));
    }

    [Fact]
    public void Migrating_asks_the_target_to_adopt_and_tells_the_cgroup_what_moved()
    {
        Place(0, 3, MappedAnon);
        List<FolioRecord> offered = [];
        _probed.Reply(_probed.Nodes[1], (AdoptFolios adopt) =>
        {
            // Room for all but the second.
            offered.AddRange(adopt.Folios.Span);
            for (int i = 0; i < adopt.Folios.Length; i++) adopt.NewPfns.Span[i] = i == 1 ? NodeMemory.NoPfn : 40UL + (ulong)i;
            return new PagesChanged(2);
        });
        Walk(0, 16, WalkAction.Gather);

        Assert.Equal(new PagesChanged(2), _node.Ask<MigrateGathered, PagesChanged>(new MigrateGathered(new NodeId(1))));
        Assert.Equal([2UL, 1, 0], offered.Select(folio => folio.Pfn));
        Assert.All(offered, folio => Assert.Equal(ProbedHost.MemcgId, folio.Memcg));
        Assert.Equal([(2U, 40UL), (0U, 42UL)], _remapped);
        Assert.Equal(["/node-1 AdoptFolios", "/memcg-7 RemapPages"], _probed.TakeAsked());

        var usage = _node.Ask<ReadNodeUsage, NodeUsage>(default);
        Assert.Equal((15UL, 2UL, 1UL), (usage.Free, usage.MigratedOut, usage.InactiveLru));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1)]
    public void Migrating_to_the_node_itself_or_to_none_puts_all_back(int target)
    {
        Place(0, 3, MappedAnon);
        Walk(0, 16, WalkAction.Gather);

        Assert.Equal(default, _node.Ask<MigrateGathered, PagesChanged>(new MigrateGathered(new NodeId(target))));
        Assert.Empty(_probed.TakeAsked());
        Assert.Equal(3UL, _node.Ask<ReadNodeUsage, NodeUsage>(default).InactiveLru);
    }

    [Fact]
    public void Adopted_folios_take_the_lowest_free_frames_while_there_are_any()
    {
        Place(0, 14, MappedAnon);
        ulong[] newPfns = new ulong[3];
        FolioRecord[] folios = [.. Enumerable.Range(0, 3).Select(i => new FolioRecord(
            40UL + (ulong)i, ProbedHost.BasePageOfProcess1 + (uint)i, ProbedHost.MemcgId, MappedAnon, Huge: false, ClearedAtUs: 0))];

        Assert.Equal(new PagesChanged(2), _node.Ask<AdoptFolios, PagesChanged>(new AdoptFolios(folios, newPfns)));
        Assert.Equal([14UL, 15, NodeMemory.NoPfn], newPfns);
        var usage = _node.Ask<ReadNodeUsage, NodeUsage>(default);
        Assert.Equal((0UL, 2UL), (usage.Free, usage.MigratedIn));
    }

    [Fact]
    public void Only_wanted_pages_get_frames()
    {
        Place(0, 14, MappedAnon);
        ulong[] pfns = new ulong[4];
        AllocateFolios request = new(
            ProbedHost.BasePageOfProcess1, new[] { true, false, true, true }, new FolioTemplate(ProbedHost.MemcgId, MappedAnon), pfns);

        Assert.Equal(2, _node.Ask<AllocateFolios, int>(request));
        Assert.Equal([14UL, NodeMemory.NoPfn, 15, NodeMemory.NoPfn], pfns);
    }

    [Fact]
    public void Usage_is_told_by_list_by_cgroup_and_by_range()
    {
        Place(0, 2, MappedAnon);
        Place(2, 3, MappedAnon | FolioFlags.Active);
        Place(5, 1, FolioFlags.OnLru | FolioFlags.Unevictable);
        Place(6, 1, FolioFlags.Anon);
        _node.Ask<InflateBalloon, Done>(new InflateBalloon(4));

        var usage = _node.Ask<ReadNodeUsage, NodeUsage>(default);
        Assert.Equal((5UL, 3UL, 2UL), (usage.Free, usage.ActiveLru, usage.InactiveLru));
        ulong[] lists = _node.Ask<ReadLruLists, ulong[]>(default);
        Assert.Equal(2UL, lists[(int)LruList.InactiveAnon]);
        Assert.Equal(3UL, lists[(int)LruList.ActiveAnon]);
        Assert.Equal(0UL, lists[(int)LruList.InactiveFile]);
        Assert.Equal(1UL, lists[(int)LruList.Unevictable]);
        Assert.Equal(new MemcgUsage(5, 7), _node.Ask<ReadMemcgUsage, MemcgUsage>(new ReadMemcgUsage(ProbedHost.MemcgId)));
        Assert.Equal(default, _node.Ask<ReadMemcgUsage, MemcgUsage>(new ReadMemcgUsage(new MemcgId(8))));

        // A folio counts with the part that overlaps.
        (ulong, ulong)[] ranges = [(Page / 2, 2 * Page), (4 * Page, 5 * Page)];
        Assert.Equal((Page / 2) + Page + Page, _node.Ask<SumLruBytes, ulong>(new SumLruBytes(ranges)));
    }

    [Fact]
    public void Freed_frames_are_free_and_the_balloon_gives_back()
    {
        Place(0, 4, MappedAnon);
        _node.Ask<FreeFolios, Done>(new FreeFolios(new ulong[] { 1, 3 }));
        Assert.Equal(14UL, _node.Ask<ReadNodeUsage, NodeUsage>(default).Free);

        _node.Ask<InflateBalloon, Done>(new InflateBalloon(100));
        Assert.Equal(0UL, _node.Ask<ReadNodeUsage, NodeUsage>(default).Free);
        _node.Ask<InflateBalloon, Done>(new InflateBalloon(10));
        Assert.Equal(4UL, _node.Ask<ReadNodeUsage, NodeUsage>(default).Free);
    }

    [Fact]
    public void Probes_hit_by_what_the_folio_is()
    {
        Place(0, 1, MappedAnon);
        Place(1, 1, FolioFlags.Mapped | FolioFlags.OnLru);
        Probe anon = new(1, [new ProbeFilter(ProbeFilterType.Anon, Matching: true, Allow: true)]);
        Probe ofMemcg = new(1, [new ProbeFilter(ProbeFilterType.Memcg, Matching: true, Allow: true, MemcgId: 7)]);
        byte[] hits = new byte[4];
        _node.Ask<ProbeFolios, Done>(new ProbeFolios(Addresses, [anon, ofMemcg], hits));

        Assert.Equal([0b11, 0b10, 0, 0], hits);
    }

    private static ulong[] Addresses { get; } = [0, Page + 5, 2 * Page, 9 * Page];

    private bool[] Young()
    {
        bool[] young = new bool[Addresses.Length];
        int count = _node.Ask<CheckYoung, int>(new CheckYoung(Addresses, young));
        Assert.Equal(young.Count(one => one), count);
        return young;
    }

    /// <summary>Puts folios at frames from <paramref name="first"/> on, for the pages with the same numbers.</summary>
    private void Place(uint first, uint count, FolioFlags flags) => _node.Ask<PlaceFolios, Done>(
        new PlaceFolios(first, PfnStep: 1, first, count, new FolioTemplate(ProbedHost.MemcgId, flags)));

    private WalkResult Walk(ulong firstPage, ulong endPage, WalkAction action) => _node.Ask<WalkFolios, WalkResult>(
        new WalkFolios(new WalkRequest(
            firstPage * Page, endPage * Page, FolioFilterSet.PassAll, action, NodeMemory.NoPfn, _probed.World.Now.Microseconds)));
}
