using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.Tests.Hosts;
using Damon.Model;
using Damon.Model.Memory;
using Damon.Model.Workloads;

namespace Damon.Actors.Tests.Memory;

/// <summary>A cgroup's protocol; the nodes are probes.</summary>
public sealed class MemcgTests
{
    private const FolioFlags Anon = FolioFlags.Anon | FolioFlags.Mapped | FolioFlags.OnLru;

    private readonly ProbedHost _probed = new();
    private readonly List<(int Node, bool[] Wanted, FolioTemplate Template)> _allocations = [];
    private readonly List<(int Node, ulong[] Pfns)> _freed = [];
    private readonly int[] _room = [100, 100];

    public MemcgTests()
    {
        _probed.ReplyOfNodes((PublishPattern _) => default(Done));
        _probed.ReplyOfNodes((PlaceFolios _) => default(Done));
        for (int i = 0; i < _probed.Nodes.Length; i++)
        {
            int node = i;
            _probed.Reply(_probed.Nodes[i], (AllocateFolios request) => Allocate(node, request));
            _probed.Reply(_probed.Nodes[i], (FreeFolios request) =>
            {
                _freed.Add((node, request.Pfns.ToArray()));
                return default(Done);
            });
        }
    }

    [Fact]
    public void At_the_start_patterns_go_to_all_nodes_and_placements_to_the_node_that_has_the_frames()
    {
        TouchRule rule = new(new PageSet(0, 8), TimeWindow.Always, periodUs: 1_000);
        PagePlacement placement = new()
        {
            FirstPage = 2,
            Count = 3,
            FirstPfn = ProbedHost.FirstPfnOfNode1 + 1,
            PfnStep = 2,
            Kind = new FolioKind(Anon: true, Active: true, Unevictable: false, Mapped: true, Huge: false),
            Accessed = true,
        };
        ActorRef memcg = Spawn(second: new ProcessSettings
        {
            Name = "second",
            NrPages = 8,
            Memcg = ProbedHost.MemcgId,
            Placements = [placement],
            Rules = [rule],
        });

        PublishPattern published = _probed.Asked.Select(one => one.Request).OfType<PublishPattern>().Last();
        Assert.Equal((ProbedHost.BasePageOfProcess1, 8U), (published.BasePage, published.Pattern.PageCount));
        Assert.Same(rule, Assert.Single(published.Pattern.Rules));
        PlaceFolios placed = Assert.IsType<PlaceFolios>(_probed.Asked[^1].Request);
        Assert.Equal(
            (ProbedHost.FirstPfnOfNode1 + 1, 2UL, ProbedHost.BasePageOfProcess1 + 2, 3U),
            (placed.FirstPfn, placed.PfnStep, placed.FirstOwner, placed.Count));
        Assert.Equal(ProbedHost.MemcgId, placed.Template.Memcg);
        Assert.Equal(Anon | FolioFlags.Active | FolioFlags.Accessed, placed.Template.Flags);
        string[] toBoth = ["/node-0 PublishPattern", "/node-1 PublishPattern"];
        Assert.Equal([.. toBoth, .. toBoth, "/node-1 PlaceFolios"], _probed.TakeAsked());

        Assert.Equal(
            Hash([NodeMemory.NoPfn, NodeMemory.NoPfn, 33, 35, 37, NodeMemory.NoPfn, NodeMemory.NoPfn, NodeMemory.NoPfn]),
            Placement(memcg, process: 1));
    }

    [Fact]
    public void What_a_node_has_no_room_for_is_asked_of_the_fallback()
    {
        ActorRef memcg = Spawn();
        _room[0] = 2;
        _probed.World.Advance(VirtualDuration.FromMicroseconds(55));

        Assert.Equal(new PagesChanged(4), Allocate(memcg, firstPage: 1, count: 4, fallback: 1));
        Assert.Equal([0, 1], _allocations.Select(one => one.Node));
        Assert.Equal([true, true, true, true], _allocations[0].Wanted);
        Assert.Equal([false, false, true, true], _allocations[1].Wanted);
        Assert.Equal(55L, _allocations[0].Template.ClearedAtUs);
        Assert.True(_allocations[0].Template.Flags.HasFlag(Anon | FolioFlags.Accessed));
    }

