namespace Damon.Actors.Runtime;

/// <summary>The address of an actor: all that anybody else ever holds of it. Stays valid when the actor restarts or stops.</summary>
public sealed class ActorRef
{
    private readonly ActorCell _cell;

    internal ActorRef(ActorCell cell, string path, int rank)
    {
        _cell = cell;
        Path = path;
        Rank = rank;
    }

    /// <summary>The path from the world's root, such as <c>/host/kdamond-0</c>.</summary>
    public string Path { get; }

    /// <summary>The fixed rank that orders messages due at the same time: lower first.</summary>
    public int Rank { get; }

    /// <summary>Whether the actor has ended.</summary>
    public bool IsStopped => _cell.IsStopped;

    internal ActorCell Cell => _cell;

    /// <summary>Sends a message; it is due at once and delivered after the running handler has returned.</summary>
    /// <remarks>To a stopped actor it becomes a dead letter.</remarks>
    /// <exception cref="InvalidOperationException">The actor has no handler for the type.</exception>
    public void Tell<T>(in T message)
        where T : struct => _cell.Mailbox<T>().Post(in message);

    /// <summary>Asks for a reply at the same virtual instant: a direct call of the actor's handler.</summary>
    /// <exception cref="AskException">The actor is already asked (a cycle), has stopped, has no such handler, or failed.</exception>
    public TReply Ask<TRequest, TReply>(in TRequest request)
        where TRequest : struct => _cell.Port<TRequest, TReply>().Ask(in request);

    /// <summary>Looks up the handler once, for many Asks. Stays valid when the actor restarts.</summary>
    /// <exception cref="AskException">The actor has stopped or has no such handler.</exception>
    public Responder<TRequest, TReply> Responder<TRequest, TReply>()
        where TRequest : struct => new(_cell.Port<TRequest, TReply>());

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}

/// <summary>An actor's handler for one kind of request, looked up: an Ask is one interface call and the check for cycles.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TReply">The reply.</typeparam>
public readonly struct Responder<TRequest, TReply>
    where TRequest : struct
{
    private readonly ReplyPort<TRequest, TReply> _port;

    internal Responder(ReplyPort<TRequest, TReply> port) => _port = port;

    /// <summary>Asks for a reply at the same virtual instant.</summary>
    /// <exception cref="AskException">The actor is already asked (a cycle), has stopped, or failed.</exception>
    public TReply Ask(in TRequest request) => _port.Ask(in request);
}
