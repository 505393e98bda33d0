using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class TimerTests
{
    private readonly TestWorld _test = new();
    private readonly List<string> _log = [];
    private ActorContext? _context;

    [Fact]
    public void A_single_timer_fires_once()
    {
        Timed(context => context.StartSingleTimer("t", new Note("x"), Us(10)));
        Assert.True(_context!.Timers.IsActive("t"));
        _test.Advance(Us(100));
        Assert.Equal(["10 x"], _log);
        Assert.False(_context.Timers.IsActive("t"));
        Assert.False(_context.Timers.Cancel("t"));
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_cancelled()
    {
        Timed(context => context.StartPeriodicTimer("t", new Note("x"), Us(10)));
        _test.Advance(Us(35));
        Assert.True(_context!.Timers.Cancel("t"));
        _test.Advance(Us(100));
        Assert.Equal(["10 x", "20 x", "30 x"], _log);
        Assert.True(_test.World.IsIdle);
    }

    [Fact]
    public void A_periodic_timer_can_be_cancelled_by_the_message_it_sends()
    {
        Timed(context => context.StartPeriodicTimer("t", new Note("cancel"), Us(10)));
        _test.Advance(Us(100));
        Assert.Equal(["10 cancel"], _log);
        Assert.True(_test.World.IsIdle);
    }

    [Fact]
    public void A_new_timer_replaces_the_one_with_the_same_key_only()
    {
        Timed(context =>
        {
            context.StartSingleTimer("t", new Note("old"), Us(10));
            context.StartSingleTimer("u", new Note("other"), Us(15));
            context.StartSingleTimer("t", new Note("new"), Us(20));
        });
        _test.Advance(Us(100));
        Assert.Equal(["15 other", "20 new"], _log);
    }

    [Fact]
    public void A_late_periodic_timer_keeps_its_rate()
    {
        Timed(context => context.StartPeriodicTimer("t", new Note("x"), Us(10)));
        ActorRef busy = _test.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Spend(Us(25)) }), "busy");
        _test.World.ScheduleTell(At(5), busy, new Note("go"));
        _test.Advance(Us(50));
        Assert.Equal(["30 x", "30 x", "30 x", "40 x", "50 x"], _log);
    }

    [Fact]
    public void Timers_end_with_their_actor()
    {
        ActorRef actor = Timed(context => context.StartPeriodicTimer("t", new Note("x"), Us(10)));
        actor.Tell(new Note("stop"));
        _test.Advance(Us(100));
        Assert.Equal(["0 stop"], _log);
        Assert.Equal(0, _test.World.DeadLetters);
    }

    [Fact]
    public void A_cancelled_message_is_neither_delivered_nor_does_its_slot_confuse_the_next()
    {
        ActorRef actor = Timed(_ => { });
        ScheduledMessage first = _test.World.ScheduleTell(At(10), actor, new Note("first"));
        Assert.True(first.Cancel());
        Assert.False(first.Cancel());
        Assert.True(_test.World.IsIdle);
        ScheduledMessage second = _test.World.ScheduleTell(At(20), actor, new Note("second"));
        Assert.False(first.Cancel());
        Assert.True(second.IsActive);
        _test.Advance(Us(30));
        Assert.Equal(["20 second"], _log);
        Assert.Equal(1, _test.World.Delivered);
        Assert.False(default(ScheduledMessage).Cancel());
    }

    [Fact]
    public void A_timer_that_is_put_off_forever_does_not_fill_the_queue()
    {
        ActorRef actor = Timed(_ => { });
        long before = 0;
        for (int i = 0; i < 100_000; i++)
        {
            if (i == 1_000) before = GC.GetAllocatedBytesForCurrentThread();
            _context!.StartSingleTimer("watchdog", new Note("x"), VirtualDuration.FromSeconds(10));
        }
        // A byte a message would be 99,000: what the runtime itself allocates now and then on this thread is none of the queue's.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.False(actor.IsStopped);
        _test.Advance(VirtualDuration.FromSeconds(11));
        Assert.Equal(["10000000 x"], _log);
    }

    [Fact]
    public void A_period_is_positive()
    {
        ActorRef actor = Timed(_ => { });
        Assert.Throws<ArgumentOutOfRangeException>(() => _test.World.ScheduleTellRepeatedly(At(0), Us(0), actor, new Note("x")));
    }

    private ActorRef Timed(Action<ActorContext> start) => _test.Spawn(Props.Create(() => new Scripted
    {
        Started = context =>
        {
            _context = context;
            start(context);
        },
        OnNote = (context, note) =>
        {
            _log.Add($"{context.Now.Microseconds} {note.Text}");
            if (note.Text == "cancel") Assert.True(context.Timers.Cancel("t"));
            if (note.Text == "stop") context.Stop(context.Self);
        },
    }), "timed");
}
