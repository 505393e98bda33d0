using System.Diagnostics;

namespace Damon.Node.Membership;

/// <summary>
/// What a node itself may think of its lease, by its own monotonic clock alone: it lives until a second before the lease
/// ends, counted from when it *sent* its last renewal that succeeded. The machine's date does not matter.
/// </summary>
/// <param name="ttl">How long a renewal holds in the store.</param>
public sealed class NodeLife(TimeSpan ttl)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(1);

    private long _until = long.MinValue;

    /// <summary>How long after a renewal was sent the node stops by itself: a second before the lease ends, or half of a very short one.</summary>
    public TimeSpan Span { get; } = ttl > s_margin * 2 ? ttl - s_margin : ttl / 2;

    /// <summary>How often a lease is renewed.</summary>
    public TimeSpan Period { get; } = ttl / 3;

    /// <summary>Whether the node may still do what a lease allows.</summary>
    public bool IsAlive => Stopwatch.GetTimestamp() < Volatile.Read(ref _until);

    /// <summary>The instant to pass to <see cref="Renewed"/>, read before a renewal is sent.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>A renewal has succeeded.</summary>
    /// <param name="sentAt"><see cref="Now"/> when it was sent.</param>
    public void Renewed(long sentAt) => Volatile.Write(ref _until, sentAt + (long)(Span.TotalSeconds * Stopwatch.Frequency));

    /// <summary>The lease is lost, or nobody knows.</summary>
    public void End() => Volatile.Write(ref _until, long.MinValue);
}
