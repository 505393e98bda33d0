using Damon.Model.Snapshots;

namespace Damon.Actors.Runtime;

/// <summary>
/// A closed set of actors with one virtual clock, such as a simulated host. It is run by one thread at a time and delivers one message
/// after the other, in an order that depends on nothing but the messages: by due time, then by the receiver's rank, then by
/// the order of sending. Worlds share nothing, so that many run in parallel.
/// </summary>
public sealed class World
{
    private readonly EventQueue _queue = new();
    private readonly EventQueue _timetable = new();
    [NotInSnapshot(Rebuilt.AsDefault)]
    private Predicate<Event>? _drop;
    private Mailbox[] _mailboxes = new Mailbox[8];
    private int _mailboxCount;
    private long _now;
    private long _nextSequence;
    private int _nextRank;
    private int _cancelled;
    private Event _inHand = new() { Mailbox = -1 };
    private int _running;
    private bool _halted;
    private bool _stopWanted;

    /// <summary>An empty world at time 0.</summary>
    /// <param name="name">Its name, such as the host's; goes into every derived seed.</param>
    /// <param name="seed">The run's seed.</param>
    public World(string name, ulong seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Seed = seed;
    }

    /// <summary>The world's name.</summary>
    public string Name { get; }

    /// <summary>The run's seed; see <see cref="Seeds"/>.</summary>
    public ulong Seed { get; }

    /// <summary>The world's clock. It never goes back.</summary>
    public VirtualTime Now => new(_now);

    /// <summary>How many messages have been delivered (dead letters not counted).</summary>
    public long Delivered { get; private set; }

    /// <summary>How many messages were lost because their receiver had stopped.</summary>
    public long DeadLetters { get; private set; }

    /// <summary>Sees every dead letter, if set.</summary>
    [field: NotInSnapshot(Rebuilt.AsDefault)]
    public Action<DeadLetter>? DeadLetterObserver { get; set; }

    /// <summary>How many handlers have thrown.</summary>
    public long Failures { get; private set; }

    /// <summary>Sees every failure of a handler, also of those that the supervision forgives, if set.</summary>
    [field: NotInSnapshot(Rebuilt.AsDefault)]
    public Action<WorldFailure>? FailureObserver { get; set; }

    /// <summary>Why the world stopped by itself; null as long as it did not.</summary>
    [field: NotInSnapshot(Rebuilt.AsDefault)]
    public WorldFailure? Failure { get; private set; }

    /// <summary>Whether <see cref="Stop"/> has been called.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Sees every delivery, if set; costs nothing when not.</summary>
    [field: NotInSnapshot(Rebuilt.AsDefault)]
    public ITrace? Trace { get; set; }

    /// <summary>Whether no message is under way.</summary>
    public bool IsIdle => NextDue is null;

    /// <summary>When the earliest message under way is due (in the past if its receiver is late); null: there is none.</summary>
    public VirtualTime? NextDue
    {
        get
        {
            DropCancelled();
            return _queue.Count + _timetable.Count == 0 ? null : new VirtualTime(Math.Min(_queue.NextDue, _timetable.NextDue));
        }
    }

    /// <summary>The actor whose handler runs.</summary>
    internal ActorCell? Current { get; set; }

    internal OrderedDictionary<string, ActorCell> TopLevel { get; } = [];

    internal long NowNanoseconds => _now;

    /// <summary>Spawns a top-level actor; it is started when this returns.</summary>
    /// <param name="props">The recipe.</param>
    /// <param name="name">Its name, unique among the living top-level actors, without a slash.</param>
    /// <exception cref="ArgumentException">The name is taken, empty, or has a slash.</exception>
    /// <exception cref="WorldFailedException">The actor could not start.</exception>
    public ActorRef Spawn(Props props, string name) => Spawn(null, props, name);

    /// <summary>
    /// Delivers everything that is due at or before an instant, in order; afterwards the clock is there, or later if the handlers spent
    /// more time. How a run is cut into calls changes nothing. Has no effect on a stopped world.
    /// </summary>
    /// <param name="until">The instant, included.</param>
    /// <exception cref="WorldFailedException">An actor failed, now or before.</exception>
    public void RunUntil(VirtualTime until)
    {
        BeginRun();
        try
        {
            while (!_halted && TryTake(until.Nanoseconds, out Event next)) Deliver(in next);
        }
        finally
        {
            _running = 0;
        }
        EndRun();
        if (!IsStopped && _now < until.Nanoseconds) _now = until.Nanoseconds;
    }

