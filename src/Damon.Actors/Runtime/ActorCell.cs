namespace Damon.Actors.Runtime;

/// <summary>
/// The life of one actor behind its address: the present instance, its mailboxes and reply ports, its children,
/// and what a failure or a stop does to it. While a handler of the actor runs the cell is busy; a stop or restart
/// that is wanted meanwhile waits until it is left.
/// </summary>
internal sealed class ActorCell
{
    private readonly Props _props;
    private readonly List<Event> _stash = [];
    private Mailbox[] _mailboxes = [];
    private ReplyPort[] _ports = [];
    private Actor? _actor;
    private ActorCell? _caller;
    private Change _pending;
    private StopReason _pendingReason;
    private bool _stopping;

    public ActorCell(World world, ActorCell? parent, Props props, string name, int rank)
    {
        World = world;
        Parent = parent;
        _props = props;
        Name = name;
        Self = new ActorRef(this, $"{parent?.Self.Path}/{name}", rank);
        Context = new ActorContext(this);
    }

    /// <summary>What waits for a busy cell to be left; the later one wins.</summary>
    private enum Change : byte
    {
        None,
        Restart,
        Stop,
    }

    public World World { get; }

    public ActorCell? Parent { get; }

    public string Name { get; }

    public ActorRef Self { get; }

    public ActorContext Context { get; }

    public Timers Timers { get; } = new();

    /// <summary>The living children in the order of their spawn.</summary>
    public OrderedDictionary<string, ActorCell> Children { get; } = [];

    /// <summary>Whether a handler or hook of the actor is running.</summary>
    public bool IsBusy { get; private set; }

    public bool IsStopped { get; private set; }

    /// <summary>Whose handler called this one's; only meaningful while busy.</summary>
    public ActorCell? Caller => _caller;

    public string ActorType => _actor?.GetType().Name ?? "nobody";

    public void Enter()
    {
        _caller = World.Current;
        World.Current = this;
        IsBusy = true;
    }

    public void Leave()
    {
        World.Current = _caller;
        IsBusy = false;
        if (_pending != Change.None) ApplyPending();
    }

    /// <summary>The mailbox for a type of message, opened at first use.</summary>
    /// <exception cref="InvalidOperationException">The actor has no handler for the type.</exception>
    public Mailbox<T> Mailbox<T>()
        where T : struct
    {
        foreach (Mailbox mailbox in _mailboxes)
        {
            if (mailbox is Mailbox<T> typed) return typed;
        }
        return OpenMailbox<T>();
    }

    /// <summary>The port for a kind of request, opened at first use.</summary>
    /// <exception cref="AskException">The actor has no handler for it, or has stopped.</exception>
    public ReplyPort<TRequest, TReply> Port<TRequest, TReply>()
        where TRequest : struct
    {
        foreach (ReplyPort port in _ports)
        {
            if (port is ReplyPort<TRequest, TReply> typed) return typed;
        }
        return OpenPort<TRequest, TReply>();
    }

    /// <summary>Makes the instance and starts it. A failure stops the world.</summary>
    public void Start()
    {
        Enter();
        try
        {
            Actor actor = _props.Factory();
            actor.Enter(Context);
            _actor = actor;
            Bind(actor);
            actor.Start();
        }
        catch (Exception error)
        {
            World.Fail(Failure(error, "OnStart", "OnStart"));
        }
        Leave();
    }

    /// <summary>Stops the actor and its children, at once or when its running handler has returned.</summary>
    public void Stop(StopReason reason) => Request(Change.Stop, reason);

    /// <summary>Ends the busy cell's handler, which threw: reports it and does what the supervision says.</summary>
    public void Fail(Exception error, string messageType, string? messageText)
    {
        Leave();
        if (World.Failure is not null) return;
        WorldFailure failure = Failure(error, messageType, messageText ?? messageType);
        World.Report(failure);
        ActorCell target = this;
        while (target._props.Supervision == Supervision.Escalate && target.Parent is { } parent) target = parent;
        target.Supervise(failure);
    }

    /// <summary>Keeps the message in hand, with its due time and number, until <see cref="Unstash"/>.</summary>
    public void Stash<T>(in T message)
        where T : struct
    {
        Mailbox<T> mailbox = Mailbox<T>();
        Event kept = World.TakeInHand(mailbox);
        kept.Slot = mailbox.Put(in message, 0);
        _stash.Add(kept);
    }

