using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

public class TestKitTests
{
    private readonly TestWorld _test = new();

    [Fact]
    public void A_probe_takes_any_message_and_waits_in_virtual_time()
    {
        TestProbe probe = _test.CreateProbe();
        _test.World.ScheduleTell(At(10), probe.Ref, new Note("a"));
        _test.World.ScheduleTell(At(20), probe.Ref, new Job(2));
        Assert.Equal(new Note("a"), probe.ExpectMessage<Note>());
        Assert.Equal(At(10), _test.Now);
        probe.ExpectMessage(new Job(2));
        Assert.Equal(At(20), probe.LastReceived);
        probe.ExpectNoMessage(Us(5));
        Assert.Equal(At(25), _test.Now);
    }

    [Fact]
    public void A_probe_complains_about_nothing_something_else_and_something_at_all()
    {
        TestProbe probe = _test.CreateProbe("p");
        Assert.Equal("/p expected Note until 0.00001s and got nothing.", Assert.Throws<ExpectationException>(() => probe.ExpectMessage<Note>(Us(10))).Message);
        Assert.Equal(At(10), _test.Now);
        probe.Ref.Tell(new Job(1));
        Assert.Equal("/p expected a Note and got Job { Id = 1 } at 0.00001s.", Assert.Throws<ExpectationException>(() => probe.ExpectMessage<Note>()).Message);
        probe.Ref.Tell(new Job(1));
        Assert.Throws<ExpectationException>(() => probe.ExpectMessage(new Job(2)));
        probe.Ref.Tell(new Job(3));
        Assert.Throws<ExpectationException>(() => probe.ExpectNoMessage());
    }

    [Fact]
    public void Fishing_skips_what_does_not_fit_and_ends_at_the_deadline()
    {
        TestProbe probe = _test.CreateProbe();
        for (int i = 1; i <= 5; i++) _test.World.ScheduleTell(At(i * 10), probe.Ref, new Job(i));
        Assert.Equal(3, probe.FishForMessage<Job>(job => job.Id == 3).Id);
        Assert.Throws<ExpectationException>(() => probe.FishForMessage<Job>(job => job.Id == 5, Us(15)));
        Assert.Equal(At(45), _test.Now);
    }

    [Fact]
    public void Receive_all_takes_what_is_due_now_only()
    {
        TestProbe probe = _test.CreateProbe();
        probe.Ref.Tell(new Job(1));
        probe.Ref.Tell(new Note("x"));
        _test.World.ScheduleTell(At(1), probe.Ref, new Job(2));
        Assert.Equal([new Job(1), new Note("x")], probe.ReceiveAll());
        Assert.Empty(probe.ReceiveAll());
    }

    [Fact]
    public void A_probe_answers_as_prepared_and_remembers_the_requests()
    {
        TestProbe node = _test.CreateProbe("node");
        node.Respond<Query, int>(query => query.Number * 2);
        ActorRef asker = _test.Spawn(Props.Create(() => new Scripted { OnQuery = (_, query) => node.Ref.Ask<Query, int>(query) + 1 }), "asker");
        Assert.Equal(11, asker.Ask<Query, int>(new Query(5)));
        Assert.Equal(new Query(5), node.ExpectAsked<Query>());
        Assert.Throws<ExpectationException>(() => node.ExpectAsked<Query>());
        WorldFailedException error = Assert.Throws<WorldFailedException>(() => node.Ref.Ask<Query, string>(new Query(6)));
        Assert.Contains("/node was asked Query { Number = 6 } and has no String prepared as reply", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Within_bounds_the_virtual_time_of_a_part()
    {
        TestProbe probe = _test.CreateProbe();
        _test.World.ScheduleTell(At(10), probe.Ref, new Job(1));
        _test.World.ScheduleTell(At(30), probe.Ref, new Job(2));
        _test.Within(Us(10), () => probe.ExpectMessage<Job>());
        Assert.Throws<ExpectationException>(() => _test.Within(Us(10), () => probe.ExpectMessage<Job>()));
    }
}
