using Damon.Actors.Runtime;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class AskTests
{
    private readonly World _world = new("host", 1);

    [Fact]
    public void The_reply_comes_at_once_inside_and_outside_of_handlers()
    {
        ActorRef node = Answering("node", (context, query) => query.Number + (int)context.Now.Microseconds);
        int reply = 0;
        ActorRef asker = _world.Spawn(Props.Create(() => new Scripted { OnNote = (_, _) => reply = node.Ask<Query, int>(new Query(1)) }), "asker");
        _world.ScheduleTell(At(40), asker, new Note("go"));
        _world.RunUntil(At(40));
        Assert.Equal(41, reply);
        Assert.Equal(42, node.Responder<Query, int>().Ask(new Query(2)));
        Assert.Equal(1, _world.Delivered);
    }

    [Fact]
    public void A_cycle_is_reported_with_the_chain_of_paths()
    {
        ActorRef? a = null;
        ActorRef c = Answering("c", (_, query) => a!.Ask<Query, int>(query));
        ActorRef b = Answering("b", (_, query) => c.Ask<Query, int>(query));
        a = _world.Spawn(Props.Create(() => new Scripted { OnNote = (_, _) => b.Ask<Query, int>(new Query(1)) }), "a");
        a.Tell(new Note("go"));
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => _world.RunUntil(At(0)));
        Assert.IsType<AskException>(error.Failure.Cause);
        Assert.Contains("/c asked /a for Int32 with Query, which closes a cycle of Asks: /a -> /b -> /c -> /a.", error.Message, StringComparison.Ordinal);
        Assert.Equal("/c", error.Failure.Actor);
    }

    [Fact]
    public void Asking_oneself_is_a_cycle()
    {
        ActorRef self = Answering("self", (context, query) => context.Self.Ask<Query, int>(query));
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => self.Ask<Query, int>(new Query(1)));
        Assert.Contains("/self -> /self", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_reply_the_same_actor_can_be_asked_again()
    {
        ActorRef node = Answering("node", (_, query) => query.Number);
        ActorRef relay = Answering("relay", (_, query) => node.Ask<Query, int>(query) + node.Ask<Query, int>(query));
        Assert.Equal(6, relay.Ask<Query, int>(new Query(3)));
        Assert.Equal(8, relay.Ask<Query, int>(new Query(4)));
    }

    [Fact]
    public void A_missing_handler_is_reported_with_both_actors_and_both_types()
    {
        ActorRef node = Answering("node", (_, query) => query.Number);
        ActorRef asker = _world.Spawn(Props.Create(() => new Scripted { OnNote = (_, _) => node.Ask<Query, string>(new Query(1)) }), "asker");
        asker.Tell(new Note("go"));
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => _world.RunUntil(At(0)));
        Assert.Contains("/asker asked /node for String with Query, but Scripted has no IRespond<Query, String>.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_actor_is_reported_also_through_a_responder_from_before()
    {
        ActorRef node = _world.Spawn(Props.Create(() => new Scripted { OnNote = (context, _) => context.Stop(context.Self) }), "node");
        Responder<Query, int> responder = node.Responder<Query, int>();
        node.Tell(new Note("go"));
        _world.RunUntil(At(0));
        Assert.True(node.IsStopped);
        AskException error = Assert.Throws<AskException>(() => responder.Ask(new Query(1)));
        Assert.Contains("code outside of any actor asked /node for Int32 with Query, but that actor has stopped.", error.Message, StringComparison.Ordinal);
        Assert.Throws<AskException>(() => node.Ask<Query, string>(new Query(1)));
    }

    [Fact]
    public void A_failing_responder_is_the_one_that_is_named()
    {
        ActorRef node = Answering("node", (_, _) => throw new InvalidOperationException("no such folio"));
        ActorRef asker = _world.Spawn(Props.Create(() => new Scripted { OnNote = (_, _) => node.Ask<Query, int>(new Query(7)) }), "asker");
        _world.ScheduleTell(At(1500), asker, new Note("go"));
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => _world.RunUntil(At(2000)));
        Assert.Equal("World 'host', at 0.0015s: actor /node failed on Query { Number = 7 }: InvalidOperationException: no such folio", error.Message);
        Assert.Equal("Query", error.Failure.MessageType);
    }

    [Fact]
    public void A_forgiven_responder_fails_the_ask_only()
    {
        ActorRef node = _world.Spawn(Props.Create(() => new Scripted
        {
            OnQuery = (_, query) => query.Number > 0 ? query.Number : throw new InvalidOperationException("odd"),
        }).WithSupervision(Supervision.Resume), "node");
        Assert.Contains("odd", Assert.Throws<AskException>(() => node.Ask<Query, int>(new Query(0))).Message, StringComparison.Ordinal);
        Assert.Equal(3, node.Ask<Query, int>(new Query(3)));
        Assert.Null(_world.Failure);
    }

    [Fact]
    public void Telling_an_actor_without_a_handler_is_an_error_of_the_sender()
    {
        ActorRef node = Answering("node", (_, query) => query.Number);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => node.Tell(new Query(1)));
        Assert.Contains("/node a Query, but Scripted has no IReceive<Query>", error.Message, StringComparison.Ordinal);
    }

    private ActorRef Answering(string name, Func<ActorContext, Query, int> reply) =>
        _world.Spawn(Props.Create(() => new Scripted { OnQuery = reply }), name);
}