    public void Unstash()
    {
        foreach (Event kept in _stash) World.Enqueue(in kept);
        _stash.Clear();
    }

    private void Supervise(WorldFailure failure)
    {
        switch (_props.Supervision)
        {
            case Supervision.Resume:
                break;
            case Supervision.Restart:
                Request(Change.Restart, StopReason.Restarted);
                break;
            case Supervision.Stop:
                Request(Change.Stop, StopReason.Failed);
                break;
            default:
                World.Fail(failure);
                break;
        }
    }

    private void Request(Change change, StopReason reason)
    {
        if (change > _pending)
        {
            _pending = change;
            _pendingReason = reason;
        }
        if (change == Change.Stop) FreeName();
        if (!IsBusy) ApplyPending();
    }

    /// <summary>Gives the name back as soon as the end is certain, so that a restarting parent can use it again.</summary>
    private void FreeName()
    {
        OrderedDictionary<string, ActorCell> siblings = Parent?.Children ?? World.TopLevel;
        if (siblings.TryGetValue(Name, out ActorCell? holder) && holder == this) siblings.Remove(Name);
    }

    private void ApplyPending()
    {
        Change change = _pending;
        _pending = Change.None;
        if (_stopping) return;
        World.ForgetInHand();
        End(_pendingReason);
        if (change == Change.Stop) Finish(_pendingReason);
        else Restart();
    }

    private void End(StopReason reason)
    {
        _stopping = true;
        StopReason forChildren = reason == StopReason.WorldStopped ? reason : StopReason.Stopped;
        for (int i = Children.Count - 1; i >= 0; i--) Children.GetAt(i).Value.Stop(forChildren);
        Enter();
        try
        {
            _actor?.Stop(reason);
        }
        catch (Exception error)
        {
            World.Fail(Failure(error, "OnStop", "OnStop"));
        }
        Leave();
        Timers.CancelAll();
    }

    private void Restart()
    {
        _stopping = false;
        Unstash();
        Start();
    }

    private void Finish(StopReason reason)
    {
        IsStopped = true;
        _actor = null;
        Bind(null);
        foreach (Event kept in _stash) World.Bury(in kept);
        _stash.Clear();
        if (Parent is { _stopping: false, _actor: IReceive<Terminated> or IReceiveAny })
            Parent.Mailbox<Terminated>().Post(new Terminated(Self, reason));
    }

    /// <summary>Refuses new children to an actor that is about to end.</summary>
    public void CheckCanSpawn()
    {
        if (_stopping) throw new InvalidOperationException($"{Self.Path} is stopping and can spawn nobody.");
    }

    /// <summary>This actor or the first below it that makes a fresh instance when it fails; null: there is none.</summary>
    public ActorCell? FindRestarting() => _props.Supervision == Supervision.Restart
        ? this
        : Children.Values.Select(child => child.FindRestarting()).FirstOrDefault(cell => cell is not null);

    private void Bind(Actor? actor)
    {
        foreach (Mailbox mailbox in _mailboxes) mailbox.Bind(actor);
        foreach (ReplyPort port in _ports) port.Bind(actor);
    }

    private Mailbox<T> OpenMailbox<T>()
        where T : struct
    {
        Mailbox<T> mailbox = World.OpenMailbox<T>(this);
        mailbox.Bind(_actor);
        if (!mailbox.IsBound && !IsStopped)
        {
            string sender = World.Current?.Self.Path ?? "Code outside of any actor";
            throw new InvalidOperationException(
                $"{sender} told {Self.Path} a {typeof(T).Name}, but {ActorType} has no IReceive<{typeof(T).Name}>.");
        }
        _mailboxes = [.. _mailboxes, mailbox];
        return mailbox;
    }

    private ReplyPort<TRequest, TReply> OpenPort<TRequest, TReply>()
        where TRequest : struct
    {
        ReplyPort<TRequest, TReply> port = new(this);
        port.Bind(_actor);
        if (!port.IsBound) throw port.Refusal();
        _ports = [.. _ports, port];
        return port;
    }

    private WorldFailure Failure(Exception error, string messageType, string messageText) =>
        new(World.Name, Self.Path, messageType, messageText, World.Now, error);
}
