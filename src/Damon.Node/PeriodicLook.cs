using System.Diagnostics;

namespace Damon.Node;

/// <summary>Something that is looked at now and then, by a loop that comes by more often.</summary>
/// <param name="period">From one look to the next.</param>
internal sealed class PeriodicLook(TimeSpan period)
{
    private long? _lastAt;

    /// <summary>Whether it is time to look; asking when it is counts as the look.</summary>
    public bool IsDue
    {
        get
        {
            if (_lastAt is { } lastAt && Stopwatch.GetElapsedTime(lastAt) < period) return false;
            _lastAt = Stopwatch.GetTimestamp();
            return true;
        }
    }

    /// <summary>The next look is due at once.</summary>
    public void Hasten() => _lastAt = null;
}
