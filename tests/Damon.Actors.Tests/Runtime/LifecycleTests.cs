using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class LifecycleTests
{
    private readonly TestWorld _test = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Paths_and_ranks_follow_the_spawn()
    {
        ActorRef? child = null;
        ActorRef parent = _test.Spawn(Props.Create(() => new Scripted
        {
            Started = context =>
            {
                child = context.Spawn(Logging("node"), "node-0");
                Assert.Null(context.Parent);
            },
        }), "host");
        Assert.Equal("/host/node-0", child!.Path);
        Assert.Equal((0, 1), (parent.Rank, child.Rank));
        Assert.Equal(7, _test.Spawn(Logging("x").WithRank(7), "x").Rank);
        Assert.Equal(["start node", "start x"], _log);
    }

    [Fact]
    public void Stopping_an_actor_stops_its_children_first_the_youngest_first()
    {
        TestProbe grandparent = _test.CreateProbe();
        ActorRef parent = grandparent.SpawnChild(Props.Create(() => new Scripted
        {
            Started = context =>
            {
                context.Spawn(Logging("a"), "a");
                context.Spawn(Logging("b"), "b");
            },
            OnNote = (context, _) =>
            {
                context.Stop(context.Self);
                _log.Add("handler goes on");
            },
            Stopped = (_, reason) => _log.Add($"stop parent {reason}"),
        }), "parent");
        parent.Tell(new Note("stop"));
        grandparent.ExpectMessage(new Terminated(parent, StopReason.Stopped));
        Assert.Equal(["start a", "start b", "handler goes on", "stop b Stopped", "stop a Stopped", "stop parent Stopped"], _log);
    }

    [Fact]
    public void Only_itself_and_its_children_can_be_stopped_by_an_actor()
    {
        ActorRef other = _test.Spawn(Logging("other"), "other");
        ActorRef actor = _test.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Stop(other) }), "actor");
        actor.Tell(new Note("go"));
        Assert.Contains("but not /other", Assert.Throws<WorldFailedException>(_test.Settle).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_unique_among_the_living()
    {
        ActorRef first = _test.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Stop(context.Self) }), "a");
        Assert.Throws<ArgumentException>(() => _test.Spawn(Logging("a"), "a"));
        Assert.Throws<ArgumentException>(() => _test.Spawn(Logging("a"), "a/b"));
        first.Tell(new Note("stop"));
        _test.Settle();
        Assert.NotSame(first, _test.Spawn(Logging("a"), "a"));
    }

    [Fact]
    public void A_factory_must_make_new_instances()
    {
        Scripted shared = new();
        _test.Spawn(Props.Create(() => shared), "a");
        Assert.Contains("already in use", Assert.Throws<WorldFailedException>(() => _test.Spawn(Props.Create(() => shared), "b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_the_world_stops_everybody_and_loses_what_is_under_way()
    {
        ActorRef a = _test.Spawn(Logging("a"), "a");
        _test.Spawn(Logging("b"), "b");
        _test.World.ScheduleTell(At(10), a, new Note("x"));
        _test.World.ScheduleTell(At(11), a, new Note("y")).Cancel();
        _test.World.Stop();
        Assert.Equal(["start a", "start b", "stop b WorldStopped", "stop a WorldStopped"], _log);
        Assert.Equal(1, _test.World.DeadLetters);
        Assert.True(_test.World.IsIdle);
        Assert.True(_test.World.IsStopped);
        _test.Advance(Us(100));
        Assert.Equal(At(0), _test.Now);
        Assert.Throws<InvalidOperationException>(() => _test.Spawn(Logging("c"), "c"));
    }

    [Fact]
    public void A_handler_can_stop_the_world_and_returns_first()
    {
        ActorRef a = _test.Spawn(Props.Create(() => new Scripted
        {
            OnNote = (context, _) =>
            {
                context.World.Stop();
                _log.Add("handler goes on");
            },
            Stopped = (_, reason) => _log.Add($"stop {reason}"),
        }), "a");
        a.Tell(new Note("stop"));
        a.Tell(new Note("never"));
        _test.Advance(Us(5));
        Assert.Equal(["handler goes on", "stop WorldStopped"], _log);
        Assert.Equal(1, _test.World.Delivered);
    }

    [Fact]
    public void Dead_letters_are_counted_and_seen()
    {
        List<DeadLetter> seen = [];
        _test.World.DeadLetterObserver = seen.Add;
        ActorRef a = _test.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Stop(context.Self) }), "a");
        _test.World.ScheduleTell(At(10), a, new Job(1));
        a.Tell(new Note("stop"));
        _test.Settle();
        a.Tell(new Job(2));
        Assert.False(_test.World.ScheduleTell(At(20), a, new Job(3)).IsActive);
        _test.Advance(Us(30));
        Assert.Equal([new DeadLetter(At(0), a, new Job(2)), new DeadLetter(At(0), a, new Job(3)), new DeadLetter(At(10), a, new Job(1))], seen);
        Assert.Equal(3, _test.World.DeadLetters);
        Assert.Equal(1, _test.World.Delivered);
    }

    [Fact]
    public void There_is_no_context_before_the_spawn()
    {
        Assert.Throws<InvalidOperationException>(() => new Scripted().Receive(new Note("x")));
    }

    private Props Logging(string name) => Props.Create(() => new Scripted
    {
        Started = _ => _log.Add($"start {name}"),
        Stopped = (_, reason) => _log.Add($"stop {name} {reason}"),
    });
}
