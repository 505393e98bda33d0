namespace Damon.Actors.Runtime;

/// <summary>One measured kind of message.</summary>
/// <param name="Name">What was sent or called.</param>
/// <param name="MessagesPerSecond">Messages per CPU second: the median of the repetitions.</param>
/// <param name="BytesPerMessage">Bytes allocated per message: the largest of the repetitions.</param>
/// <param name="Messages">Messages per repetition.</param>
/// <param name="Repetitions">How often it was measured, after one unmeasured time.</param>
public sealed record MessagingRate(string Name, double MessagesPerSecond, double BytesPerMessage, long Messages, int Repetitions);

/// <summary>Measures what a message costs inside one world on one core.</summary>
public static class MessagingBenchmark
{
    private const int TimersAtOnce = 64;

    /// <summary>Measures an empty virtual call, Tells, timers and Asks.</summary>
    /// <param name="cpuClock">The CPU time that this process has used so far.</param>
    /// <param name="messages">Messages per repetition; at least 1.</param>
    /// <param name="repetitions">Repetitions, of which the median is taken; at least 1.</param>
    public static IReadOnlyList<MessagingRate> Run(Func<TimeSpan> cpuClock, long messages = 5_000_000, int repetitions = 5)
    {
        ArgumentNullException.ThrowIfNull(cpuClock);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        return
        [
            Measure("empty virtual call", EmptyCalls(), cpuClock, messages, repetitions),
            Measure("Tell between two actors", PingPong(), cpuClock, messages, repetitions),
            Measure("Tell to itself", TellSelf(), cpuClock, messages, repetitions),
            Measure($"timer, {TimersAtOnce} at once", Ticks(), cpuClock, messages, repetitions),
            Measure("Ask through Responder", AskResponder(), cpuClock, messages, repetitions),
            Measure("Ask through ActorRef", AskRef(), cpuClock, messages, repetitions),
        ];
    }

    private static MessagingRate Measure(string name, Action<long> send, Func<TimeSpan> cpuClock, long messages, int repetitions)
    {
        // Often enough for the compiler's last tier, which a method reaches by being called, too.
        for (int i = 0; i < 100; i++) send(Math.Max(1, messages / 100));

        double[] rates = new double[repetitions];
        double bytes = 0;
        for (int i = 0; i < repetitions; i++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = cpuClock();
            send(messages);
            double seconds = (cpuClock() - start).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            rates[i] = messages / Math.Max(seconds, 1e-9);
            bytes = Math.Max(bytes, (double)allocated / messages);
        }
        Array.Sort(rates);
        return new MessagingRate(name, rates[repetitions / 2], bytes, messages, repetitions);
    }

    private static Action<long> EmptyCalls()
    {
        Callee[] callees = [new Adder(), new Subtracter()];
        return count =>
        {
            for (long i = 0; i < count; i++) callees[i & 1].Call(i);
        };
    }

    private static Action<long> PingPong()
    {
        World world = new("bench", 0);
        ActorRef left = world.Spawn(Props.Create(() => new Player()), "left");
        ActorRef right = world.Spawn(Props.Create(() => new Player()), "right");
        return count =>
        {
            right.Tell(new Ball(left, count - 1));
            world.RunUntil(world.Now);
        };
    }

    private static Action<long> TellSelf()
    {
        World world = new("bench", 0);
        ActorRef self = world.Spawn(Props.Create(() => new Counter()), "self");
        return count =>
        {
            self.Tell(new Countdown(count - 1));
            world.RunUntil(world.Now);
        };
    }

    private static Action<long> Ticks()
    {
        World world = new("bench", 0);
        VirtualDuration period = VirtualDuration.FromMicroseconds(TimersAtOnce);
        for (int i = 0; i < TimersAtOnce; i++)
        {
            ActorRef ticker = world.Spawn(Props.Create(() => new Ticker()), $"ticker-{i}");
            world.ScheduleTellRepeatedly(VirtualTime.FromMicroseconds(i + 1), period, ticker, new Tick());
        }
        return count => world.RunUntil(world.Now + VirtualDuration.FromMicroseconds(count));
    }

    private static Action<long> AskResponder()
    {
        World world = new("bench", 0);
        Responder<Question, long> responder = world.Spawn(Props.Create(() => new Oracle()), "oracle").Responder<Question, long>();
        return count =>
        {
            for (long i = 0; i < count; i++) responder.Ask(new Question(i));
        };
    }

    private static Action<long> AskRef()
    {
        World world = new("bench", 0);
        ActorRef oracle = world.Spawn(Props.Create(() => new Oracle()), "oracle");
        return count =>
        {
            for (long i = 0; i < count; i++) oracle.Ask<Question, long>(new Question(i));
        };
    }

    private readonly record struct Ball(ActorRef From, long Left);

    private readonly record struct Countdown(long Left);

    private readonly record struct Tick;

    private readonly record struct Question(long Number);

    private abstract class Callee
    {
        protected long Sum { get; set; }

        public abstract void Call(long number);
    }

    private sealed class Adder : Callee
    {
        public override void Call(long number) => Sum += number;
    }

    private sealed class Subtracter : Callee
    {
        public override void Call(long number) => Sum -= number;
    }

    private sealed class Player : Actor, IReceive<Ball>
    {
        public void Receive(in Ball message)
        {
            if (message.Left > 0) message.From.Tell(new Ball(Context.Self, message.Left - 1));
        }
    }

    private sealed class Counter : Actor, IReceive<Countdown>
    {
        public void Receive(in Countdown message)
        {
            if (message.Left > 0) Context.Self.Tell(new Countdown(message.Left - 1));
        }
    }

    private sealed class Ticker : Actor, IReceive<Tick>
    {
        private long _ticks;

        public void Receive(in Tick message) => _ticks++;
    }

    private sealed class Oracle : Actor, IRespond<Question, long>
    {
        private long _sum;

        public long Respond(in Question request) => _sum += request.Number;
    }
}
