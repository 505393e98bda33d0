namespace Damon.Actors.Runtime;

/// <summary>What an actor may do to the world around it. For the actor alone, while a handler or hook of it runs.</summary>
public sealed class ActorContext
{
    private readonly ActorCell _cell;

    internal ActorContext(ActorCell cell) => _cell = cell;

    /// <summary>The world that the actor lives in.</summary>
    public World World => _cell.World;

    /// <summary>The actor's own address.</summary>
    public ActorRef Self => _cell.Self;

    /// <summary>Who spawned the actor; null for a top-level one.</summary>
    public ActorRef? Parent => _cell.Parent?.Self;

    /// <summary>The world's clock.</summary>
    public VirtualTime Now => _cell.World.Now;

    /// <summary>The actor's timers by key; they end with it.</summary>
    public Timers Timers => _cell.Timers;

    /// <summary>Spawns a child; it is started when this returns.</summary>
    /// <param name="props">The recipe.</param>
    /// <param name="name">Its name, unique among the living children, without a slash.</param>
    public ActorRef Spawn(Props props, string name) => _cell.World.Spawn(_cell, props, name);

    /// <summary>Stops a child, or the actor itself, with all its descendants: at once, or when its running handler has returned.</summary>
    /// <param name="target">A child of this actor, or <see cref="Self"/>.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public void Stop(ActorRef target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Cell != _cell && target.Cell.Parent != _cell)
            throw new ArgumentException($"{Self} can stop itself and its children, but not {target}.", nameof(target));
        target.Cell.Stop(StopReason.Stopped);
    }

    /// <summary>Sends a message that is due after a delay.</summary>
    /// <param name="delay">The delay; not negative.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="message">The message.</param>
    public ScheduledMessage ScheduleTell<T>(VirtualDuration delay, ActorRef to, in T message)
        where T : struct => _cell.World.ScheduleTell(_cell.World.Now + delay, to, in message);

    /// <summary>Sends a message at a fixed rate until it is cancelled or the receiver stops.</summary>
    /// <param name="delay">The delay of the first one; not negative.</param>
    /// <param name="period">From one due time to the next, also if the deliveries are late; positive.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="message">The message.</param>
    public ScheduledMessage ScheduleTellRepeatedly<T>(VirtualDuration delay, VirtualDuration period, ActorRef to, in T message)
        where T : struct => _cell.World.ScheduleTellRepeatedly(_cell.World.Now + delay, period, to, in message);

    /// <summary>Enters a message into the world's own timetable: see <see cref="World.ScheduleSystem"/>.</summary>
    public ScheduledMessage ScheduleSystem<T>(VirtualTime at, ActorRef to, in T message)
        where T : struct => _cell.World.ScheduleSystem(at, to, in message);

    /// <summary>Starts a timer that sends the actor itself a message once; replaces the one with the same key.</summary>
    public void StartSingleTimer<T>(string key, in T message, VirtualDuration delay)
        where T : struct => _cell.Timers.Start(key, ScheduleTell(delay, Self, in message));

    /// <summary>Starts a timer that sends the actor itself a message every period; replaces the one with the same key.</summary>
    public void StartPeriodicTimer<T>(string key, in T message, VirtualDuration period)
        where T : struct => _cell.Timers.Start(key, ScheduleTellRepeatedly(period, period, Self, in message));

    /// <summary>
    /// Lets the handler take time: the world's clock moves on, and whoever was due meanwhile gets the message late, at the time
    /// reached when the handler returns (the smallest due time first, then by rank and number).
    /// </summary>
    /// <param name="cost">How long; not negative.</param>
    public void Spend(VirtualDuration cost) => _cell.World.Spend(cost);

    /// <summary>The seed of this actor's random stream for a purpose: see <see cref="Seeds"/>.</summary>
    public ulong Seed(string purpose) => Seeds.Derive(_cell.World.Seed, _cell.World.Name, Self.Path, purpose);

    /// <summary>Puts the message in hand aside until <see cref="UnstashAll"/>. Only in its own <c>Receive</c>, and once.</summary>
    /// <exception cref="InvalidOperationException">The message is not the one that the actor is just receiving.</exception>
    public void Stash<T>(in T message)
        where T : struct => _cell.Stash(in message);

    /// <summary>
    /// Lets all stashed messages come again, after the running handler. Each keeps its due time and its number, so they come in their old
    /// order and before everything that was sent to the actor later.
    /// </summary>
    public void UnstashAll() => _cell.Unstash();
}
