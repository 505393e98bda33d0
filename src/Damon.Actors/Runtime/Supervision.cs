namespace Damon.Actors.Runtime;

/// <summary>What becomes of an actor whose handler throws.</summary>
public enum Supervision
{
    /// <summary>The whole world stops and reports a <see cref="WorldFailure"/>: the default, as a run with a hole is worthless.</summary>
    StopWorld,

    /// <summary>The actor and its children stop; its parent is told <see cref="Terminated"/> if it has a handler for it.</summary>
    Stop,

    /// <summary>A fresh instance takes over name, rank and mailbox; timers, children and the failed message are gone.</summary>
    Restart,

    /// <summary>The actor goes on with the state it has; the failed message is gone.</summary>
    Resume,

    /// <summary>The parent fails in its place; without a parent the world stops.</summary>
    Escalate,
}

/// <summary>Why an actor ends.</summary>
public enum StopReason
{
    /// <summary>It or its parent wanted it, or its parent ended.</summary>
    Stopped,

    /// <summary>A handler threw and the supervision says <see cref="Supervision.Stop"/>.</summary>
    Failed,

    /// <summary>A fresh instance takes its place.</summary>
    Restarted,

    /// <summary>The world was stopped.</summary>
    WorldStopped,
}

/// <summary>Told to the parent of an actor that has ended, if the parent has a handler for it.</summary>
/// <param name="Child">Who ended.</param>
/// <param name="Reason">Why.</param>
public readonly record struct Terminated(ActorRef Child, StopReason Reason);
