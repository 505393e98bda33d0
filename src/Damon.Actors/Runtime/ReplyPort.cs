namespace Damon.Actors.Runtime;

/// <summary>Where an actor is asked one kind of request.</summary>
internal abstract class ReplyPort
{
    /// <summary>Finds the handler of a new instance; null: the actor has stopped.</summary>
    public abstract void Bind(Actor? actor);
}

/// <inheritdoc/>
internal sealed class ReplyPort<TRequest, TReply>(ActorCell owner) : ReplyPort
    where TRequest : struct
{
    private IRespond<TRequest, TReply>? _handler;

    public bool IsBound => _handler is not null;

    public override void Bind(Actor? actor) =>
        _handler = actor as IRespond<TRequest, TReply> ?? (actor is IRespondAny any ? new RespondAny<TRequest, TReply>(any) : null);

    public TReply Ask(in TRequest request)
    {
        IRespond<TRequest, TReply>? handler = _handler;
        if (handler is null || owner.IsBusy) throw Refusal();
        owner.Enter();
        TReply reply;
        try
        {
            reply = handler.Respond(in request);
        }
        catch (Exception error)
        {
            throw Failure(error, request.ToString());
        }
        owner.Leave();
        return reply;
    }

    public AskException Refusal()
    {
        string asker = owner.World.Current?.Self.Path ?? "code outside of any actor";
        string place = $"World '{owner.World.Name}', at {owner.World.Now}";
        string question = $"{place}: {asker} asked {owner.Self.Path} for {typeof(TReply).Name} with {typeof(TRequest).Name}";
        if (owner.IsBusy) return new AskException($"{question}, which closes a cycle of Asks: {owner.World.Chain()} -> {owner.Self.Path}.");
        return new AskException(owner.IsStopped
            ? $"{question}, but that actor has stopped."
            : $"{question}, but {owner.ActorType} has no IRespond<{typeof(TRequest).Name}, {typeof(TReply).Name}>.");
    }

    private Exception Failure(Exception error, string? text)
    {
        owner.Fail(error, typeof(TRequest).Name, text);
        string asker = owner.World.Current?.Self.Path ?? "code outside of any actor";
        if (owner.World.Failure is { } failure) return new WorldFailedException(failure);
        return new AskException($"{asker} asked {owner.Self.Path}, which failed on {text}: {error.Message}", error);
    }
}
