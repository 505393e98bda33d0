using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using Damon.Model;
using Damon.Model.Memory;

namespace Damon.Actors.Tests.Hosts;

public sealed class HostTests
{
    private static readonly FolioKind Anon = new(Anon: true, Active: false, Unevictable: false, Mapped: true, Huge: true);

    [Fact]
    public void Events_are_carried_out_at_their_times_and_at_equal_times_in_their_order()
    {
        ProbedHost probed = new();
        TestProbe kdamond = probed.World.CreateProbe("kdamond-0");
        probed.Map.Kdamonds.Add(kdamond.Ref);
        probed.ReplyOfNodes((InflateBalloon _) => default(Done));
        probed.Reply(probed.Memcg, (FreePages _) => new PagesChanged(1));
        probed.Reply(probed.Memcg, (AllocatePages _) => new PagesChanged(1));
        probed.Reply(kdamond, (RequestControl _) => default(Done));
        PauseEvent pause = new(30, Kdamond: 0, Paused: true);
        Spawn(probed, probed.Settings with
        {
            Events =
            [
                new BalloonEvent(20, new NodeId(1), Pages: 5),
                pause,
                new FreeEvent(10, Process: 1, FirstPage: 2, Count: 3),
                new BalloonEvent(30, new NodeId(0), Pages: 6),
                new AllocateEvent(30, Process: 0, FirstPage: 4, Count: 1, new NodeId(0), new NodeId(1), Anon),
            ],
        });
        probed.World.Advance(VirtualDuration.FromMilliseconds(1));

        AllocatePages allocate = new(0, 4, 1, new NodeId(0), new NodeId(1), Anon.ToFlags(), Huge: true);
        Assert.Equal(
            [
                (10, "/memcg-7", new FreePages(1, 2, 3)),
                (20, "/node-1", new InflateBalloon(5)),
                (30, "/kdamond-0", new RequestControl(pause)),
                (30, "/node-0", new InflateBalloon(6)),
                (30, "/memcg-7", allocate),
            ],
            probed.Asked);
        Assert.True(allocate.Flags.HasFlag(FolioFlags.Anon | FolioFlags.Mapped));
    }

    [Fact]
    public void A_balloon_on_a_node_that_does_not_exist_is_nothing()
    {
        ProbedHost probed = new();
        Spawn(probed, probed.Settings with { Events = [new BalloonEvent(1, new NodeId(9), Pages: 5)] });
        probed.World.Advance(VirtualDuration.FromMilliseconds(1));

        Assert.Empty(probed.Asked);
    }

    [Fact]
    public void The_split_state_is_zero_at_first_and_then_what_was_written()
    {
        ProbedHost probed = new();
        ActorRef host = Spawn(probed, probed.Settings);
        Assert.Equal(default, host.Ask<ReadSplitState, SplitState>(default));

        host.Ask<WriteSplitState, Done>(new WriteSplitState(new SplitState(3, 44)));
        Assert.Equal(new SplitState(3, 44), host.Ask<ReadSplitState, SplitState>(default));
    }

    [Fact]
    public void Pressure_from_outside_adds_up_over_time()
    {
        ProbedHost probed = new();
        ActorRef host = Spawn(probed, probed.Settings with
        {
            Psi = [new PsiSegment(0, 1_000_000, 1_000), new PsiSegment(500_000, 2_000_000, 10_000)],
        });
        ulong[] totals = new ulong[3];
        for (int i = 0; i < totals.Length; i++)
        {
            totals[i] = host.Ask<ReadPsi, ulong>(default);
            probed.World.Advance(VirtualDuration.FromSeconds(1));
        }

        Assert.Equal([0UL, 1_000 + 5_000, 1_000 + 15_000], totals);
    }

    private static ActorRef Spawn(ProbedHost probed, HostSettings settings) =>
        probed.World.Spawn(Props.Create(() => new Host(settings, probed.Map)), "the-host");
}
