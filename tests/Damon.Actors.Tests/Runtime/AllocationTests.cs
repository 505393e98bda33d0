using Damon.Actors.Runtime;
using static Damon.Actors.Tests.Runtime.Span;

namespace Damon.Actors.Tests.Runtime;

/// <summary>Counts bytes, so nothing else runs beside it: garbage that others make would be collected while it counts.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Messages = 1_000_000;

    [Fact]
    public void A_million_tells_timers_and_asks_allocate_nothing()
    {
        World world = new("host", 1);
        ActorRef oracle = world.Spawn(Props.Create(() => new Scripted()), "oracle");
        Responder<Query, int> responder = oracle.Responder<Query, int>();
        ActorRef pong = world.Spawn(Props.Create(() => new Echo(responder, oracle)), "pong");
        ActorRef ping = world.Spawn(Props.Create(() => new Echo(responder, oracle)), "ping");
        ping.Tell(new Ball(pong));
        world.RunUntil(At(1_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long delivered = world.Delivered;
        while (world.Delivered < delivered + Messages) world.RunUntil(world.Now + Us(1_000));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_benchmark_measures_every_kind_of_message()
    {
        int calls = 0;
        IReadOnlyList<MessagingRate> rates = MessagingBenchmark.Run(() => TimeSpan.FromSeconds(calls++), messages: 1_000, repetitions: 3);
        Assert.Equal(6, rates.Count);
        Assert.All(rates, rate => Assert.Equal((1_000.0, 0.0), (rate.MessagesPerSecond, rate.BytesPerMessage)));
    }

    private readonly record struct Ball(ActorRef From);

    /// <summary>Sends each ball back, at once or a little later, and asks, stashes and sets timers on the way.</summary>
    private sealed class Echo(Responder<Query, int> responder, ActorRef oracle) : Actor, IReceive<Ball>, IReceive<Job>
    {
        private int _balls;
        private bool _stashed;

        public void Receive(in Ball message)
        {
            int number = responder.Ask(new Query(_balls++)) + oracle.Ask<Query, int>(new Query(1));
            if (number % 5 == 0 && !_stashed)
            {
                _stashed = true;
                Context.Stash(message);
                Context.Self.Tell(new Job(number));
                return;
            }
            _stashed = false;
            Context.StartSingleTimer("watchdog", new Job(-1), Us(500));
            if (number % 2 == 0) message.From.Tell(new Ball(Context.Self));
            else Context.ScheduleTell(Us(1), message.From, new Ball(Context.Self));
        }

        public void Receive(in Job message) => Context.UnstashAll();
    }
}