    /// <summary>Delivers the next message, whenever it is due. False if there is none, or the world is stopped.</summary>
    /// <exception cref="WorldFailedException">An actor failed, now or before.</exception>
    public bool Step()
    {
        bool found = false;
        BeginRun();
        try
        {
            if (!_halted && TryTake(long.MaxValue, out Event next))
            {
                found = true;
                Deliver(in next);
            }
        }
        finally
        {
            _running = 0;
        }
        EndRun();
        return found;
    }

    /// <summary>
    /// Stops all actors, the latest spawned first, and loses all messages under way; when called in a handler, after it has returned.
    /// </summary>
    /// <exception cref="WorldFailedException">An actor failed to stop.</exception>
    public void Stop()
    {
        if (IsStopped) return;
        _stopWanted = true;
        _halted = true;
        if (Current is not null || _running != 0) return;
        WorldFailure? former = Failure;
        StopNow();
        if (Failure != former) ThrowIfFailed();
    }

    /// <summary>Sends a message that is due at an instant, which has not passed yet.</summary>
    public ScheduledMessage ScheduleTell<T>(VirtualTime at, ActorRef to, in T message)
        where T : struct
    {
        CheckReceiver(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(at, Now);
        return to.Cell.Mailbox<T>().PostAt(at.Nanoseconds, 0, in message);
    }

    /// <summary>Sends a message at an instant and then at a fixed rate, until it is cancelled or the receiver stops.</summary>
    public ScheduledMessage ScheduleTellRepeatedly<T>(VirtualTime first, VirtualDuration period, ActorRef to, in T message)
        where T : struct
    {
        CheckReceiver(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, Now);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period.Nanoseconds, nameof(period));
        return to.Cell.Mailbox<T>().PostAt(first.Nanoseconds, period.Nanoseconds, in message);
    }

    /// <summary>
    /// Enters a message into the world's own timetable. Before any ordinary message is delivered at a time t, all of the timetable
    /// that is due at or before t is delivered, by due time, then by the order of entry, each at its due time or at the time
    /// reached, if later.
    /// </summary>
    /// <remarks>
    /// So what the host's timetable says of an instant (a process ends, memory is added) holds for everybody who runs at that
    /// instant or later, also for a sleeper who should have woken before it but is late because another handler spent time. The
    /// order of due times alone would wake that sleeper first, at a time when the event is already past.
    /// </remarks>
    /// <param name="at">When; an instant that has passed counts as now.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="message">The message.</param>
    public ScheduledMessage ScheduleSystem<T>(VirtualTime at, ActorRef to, in T message)
        where T : struct
    {
        CheckReceiver(to);
        return to.Cell.Mailbox<T>().PostSystem(at.Nanoseconds, in message);
    }

