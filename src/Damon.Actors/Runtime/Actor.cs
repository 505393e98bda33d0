namespace Damon.Actors.Runtime;

/// <summary>
/// The base of all actors: private state, changed only by the messages that it handles
/// (<see cref="IReceive{T}"/>, <see cref="IRespond{TRequest, TReply}"/>).
/// </summary>
public abstract class Actor
{
    private ActorContext? _context;

    /// <summary>The actor's place in its world; there from <see cref="OnStart"/> on, not yet in the constructor.</summary>
    /// <exception cref="InvalidOperationException">The actor has not been spawned yet.</exception>
    protected ActorContext Context =>
        _context ?? throw new InvalidOperationException($"{GetType().Name} has no context before it is spawned; move this to OnStart.");

    /// <summary>Called once before any message, while <c>Spawn</c> runs: the actor is ready when <c>Spawn</c> returns.</summary>
    /// <remarks>A failure here stops the world, whatever the supervision: an actor that cannot start is a mistake.</remarks>
    protected virtual void OnStart()
    {
    }

    /// <summary>Called once after the last message. A failure here stops the world.</summary>
    /// <param name="reason">Why the actor ends.</param>
    protected virtual void OnStop(StopReason reason)
    {
    }

    internal void Enter(ActorContext context)
    {
        if (_context is not null)
            throw new InvalidOperationException($"The factory of {context.Self.Path} returned an actor that is already in use.");
        _context = context;
    }

    internal void Start() => OnStart();

    internal void Stop(StopReason reason) => OnStop(reason);
}
