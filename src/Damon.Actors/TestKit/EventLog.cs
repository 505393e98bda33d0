using Damon.Actors.Runtime;

namespace Damon.Actors.TestKit;

/// <summary>Records every delivery of a world, with a running hash, so that two runs can be compared event by event.</summary>
public sealed class EventLog : ITrace
{
    private readonly List<string> _events = [];

    /// <summary>The deliveries in order: number, time, receiver, message.</summary>
    public IReadOnlyList<string> Events => _events;

    /// <summary>A hash over all deliveries so far.</summary>
    public ulong Hash { get; private set; }

    /// <inheritdoc/>
    public void Delivering<T>(VirtualTime time, ActorRef receiver, long sequence, in T message)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(receiver);
        string line = $"{time}: message {sequence} to {receiver}: {message}";
        _events.Add(line);
        Hash = Seeds.Derive(Hash, line, string.Empty, string.Empty);
    }
}
