namespace Damon.Actors.Runtime;

/// <summary>An actor's handler for messages of type <typeparamref name="T"/> that it is told.</summary>
/// <typeparam name="T">The message: an immutable struct.</typeparam>
public interface IReceive<T>
    where T : struct
{
    /// <summary>Handles one message. It runs alone: nobody else of the world runs until it returns.</summary>
    /// <param name="message">The message, valid during the call.</param>
    void Receive(in T message);
}

/// <summary>An actor's handler for requests that it answers at the same virtual instant.</summary>
/// <typeparam name="TRequest">The request: an immutable struct.</typeparam>
/// <typeparam name="TReply">The reply.</typeparam>
public interface IRespond<TRequest, TReply>
    where TRequest : struct
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">The request, valid during the call.</param>
    TReply Respond(in TRequest request);
}

/// <summary>An actor that takes messages of every type, such as a test's probe.</summary>
internal interface IReceiveAny
{
    void ReceiveAny<T>(in T message)
        where T : struct;
}

/// <summary>An actor that may answer requests of every type, such as a test's probe.</summary>
internal interface IRespondAny
{
    TReply RespondAny<TRequest, TReply>(in TRequest request)
        where TRequest : struct;
}

/// <summary>Makes the handler of all messages look like the handler of one type.</summary>
internal sealed class ReceiveAny<T>(IReceiveAny any) : IReceive<T>
    where T : struct
{
    public void Receive(in T message) => any.ReceiveAny(in message);
}

/// <summary>Makes the handler of all requests look like the handler of one type.</summary>
internal sealed class RespondAny<TRequest, TReply>(IRespondAny any) : IRespond<TRequest, TReply>
    where TRequest : struct
{
    public TReply Respond(in TRequest request) => any.RespondAny<TRequest, TReply>(in request);
}