    internal ActorRef Spawn(ActorCell? parent, Props props, string name)
    {
        ArgumentNullException.ThrowIfNull(props);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"An actor's name has no slash: '{name}'.", nameof(name));
        if (IsStopped || Failure is not null) throw new InvalidOperationException($"World '{Name}' has stopped and can spawn nobody.");
        parent?.CheckCanSpawn();
        int rank = _nextRank++;
        ActorCell cell = new(this, parent, props, name, props.Rank ?? rank);
        if (!(parent?.Children ?? TopLevel).TryAdd(name, cell))
            throw new ArgumentException($"{cell.Self.Path} exists already in world '{Name}'.", nameof(name));
        cell.Start();
        ThrowIfFailed();
        return cell.Self;
    }

    internal void Enqueue(long due, Mailbox mailbox, int slot)
    {
        int rank = mailbox.Owner.Self.Rank;
        _queue.Push(new Event { Due = due, Rank = rank, Sequence = _nextSequence++, Mailbox = mailbox.Index, Slot = slot });
    }

    /// <summary>Lets a stashed message come again.</summary>
    internal void Enqueue(in Event kept) => _queue.Push(in kept);

    /// <summary>The timetable's messages have all the same rank: they come by due time and number only.</summary>
    internal void EnqueueSystem(long due, Mailbox mailbox, int slot) =>
        _timetable.Push(new Event { Due = due, Sequence = _nextSequence++, Mailbox = mailbox.Index, Slot = slot });

    internal Mailbox<T> OpenMailbox<T>(ActorCell owner)
        where T : struct
    {
        if (_mailboxCount == _mailboxes.Length) Array.Resize(ref _mailboxes, _mailboxCount * 2);
        Mailbox<T> mailbox = new(owner, _mailboxCount);
        _mailboxes[_mailboxCount++] = mailbox;
        return mailbox;
    }

    internal void Begin(in Event delivered)
    {
        _inHand = delivered;
        Delivered++;
    }

    internal Event TakeInHand(Mailbox mailbox)
    {
        if (_inHand.Mailbox != mailbox.Index || Current != mailbox.Owner)
            throw new InvalidOperationException($"{mailbox.Owner.Self.Path} can stash only the message in hand, and only once.");
        Event taken = _inHand;
        _inHand.Mailbox = -1;
        return taken;
    }

    internal void ForgetInHand() => _inHand.Mailbox = -1;

    internal void Spend(VirtualDuration cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost.Nanoseconds, nameof(cost));
        if (Current is null) throw new InvalidOperationException($"World '{Name}': virtual time is spent inside handlers only.");
        _now = checked(_now + cost.Nanoseconds);
    }

    internal void Bury<T>(ActorRef receiver, in T message)
        where T : struct
    {
        DeadLetters++;
        DeadLetterObserver?.Invoke(new DeadLetter(Now, receiver, message));
    }

    internal void Bury(in Event lost) => _mailboxes[lost.Mailbox].Bury(lost.Slot);

    internal void Report(WorldFailure failure)
    {
        Failures++;
        FailureObserver?.Invoke(failure);
    }

    internal void Fail(WorldFailure failure)
    {
        Failure ??= failure;
        _halted = true;
    }

    /// <summary>Why the world cannot be put into a snapshot now, in one sentence; null: it can.</summary>
    internal string? WhyNoSnapshot()
    {
        if (Failure is not null || IsStopped) return $"World '{Name}' has stopped: there is nothing to go on with.";
        if (Current is not null || _running != 0) return $"World '{Name}' is running: a snapshot is made between its handlers.";
        ActorCell? restarting = TopLevel.Values.Select(cell => cell.FindRestarting()).FirstOrDefault(cell => cell is not null);
        return restarting is null ? null : $"{restarting.Self.Path} may restart, and how its instance is made is code, which no snapshot holds.";
    }

    /// <summary>The paths of all actors whose handlers are running, the outermost first.</summary>
    internal string Chain()
    {
        List<string> paths = [];
        for (ActorCell? cell = Current; cell is not null; cell = cell.Caller) paths.Add(cell.Self.Path);
        paths.Reverse();
        return string.Join(" -> ", paths);
    }

    /// <summary>Cancelled messages lie in the queue until they would be due, but never more of them than of the others.</summary>
    internal void Cancelled()
    {
        _cancelled++;
        if (_cancelled < 64 || _cancelled * 2 < _queue.Count + _timetable.Count) return;
        _drop ??= Drop;
        _queue.RemoveAll(_drop);
        _timetable.RemoveAll(_drop);
    }

    private void CheckReceiver(ActorRef to)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (to.Cell.World != this)
            throw new ArgumentException($"{to} lives in world '{to.Cell.World.Name}', not in '{Name}': worlds share nothing.", nameof(to));
    }

    private bool TryTake(long until, out Event next)
    {
        DropCancelled();
        long due = _queue.NextDue;
        long systemDue = _timetable.NextDue;
        if (Math.Min(due, systemDue) > until || _queue.Count + _timetable.Count == 0)
        {
            next = default;
            return false;
        }
        bool system = _timetable.Count > 0 && systemDue <= Math.Max(_now, due);
        next = system ? _timetable.Pop() : _queue.Pop();
        return true;
    }

    private void Deliver(in Event next)
    {
        if (next.Due > _now) _now = next.Due;
        _mailboxes[next.Mailbox].Deliver(in next);
        _inHand.Mailbox = -1;
    }

    /// <summary>Drops cancelled messages that stand first, so that what is first will really be delivered.</summary>
    private void DropCancelled()
    {
        if (_cancelled == 0) return;
        while (_queue.Count > 0 && Drop(_queue.First)) _queue.Pop();
        while (_timetable.Count > 0 && Drop(_timetable.First)) _timetable.Pop();
    }

    private bool Drop(Event candidate)
    {
        Mailbox mailbox = _mailboxes[candidate.Mailbox];
        if (!mailbox.IsCancelled(candidate.Slot)) return false;
        mailbox.Release(candidate.Slot);
        _cancelled--;
        return true;
    }

    private void BeginRun()
    {
        ThrowIfFailed();
        if (Current is not null || Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException($"World '{Name}' is already running: one thread at a time runs it, and no handler does.");
    }

    private void EndRun()
    {
        if (_stopWanted && !IsStopped) StopNow();
        ThrowIfFailed();
    }

    private void StopNow()
    {
        for (int i = TopLevel.Count - 1; i >= 0; i--) TopLevel.GetAt(i).Value.Stop(StopReason.WorldStopped);
        IsStopped = true;
        DropCancelled();
        _queue.RemoveAll(Lose);
        _timetable.RemoveAll(Lose);
    }

    private bool Lose(Event lost)
    {
        if (!Drop(lost)) Bury(in lost);
        return true;
    }

    private void ThrowIfFailed()
    {
        if (Failure is { } failure) throw new WorldFailedException(failure);
    }
}
