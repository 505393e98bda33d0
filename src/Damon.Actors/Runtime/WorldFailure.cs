namespace Damon.Actors.Runtime;

/// <summary>What went wrong in an actor: who, on which message, when.</summary>
/// <param name="World">The world's name.</param>
/// <param name="Actor">The path of the actor that failed.</param>
/// <param name="MessageType">The type of the message or request at hand, or the hook (OnStart, OnStop) that threw.</param>
/// <param name="MessageText">The message itself as text.</param>
/// <param name="Time">The virtual time of the failure.</param>
/// <param name="Cause">What was thrown.</param>
public sealed record WorldFailure(string World, string Actor, string MessageType, string MessageText, VirtualTime Time, Exception Cause)
{
    /// <summary>The failure in one sentence.</summary>
    public override string ToString() =>
        $"World '{World}', at {Time}: actor {Actor} failed on {MessageText}: {Cause.GetType().Name}: {Cause.Message}";
}

/// <summary>A world has stopped because an actor failed.</summary>
/// <param name="failure">What went wrong.</param>
public sealed class WorldFailedException(WorldFailure failure) : Exception(failure?.ToString(), failure?.Cause)
{
    /// <summary>What went wrong.</summary>
    public WorldFailure Failure { get; } = failure ?? throw new ArgumentNullException(nameof(failure));
}

/// <summary>An Ask that cannot be answered: a cycle, a stopped actor, no handler for it, or a responder that failed.</summary>
/// <param name="message">Who asked whom for what, and why there is no reply.</param>
/// <param name="cause">What the responder threw, if it did.</param>
public sealed class AskException(string message, Exception? cause = null) : InvalidOperationException(message, cause);

/// <summary>A message that reached nobody: its receiver had stopped.</summary>
/// <param name="Time">When it was lost.</param>
/// <param name="Receiver">To whom it was sent.</param>
/// <param name="Message">The message.</param>
public readonly record struct DeadLetter(VirtualTime Time, ActorRef Receiver, object Message);
