using Damon.Actors.Runtime;

namespace Damon.Actors.TestKit;

/// <summary>
/// An actor that takes messages of every type, and lets the test expect them. Waiting lets virtual time pass, message by message, so that
/// the clock stands at the delivery when an expectation has been met.
/// </summary>
public sealed class TestProbe
{
    private readonly TestWorld _world;
    private readonly ProbeActor _actor = new();

    internal TestProbe(TestWorld world, string name, int? rank)
    {
        _world = world;
        Props props = Props.Create(() => _actor);
        Ref = world.Spawn(rank is { } given ? props.WithRank(given) : props, name);
    }

    /// <summary>The probe's address.</summary>
    public ActorRef Ref { get; }

    /// <summary>When the message that was expected last had been delivered.</summary>
    public VirtualTime LastReceived { get; private set; }

    /// <summary>Waits for the next message.</summary>
    /// <typeparam name="T">Its expected type.</typeparam>
    /// <param name="within">The longest wait; null: the world's <see cref="TestWorld.Patience"/>.</param>
    /// <exception cref="ExpectationException">None came, or one of another type.</exception>
    public T ExpectMessage<T>(VirtualDuration? within = null)
        where T : struct
    {
        object next = Next(typeof(T).Name, within);
        return next is T message
            ? message
            : throw new ExpectationException($"{Ref} expected a {typeof(T).Name} and got {next} at {LastReceived}.");
    }

    /// <summary>Waits for the next message, which must equal the expected one.</summary>
    /// <exception cref="ExpectationException">None came, or another one.</exception>
    public T ExpectMessage<T>(T expected, VirtualDuration? within = null)
        where T : struct
    {
        object next = Next(expected.ToString() ?? typeof(T).Name, within);
        return next is T message && message.Equals(expected)
            ? message
            : throw new ExpectationException($"{Ref} expected {expected} and got {next} at {LastReceived}.");
    }

    /// <summary>Lets time pass and checks that no message came and none is left over.</summary>
    /// <param name="during">How long; null: only what is due now.</param>
    /// <exception cref="ExpectationException">One came.</exception>
    public void ExpectNoMessage(VirtualDuration? during = null)
    {
        _world.Advance(during ?? VirtualDuration.Zero);
        if (_actor.Received.TryPeek(out (VirtualTime Time, object Message) first))
            throw new ExpectationException($"{Ref} expected no message and got {first.Message} at {first.Time}.");
    }

    /// <summary>Waits for a message that fits, and forgets those before it.</summary>
    /// <exception cref="ExpectationException">None that fits came in time.</exception>
    public T FishForMessage<T>(Predicate<T> fits, VirtualDuration? within = null)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(fits);
        VirtualTime deadline = _world.Now + (within ?? _world.Patience);
        while (true)
        {
            if (NextUntil(deadline, $"a fitting {typeof(T).Name}") is T message && fits(message)) return message;
        }
    }

    /// <summary>Delivers what is due now and takes all messages that have come, in the order of their delivery.</summary>
    public IReadOnlyList<object> ReceiveAll()
    {
        _world.Settle();
        object[] all = [.. _actor.Received.Select(received => received.Message)];
        _actor.Received.Clear();
        return all;
    }

    /// <summary>Prepares the reply to a kind of request; without one, asking the probe fails.</summary>
    public void Respond<TRequest, TReply>(Func<TRequest, TReply> reply)
        where TRequest : struct
    {
        ArgumentNullException.ThrowIfNull(reply);
        _actor.Replies[(typeof(TRequest), typeof(TReply))] = reply;
    }

    /// <summary>Takes the next request that the probe has been asked; it does not wait, since Asks are answered at once.</summary>
    /// <exception cref="ExpectationException">There was none, or one of another type.</exception>
    public TRequest ExpectAsked<TRequest>()
        where TRequest : struct
    {
        string expected = $"{Ref} expected to be asked {typeof(TRequest).Name} and was";
        if (!_actor.Asked.TryDequeue(out object? next)) throw new ExpectationException($"{expected} not.");
        return next is TRequest request ? request : throw new ExpectationException($"{expected} asked {next}.");
    }

    /// <summary>Spawns an actor as the probe's child, so that the probe is told when it ends (<see cref="Terminated"/>).</summary>
    public ActorRef SpawnChild(Props props, string name) => _actor.SpawnChild(props, name);

    private object Next(string expected, VirtualDuration? within) => NextUntil(_world.Now + (within ?? _world.Patience), expected);

    private object NextUntil(VirtualTime deadline, string expected)
    {
        if (!_world.RunUntil(() => _actor.Received.Count > 0, deadline))
            throw new ExpectationException($"{Ref} expected {expected} until {deadline} and got nothing.");
        (LastReceived, object message) = _actor.Received.Dequeue();
        return message;
    }

    private sealed class ProbeActor : Actor, IReceiveAny, IRespondAny
    {
        public Queue<(VirtualTime Time, object Message)> Received { get; } = [];

        public Queue<object> Asked { get; } = [];

        public Dictionary<(Type Request, Type Reply), Delegate> Replies { get; } = [];

        public ActorRef SpawnChild(Props props, string name) => Context.Spawn(props, name);

        public void ReceiveAny<T>(in T message)
            where T : struct => Received.Enqueue((Context.Now, message));

        public TReply RespondAny<TRequest, TReply>(in TRequest request)
            where TRequest : struct
        {
            Asked.Enqueue(request);
            return Replies.TryGetValue((typeof(TRequest), typeof(TReply)), out Delegate? reply)
                ? ((Func<TRequest, TReply>)reply)(request)
                : throw new ExpectationException($"{Context.Self} was asked {request} and has no {typeof(TReply).Name} prepared as reply.");
        }
    }
}
