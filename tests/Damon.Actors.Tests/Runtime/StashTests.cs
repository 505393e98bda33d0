using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class StashTests
{
    private readonly TestWorld _test = new();
    private readonly List<string> _log = [];
    private bool _open;

    [Fact]
    public void Stashed_messages_come_again_in_order_and_before_later_ones()
    {
        ActorRef door = _test.Spawn(Door(), "door");
        foreach (string text in (string[])["a", "b", "open", "c"]) door.Tell(new Note(text));
        _test.Settle();
        Assert.Equal(["a", "b", "c"], _log);
    }

    [Fact]
    public void A_stashed_message_waits_as_long_as_it_takes()
    {
        ActorRef door = _test.Spawn(Door(), "door");
        door.Tell(new Note("a"));
        _test.Advance(Us(50));
        Assert.Empty(_log);
        Assert.True(_test.World.IsIdle);
        door.Tell(new Note("open"));
        _test.Settle();
        Assert.Equal(["a"], _log);
    }

    [Fact]
    public void A_message_is_stashed_once_and_only_while_it_is_received()
    {
        ActorRef twice = _test.Spawn(Props.Create(() => new Scripted
        {
            OnNote = (context, note) =>
            {
                context.Stash(note);
                context.Stash(note);
            },
        }).WithSupervision(Supervision.Resume), "twice");
        ActorRef other = _test.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Stash(new Job(1)) }).WithSupervision(Supervision.Resume), "other");
        twice.Tell(new Note("x"));
        other.Tell(new Note("x"));
        _test.Settle();
        Assert.Equal(2, _test.World.Failures);
    }

    [Fact]
    public void A_restart_brings_the_stash_back_and_a_stop_buries_it()
    {
        ActorRef restarted = _test.Spawn(Door().WithSupervision(Supervision.Restart), "restarted");
        restarted.Tell(new Note("a"));
        _test.Settle();
        _open = true;
        restarted.Tell(new Note("bad"));
        _test.Settle();
        Assert.Equal(["a"], _log);

        _open = false;
        ActorRef stopped = _test.Spawn(Door().WithSupervision(Supervision.Stop), "stopped");
        stopped.Tell(new Note("b"));
        stopped.Tell(new Note("bad"));
        _test.Settle();
        Assert.Equal(1, _test.World.DeadLetters);
    }

    private Props Door() => Props.Create(() => new Scripted
    {
        OnNote = (context, note) =>
        {
            if (note.Text == "bad") throw new InvalidOperationException("broken");
            if (note.Text == "open")
            {
                _open = true;
                context.UnstashAll();
            }
            else if (_open) _log.Add(note.Text);
            else context.Stash(note);
        },
    });
}
