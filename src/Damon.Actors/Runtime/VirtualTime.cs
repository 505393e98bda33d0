using System.Globalization;

namespace Damon.Actors.Runtime;

/// <summary>An instant of a world's clock, in nanoseconds since the world's start (never negative).</summary>
/// <param name="Nanoseconds">Nanoseconds since the start.</param>
public readonly record struct VirtualTime(long Nanoseconds) : IComparable<VirtualTime>
{
    /// <summary>The start of every world.</summary>
    public static VirtualTime Zero => default;

    /// <summary>The last instant that can be told.</summary>
    public static VirtualTime MaxValue => new(long.MaxValue);

    /// <summary>Whole microseconds since the start, rounded down: the unit of the kernel's configuration and of the goldens.</summary>
    public long Microseconds => Nanoseconds / 1_000;

    /// <summary>Whole milliseconds since the start, rounded down (jiffies at HZ = 1000).</summary>
    public long Milliseconds => Nanoseconds / 1_000_000;

    /// <summary>The instant that many microseconds after the start.</summary>
    public static VirtualTime FromMicroseconds(long microseconds) => new(checked(microseconds * 1_000));

    /// <summary>The instant that many milliseconds after the start.</summary>
    public static VirtualTime FromMilliseconds(long milliseconds) => new(checked(milliseconds * 1_000_000));

    /// <summary>The instant that many seconds after the start.</summary>
    public static VirtualTime FromSeconds(long seconds) => new(checked(seconds * 1_000_000_000));

    /// <summary>The later of two instants.</summary>
    public static VirtualTime Max(VirtualTime left, VirtualTime right) => left >= right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(VirtualTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Seconds with as many decimals as needed, such as <c>1.5s</c>.</summary>
    public override string ToString() => (Nanoseconds / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    /// <summary>The instant that lies a span later.</summary>
    public static VirtualTime operator +(VirtualTime time, VirtualDuration span) => new(checked(time.Nanoseconds + span.Nanoseconds));

    /// <summary>The instant that lies a span earlier.</summary>
    public static VirtualTime operator -(VirtualTime time, VirtualDuration span) => new(checked(time.Nanoseconds - span.Nanoseconds));

    /// <summary>The span between two instants.</summary>
    public static VirtualDuration operator -(VirtualTime end, VirtualTime start) => new(checked(end.Nanoseconds - start.Nanoseconds));

    /// <summary>Whether the left instant is earlier.</summary>
    public static bool operator <(VirtualTime left, VirtualTime right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether the left instant is later.</summary>
    public static bool operator >(VirtualTime left, VirtualTime right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether the left instant is not later.</summary>
    public static bool operator <=(VirtualTime left, VirtualTime right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether the left instant is not earlier.</summary>
    public static bool operator >=(VirtualTime left, VirtualTime right) => left.Nanoseconds >= right.Nanoseconds;
}
