using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class SupervisionTests
{
    private readonly TestWorld _test = new("host");
    private readonly List<string> _log = [];
    private int _instances;

    [Fact]
    public void By_default_a_failure_stops_the_world_and_says_who_when_and_on_what()
    {
        ActorRef fragile = _test.Spawn(Fragile(Supervision.StopWorld), "fragile");
        _test.World.ScheduleTell(At(10), fragile, new Note("bad"));
        _test.World.ScheduleTell(At(20), fragile, new Note("good"));
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => _test.World.RunUntil(At(30)));
        Assert.Equal("World 'host', at 0.00001s: actor /fragile failed on Note { Text = bad }: InvalidOperationException: broken", error.Message);
        Assert.Equal(At(10), _test.Now);
        Assert.Same(error.Failure, _test.World.Failure);
        Assert.Throws<WorldFailedException>(() => _test.World.RunUntil(At(30)));
        Assert.Throws<WorldFailedException>(() => _test.World.Step());
        Assert.DoesNotContain("1 good", _log);
    }

    [Fact]
    public void Stop_ends_that_actor_only_and_tells_its_parent()
    {
        TestProbe parent = _test.CreateProbe();
        ActorRef fragile = parent.SpawnChild(Fragile(Supervision.Stop), "fragile");
        ActorRef other = _test.Spawn(Fragile(Supervision.StopWorld), "other");
        fragile.Tell(new Note("bad"));
        fragile.Tell(new Note("good"));
        other.Tell(new Note("good"));
        parent.ExpectMessage(new Terminated(fragile, StopReason.Failed));
        _test.Settle();
        Assert.Equal(["start 1", "start 2", "stop 1 Failed", "2 good"], _log);
        Assert.True(fragile.IsStopped);
        Assert.Equal(1, _test.World.DeadLetters);
        Assert.Equal(1, _test.World.Failures);
    }

    [Fact]
    public void Restart_keeps_address_and_mailbox_and_loses_state_timers_and_the_failed_message()
    {
        ActorRef fragile = _test.Spawn(Fragile(Supervision.Restart), "fragile");
        Responder<Query, int> responder = fragile.Responder<Query, int>();
        Assert.Equal(1, responder.Ask(new Query(0)));
        fragile.Tell(new Note("timer"));
        fragile.Tell(new Note("bad"));
        fragile.Tell(new Note("good"));
        _test.Advance(Us(100));
        Assert.Equal(["start 1", "1 timer", "stop 1 Restarted", "start 2", "2 good"], _log);
        Assert.Equal(2, responder.Ask(new Query(0)));
        Assert.Equal(0, _test.World.DeadLetters);
    }

    [Fact]
    public void Resume_keeps_the_state()
    {
        ActorRef fragile = _test.Spawn(Fragile(Supervision.Resume), "fragile");
        List<WorldFailure> seen = [];
        _test.World.FailureObserver = seen.Add;
        fragile.Tell(new Note("bad"));
        fragile.Tell(new Note("good"));
        _test.Settle();
        Assert.Equal(["start 1", "1 good"], _log);
        Assert.Equal("/fragile", Assert.Single(seen).Actor);
    }

    [Fact]
    public void Escalate_makes_the_parent_fail_in_its_place()
    {
        int starts = 0;
        ActorRef? child = null;
        ActorRef parent = _test.Spawn(Props.Create(() => new Scripted
        {
            Started = context =>
            {
                starts++;
                child = context.Spawn(Fragile(Supervision.Escalate), "child");
            },
        }).WithSupervision(Supervision.Restart), "parent");
        ActorRef first = child!;
        first.Tell(new Note("bad"));
        _test.Settle();
        Assert.Equal(2, starts);
        Assert.False(parent.IsStopped);
        Assert.True(first.IsStopped);
        Assert.NotSame(first, child);
        Assert.Equal("/parent/child", child!.Path);
        child.Tell(new Note("good"));
        _test.Settle();
        Assert.Equal(["start 1", "stop 1 Stopped", "start 2", "2 good"], _log);
    }

    [Fact]
    public void Escalate_while_the_parent_is_asking_waits_until_its_handler_has_returned()
    {
        ActorRef? child = null;
        ActorRef parent = _test.Spawn(Props.Create(() => new Scripted
        {
            Started = context => child = context.Spawn(Fragile(Supervision.Escalate), "child"),
            OnNote = (_, _) =>
            {
                Assert.Throws<AskException>(() => child!.Ask<Query, int>(new Query(-1)));
                _log.Add("handler goes on");
            },
        }).WithSupervision(Supervision.Stop), "parent");
        parent.Tell(new Note("ask"));
        _test.Settle();
        Assert.Equal(["start 1", "handler goes on", "stop 1 Stopped"], _log);
        Assert.True(parent.IsStopped);
        Assert.True(child!.IsStopped);
    }

    [Fact]
    public void Escalate_without_a_parent_stops_the_world()
    {
        ActorRef fragile = _test.Spawn(Fragile(Supervision.Escalate), "fragile");
        fragile.Tell(new Note("bad"));
        Assert.Equal("/fragile", Assert.Throws<WorldFailedException>(_test.Settle).Failure.Actor);
    }

    [Theory]
    [InlineData(Supervision.Resume)]
    [InlineData(Supervision.Restart)]
    [InlineData(Supervision.Stop)]
    public void A_failure_to_start_stops_the_world_whatever_the_supervision(Supervision supervision)
    {
        Props props = Props.Create(() => new Scripted { Started = _ => throw new InvalidOperationException("no memory") }).WithSupervision(supervision);
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => _test.Spawn(props, "a"));
        Assert.Equal("OnStart", error.Failure.MessageType);
    }

    [Fact]
    public void A_failure_to_stop_is_reported()
    {
        _test.Spawn(Props.Create(() => new Scripted { Stopped = (_, _) => throw new InvalidOperationException("stuck") }), "a");
        Assert.Equal("OnStop", Assert.Throws<WorldFailedException>(_test.World.Stop).Failure.MessageType);
    }

    [Fact]
    public void A_failure_inside_an_ask_cannot_be_swallowed_by_the_asker()
    {
        ActorRef fragile = _test.Spawn(Fragile(Supervision.StopWorld), "fragile");
        ActorRef asker = _test.Spawn(Props.Create(() => new Scripted { OnNote = (_, _) => Assert.ThrowsAny<Exception>(() => fragile.Ask<Query, int>(new Query(-1))) }), "asker");
        asker.Tell(new Note("go"));
        Assert.Equal("/fragile", Assert.Throws<WorldFailedException>(_test.Settle).Failure.Actor);
    }

    private Props Fragile(Supervision supervision) => Props.Create(() =>
    {
        int instance = ++_instances;
        return new Scripted
        {
            Started = _ => _log.Add($"start {instance}"),
            Stopped = (_, reason) => _log.Add($"stop {instance} {reason}"),
            OnQuery = (_, query) => query.Number >= 0 ? instance : throw new InvalidOperationException("broken"),
            OnNote = (context, note) =>
            {
                if (note.Text == "bad") throw new InvalidOperationException("broken");
                if (note.Text == "timer") context.StartPeriodicTimer("tick", new Note("tick"), Us(10));
                _log.Add($"{instance} {note.Text}");
            },
        };
    }).WithSupervision(supervision);
}
