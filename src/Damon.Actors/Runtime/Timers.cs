namespace Damon.Actors.Runtime;

/// <summary>The timers of one actor by key (see <see cref="ActorContext.StartSingleTimer"/>); a key has one timer at a time.</summary>
public sealed class Timers
{
    private readonly List<(string Key, ScheduledMessage Message)> _timers = [];

    internal Timers()
    {
    }

    /// <summary>Whether the timer will still fire.</summary>
    public bool IsActive(string key) => Find(key) is int found and >= 0 && _timers[found].Message.IsActive;

    /// <summary>Stops the timer. A message of it that is due but not yet delivered is taken back too.</summary>
    /// <returns>False if it was not active.</returns>
    public bool Cancel(string key) => Find(key) is int found and >= 0 && _timers[found].Message.Cancel();

    /// <summary>Stops all timers of the actor.</summary>
    public void CancelAll()
    {
        foreach ((_, ScheduledMessage message) in _timers) message.Cancel();
        _timers.Clear();
    }

    internal void Start(string key, ScheduledMessage message)
    {
        int found = Find(key);
        if (found < 0)
        {
            _timers.Add((key, message));
            return;
        }
        _timers[found].Message.Cancel();
        _timers[found] = (key, message);
    }

    // A list, as an actor has a few timers only.
    private int Find(string key)
    {
        for (int i = 0; i < _timers.Count; i++)
        {
            if (_timers[i].Key == key) return i;
        }
        return -1;
    }
}
