namespace Damon.Actors.Runtime;

/// <summary>Sees every delivery of a world, for audits of determinism. See <see cref="World.Trace"/>.</summary>
public interface ITrace
{
    /// <summary>Called just before the handler runs.</summary>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <param name="time">The virtual time of the delivery.</param>
    /// <param name="receiver">Who gets it.</param>
    /// <param name="sequence">The message's number in the order of sending, from 0 in each world.</param>
    /// <param name="message">The message.</param>
    void Delivering<T>(VirtualTime time, ActorRef receiver, long sequence, in T message)
        where T : struct;
}