    [Fact]
    public void Resident_pages_are_not_allocated_again_and_without_a_fallback_the_rest_goes_without()
    {
        ActorRef memcg = Spawn();
        _room[0] = 3;
        Assert.Equal(new PagesChanged(2), Allocate(memcg, firstPage: 0, count: 2));
        Assert.Equal(new PagesChanged(1), Allocate(memcg, firstPage: 0, count: 4));

        Assert.Equal([false, false, true, true], _allocations[1].Wanted);
        Assert.All(_allocations, one => Assert.Equal(0, one.Node));
    }

    [Fact]
    public void Pages_follow_what_nodes_say_of_them()
    {
        ActorRef memcg = Spawn();
        _room[0] = 3;
        Allocate(memcg, firstPage: 0, count: 3);
        memcg.Ask<RemapPages, Done>(new RemapPages(new uint[] { 0, 2 }, new ulong[] { 40, NodeMemory.NoPfn }));

        Assert.Equal(Hash([40, 1, .. Enumerable.Repeat(NodeMemory.NoPfn, 6)]), Placement(memcg, process: 0));
        Assert.Equal(Hash([.. Enumerable.Repeat(NodeMemory.NoPfn, 8)]), Placement(memcg, process: 1));
    }

    [Fact]
    public void Freed_pages_are_given_back_to_the_nodes_that_have_them_once()
    {
        ActorRef memcg = Spawn();
        Allocate(memcg, firstPage: 0, count: 4);
        memcg.Ask<RemapPages, Done>(new RemapPages(new uint[] { 1 }, new ulong[] { 40 }));

        Assert.Equal(new PagesChanged(3), memcg.Ask<FreePages, PagesChanged>(new FreePages(0, 0, 3)));
        Assert.Equal((0, 1), (_freed[0].Node, _freed[1].Node));
        Assert.Equal([0UL, 2], _freed[0].Pfns);
        Assert.Equal([40UL], _freed[1].Pfns);
        Assert.Equal(default, memcg.Ask<FreePages, PagesChanged>(new FreePages(0, 0, 3)));
        Assert.Equal(2, _freed.Count);
    }

    [Fact]
    public void Usage_is_the_nodes_business()
    {
        ActorRef memcg = Spawn();
        _probed.TakeAsked();
        _probed.ReplyOfNodes((ReadMemcgUsage request) => new MemcgUsage(request.Memcg.Value, 9));

        Assert.Equal(new MemcgUsage(7, 9), memcg.Ask<ReadUsageOnNode, MemcgUsage>(new ReadUsageOnNode(new NodeId(1))));
        Assert.Equal(default, memcg.Ask<ReadUsageOnNode, MemcgUsage>(new ReadUsageOnNode(new NodeId(2))));
        Assert.Equal(["/node-1 ReadMemcgUsage"], _probed.TakeAsked());
    }

    private ActorRef Spawn(ProcessSettings? second = null)
    {
        HostSettings settings = second is null
            ? _probed.Settings
            : _probed.Settings with { Processes = [_probed.Settings.Processes[0], second] };
        return _probed.World.Spawn(Props.Create(() => new Memcg(ProbedHost.MemcgId, settings, _probed.Map)), "memcg");
    }

    private static PagesChanged Allocate(ActorRef memcg, uint firstPage, uint count, int? fallback = null) =>
        memcg.Ask<AllocatePages, PagesChanged>(new AllocatePages(
            0, firstPage, count, new NodeId(0), fallback is { } node ? new NodeId(node) : null, Anon, Huge: false));

    private static ulong Placement(ActorRef memcg, int process) =>
        memcg.Ask<HashPlacement, ulong>(new HashPlacement(process, 0xcbf29ce484222325));

    /// <summary>Frames in order from the node's first one, while it has room.</summary>
    private int Allocate(int node, in AllocateFolios request)
    {
        _allocations.Add((node, request.Wanted.ToArray(), request.Template));
        int allocated = 0;
        ulong next = (ulong)node * ProbedHost.FirstPfnOfNode1;
        for (int i = 0; i < request.Wanted.Length; i++)
        {
            bool gets = request.Wanted.Span[i] && _room[node] > 0;
            request.Pfns.Span[i] = gets ? next++ : NodeMemory.NoPfn;
            if (!gets) continue;
            _room[node]--;
            allocated++;
        }

        return allocated;
    }

    private static ulong Hash(ulong[] pfns)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (ulong pfn in pfns)
            for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ ((pfn >> shift) & 0xff)) * 0x100000001b3;
        return hash;
    }
}
