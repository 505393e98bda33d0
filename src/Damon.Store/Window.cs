using System.Globalization;

namespace Damon.Store;

/// <summary>
/// A window of a run's virtual time. Window n covers the n-th stretch of the run's window length, from 1; window 0 stands for
/// "before the first": a shard whose done window is 0 has computed nothing.
/// </summary>
/// <param name="Number">Its number.</param>
public readonly record struct Window(long Number) : IComparable<Window>
{
    /// <summary>Before the first window.</summary>
    public static readonly Window None;

    /// <summary>The window after this one.</summary>
    public Window Next => new(Number + 1);

    /// <inheritdoc/>
    public int CompareTo(Window other) => Number.CompareTo(other.Number);

    /// <summary>Whether <paramref name="left"/> is the earlier window.</summary>
    public static bool operator <(Window left, Window right) => left.Number < right.Number;

    /// <summary>Whether <paramref name="left"/> is the later window.</summary>
    public static bool operator >(Window left, Window right) => left.Number > right.Number;

    /// <summary>Whether <paramref name="left"/> is not the later window.</summary>
    public static bool operator <=(Window left, Window right) => left.Number <= right.Number;

    /// <summary>Whether <paramref name="left"/> is not the earlier window.</summary>
    public static bool operator >=(Window left, Window right) => left.Number >= right.Number;

    /// <summary>The plain number.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
