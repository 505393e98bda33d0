using Damon.Actors.Runtime;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class OrderTests
{
    private readonly World _world = new("host", 1);
    private readonly List<string> _log = [];

    [Fact]
    public void Due_time_comes_first_then_rank_then_number()
    {
        ActorRef high = Logger("high", 9);
        ActorRef low = Logger("low", 2);
        _world.ScheduleTell(At(20), low, new Note("late"));
        _world.ScheduleTell(At(10), high, new Note("a"));
        _world.ScheduleTell(At(10), low, new Note("b"));
        _world.ScheduleTell(At(10), low, new Note("c"));
        _world.RunUntil(At(30));
        Assert.Equal(["10 low b", "10 low c", "10 high a", "20 low late"], _log);
        Assert.Equal(At(30), _world.Now);
    }

    [Fact]
    public void Without_a_given_rank_the_order_of_spawn_decides()
    {
        ActorRef first = Logger("first");
        ActorRef second = Logger("second");
        second.Tell(new Note("x"));
        first.Tell(new Note("y"));
        _world.RunUntil(At(0));
        Assert.Equal(["0 first y", "0 second x"], _log);
    }

    [Fact]
    public void A_tell_is_delivered_at_the_same_instant_after_the_handler()
    {
        ActorRef second = Logger("second");
        ActorRef first = _world.Spawn(Props.Create(() => new Scripted
        {
            OnNote = (_, _) =>
            {
                second.Tell(new Note("reply"));
                _log.Add("handler ends");
            },
        }), "first");
        _world.ScheduleTell(At(7), first, new Note("go"));
        _world.RunUntil(At(7));
        Assert.Equal(["handler ends", "7 second reply"], _log);
    }

    [Fact]
    public void Who_is_due_while_time_is_spent_comes_at_the_time_reached_in_order_of_due_times()
    {
        ActorRef busy = _world.Spawn(Props.Create(() => new Scripted
        {
            OnNote = (context, _) =>
            {
                context.Spend(Us(100));
                context.Self.Tell(new Job(1));
            },
            OnJob = (context, _) => _log.Add($"{context.Now.Microseconds} busy job"),
        }), "busy");
        ActorRef low = Logger("low");
        ActorRef high = Logger("high", 100);
        busy.Tell(new Note("go"));
        _world.ScheduleTell(At(50), low, new Note("b"));
        _world.ScheduleTell(At(40), high, new Note("a"));
        _world.ScheduleTell(At(50), high, new Note("c"));
        _world.ScheduleTell(At(100), low, new Note("d"));
        _world.RunUntil(At(60));
        Assert.Equal(["100 high a", "100 low b", "100 high c"], _log);
        Assert.Equal(At(100), _world.Now);
        _world.RunUntil(At(100));
        Assert.Equal(["100 busy job", "100 low d"], _log[3..]);
    }

    [Fact]
    public void The_timetable_goes_before_a_late_sleeper_though_it_is_due_later()
    {
        ActorRef busy = _world.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Spend(Us(100)) }), "busy");
        ActorRef sleeper = Logger("sleeper");
        ActorRef host = Logger("host");
        busy.Tell(new Note("go"));
        _world.ScheduleTell(At(10), sleeper, new Note("wake"));
        _world.ScheduleSystem(At(101), host, new Note("after"));
        _world.ScheduleSystem(At(90), host, new Note("second"));
        _world.ScheduleSystem(At(80), host, new Note("first"));
        _world.RunUntil(At(200));
        Assert.Equal(["100 host first", "100 host second", "100 sleeper wake", "101 host after"], _log);
    }

    [Fact]
    public void The_timetable_goes_first_at_the_same_instant_whatever_the_rank()
    {
        ActorRef kdamond = Logger("kdamond");
        ActorRef host = Logger("host", 50);
        _world.ScheduleTell(At(10), kdamond, new Note("wake"));
        _world.ScheduleSystem(At(10), host, new Note("event"));
        _world.RunUntil(At(10));
        Assert.Equal(["10 host event", "10 kdamond wake"], _log);
    }

    [Fact]
    public void A_step_delivers_exactly_one_message()
    {
        ActorRef actor = Logger("actor");
        _world.ScheduleTell(At(5), actor, new Note("a"));
        _world.ScheduleTell(At(6), actor, new Note("b"));
        Assert.Equal(At(5), _world.NextDue);
        Assert.True(_world.Step());
        Assert.Equal(["5 actor a"], _log);
        Assert.Equal(At(5), _world.Now);
        Assert.True(_world.Step());
        Assert.False(_world.Step());
        Assert.True(_world.IsIdle);
        Assert.Null(_world.NextDue);
        Assert.Equal(2, _world.Delivered);
    }

    [Fact]
    public void A_world_is_not_run_from_a_handler()
    {
        ActorRef actor = _world.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.World.RunUntil(At(9)) }), "actor");
        actor.Tell(new Note("go"));
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => _world.RunUntil(At(1)));
        Assert.Contains("already running", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_past_another_world_and_time_spent_outside_of_handlers_are_refused()
    {
        ActorContext? leaked = null;
        ActorRef actor = _world.Spawn(Props.Create(() => new Scripted { Started = context => leaked = context }), "actor");
        _world.RunUntil(At(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => _world.ScheduleTell(At(4), actor, new Note("x")));
        Assert.Throws<ArgumentException>(() => new World("other", 1).ScheduleTell(At(4), actor, new Note("x")));
        Assert.Throws<InvalidOperationException>(() => leaked!.Spend(Us(1)));
        Assert.True(_world.IsIdle);
    }

    private ActorRef Logger(string name, int? rank = null)
    {
        Props props = Props.Create(() => new Scripted { OnNote = (context, note) => _log.Add($"{context.Now.Microseconds} {name} {note.Text}") });
        return _world.Spawn(rank is { } given ? props.WithRank(given) : props, name);
    }
}
