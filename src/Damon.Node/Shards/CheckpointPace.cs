using System.Diagnostics;

namespace Damon.Node.Shards;

/// <summary>
/// Decides when a shard's state is worth storing: when what would have to be computed again is much dearer than a
/// checkpoint. So checkpoints take at most about a thirtieth of the time, and a takeover computes little again.
/// </summary>
internal sealed class CheckpointPace
{
    private const double WorthTimes = 30;
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(250);

    // What the first one is taken to cost: as much as that of a shard of some hosts does.
    private TimeSpan _cost = TimeSpan.FromMilliseconds(70);

    /// <summary>How long it took to compute what no checkpoint holds.</summary>
    public TimeSpan Debt { get; private set; }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => Debt >= s_least && Debt >= _cost * WorthTimes;

    /// <summary>Something was computed.</summary>
    public void Worked(TimeSpan time) => Debt += time;

    /// <summary>Takes the time of a checkpoint; nothing is owed after it.</summary>
    public T Time<T>(Func<T> checkpoint)
    {
        long begin = Stopwatch.GetTimestamp();
        T result = checkpoint();
        _cost = Stopwatch.GetElapsedTime(begin);
        Debt = TimeSpan.Zero;
        return result;
    }
}
