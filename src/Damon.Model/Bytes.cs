using System.Globalization;

namespace Damon.Model;

/// <summary>A size or distance in bytes.</summary>
/// <param name="Value">The number of bytes.</param>
public readonly record struct Bytes(ulong Value) : IComparable<Bytes>
{
    /// <summary>No bytes.</summary>
    public static readonly Bytes Zero;

    /// <summary>A size given in KiB (2^10 bytes).</summary>
    /// <exception cref="OverflowException">The size does not fit in 64 bits.</exception>
    public static Bytes FromKiB(ulong count) => new(checked(count * (1UL << 10)));

    /// <summary>A size given in MiB (2^20 bytes).</summary>
    /// <exception cref="OverflowException">The size does not fit in 64 bits.</exception>
    public static Bytes FromMiB(ulong count) => new(checked(count * (1UL << 20)));

    /// <summary>A size given in GiB (2^30 bytes).</summary>
    /// <exception cref="OverflowException">The size does not fit in 64 bits.</exception>
    public static Bytes FromGiB(ulong count) => new(checked(count * (1UL << 30)));

    /// <summary>The number of pages of <c>2^pageShift</c> bytes that hold this size; the last one may be partly used.</summary>
    public ulong ToPages(int pageShift) => (Value >> pageShift) + ((Value & ((1UL << pageShift) - 1)) != 0 ? 1UL : 0UL);

    /// <inheritdoc/>
    public int CompareTo(Bytes other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is the smaller size.</summary>
    public static bool operator <(Bytes left, Bytes right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the larger size.</summary>
    public static bool operator >(Bytes left, Bytes right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not the larger size.</summary>
    public static bool operator <=(Bytes left, Bytes right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not the smaller size.</summary>
    public static bool operator >=(Bytes left, Bytes right) => left.Value >= right.Value;

    /// <summary>The plain number of bytes, without a unit.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
