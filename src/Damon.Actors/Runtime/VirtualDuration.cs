using System.Globalization;

namespace Damon.Actors.Runtime;

/// <summary>A span of virtual time, in nanoseconds.</summary>
/// <param name="Nanoseconds">The length in nanoseconds.</param>
public readonly record struct VirtualDuration(long Nanoseconds) : IComparable<VirtualDuration>
{
    /// <summary>No time at all.</summary>
    public static VirtualDuration Zero => default;

    /// <summary>Whole microseconds, rounded towards zero.</summary>
    public long Microseconds => Nanoseconds / 1_000;

    /// <summary>Whole milliseconds, rounded towards zero.</summary>
    public long Milliseconds => Nanoseconds / 1_000_000;

    /// <summary>A span of that many nanoseconds.</summary>
    public static VirtualDuration FromNanoseconds(long nanoseconds) => new(nanoseconds);

    /// <summary>A span of that many microseconds.</summary>
    public static VirtualDuration FromMicroseconds(long microseconds) => new(checked(microseconds * 1_000));

    /// <summary>A span of that many milliseconds.</summary>
    public static VirtualDuration FromMilliseconds(long milliseconds) => new(checked(milliseconds * 1_000_000));

    /// <summary>A span of that many seconds.</summary>
    public static VirtualDuration FromSeconds(long seconds) => new(checked(seconds * 1_000_000_000));

    /// <inheritdoc/>
    public int CompareTo(VirtualDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Seconds with as many decimals as needed, such as <c>0.005s</c>.</summary>
    public override string ToString() => (Nanoseconds / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    /// <summary>The sum of two spans.</summary>
    public static VirtualDuration operator +(VirtualDuration left, VirtualDuration right) =>
        new(checked(left.Nanoseconds + right.Nanoseconds));

    /// <summary>The difference of two spans.</summary>
    public static VirtualDuration operator -(VirtualDuration left, VirtualDuration right) =>
        new(checked(left.Nanoseconds - right.Nanoseconds));

    /// <summary>A multiple of a span.</summary>
    public static VirtualDuration operator *(VirtualDuration span, long times) => new(checked(span.Nanoseconds * times));

    /// <summary>Whether the left span is shorter.</summary>
    public static bool operator <(VirtualDuration left, VirtualDuration right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether the left span is longer.</summary>
    public static bool operator >(VirtualDuration left, VirtualDuration right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether the left span is not longer.</summary>
    public static bool operator <=(VirtualDuration left, VirtualDuration right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether the left span is not shorter.</summary>
    public static bool operator >=(VirtualDuration left, VirtualDuration right) => left.Nanoseconds >= right.Nanoseconds;
}
