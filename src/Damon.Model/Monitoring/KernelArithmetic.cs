using System.Runtime.CompilerServices;

namespace Damon.Model.Monitoring;

/// <summary>
/// The integer arithmetic of the kernel (section 0): unsigned, wrapping around, truncating divisions.
/// </summary>
public static class KernelArithmetic
{
    /// <summary>Parts in one whole when a share is given in basis points: 1 bp is 1/10,000.</summary>
    public const uint WholeBp = 10_000;

    /// <summary>
    /// <c>x * n / d</c> without the overflow of <c>x * n</c>: the quotient and the remainder of
    /// <c>x / d</c> are scaled apart. Wraps in 64 bits.
    /// </summary>
    /// <exception cref="DivideByZeroException"><paramref name="d"/> is 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultFrac(ulong x, ulong n, ulong d)
    {
        var (quotient, remainder) = Math.DivRem(x, d);
        return unchecked((quotient * n) + (remainder * n / d));
    }

    /// <summary>As <see cref="MultFrac(ulong, ulong, ulong)"/>, but wraps in 32 bits.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="d"/> is 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MultFrac(uint x, uint n, uint d)
    {
        var (quotient, remainder) = Math.DivRem(x, d);
        return unchecked((quotient * n) + (remainder * n / d));
    }

    /// <summary>The largest multiple of <paramref name="alignment"/>, a power of two, not above the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AlignDown(ulong value, ulong alignment) => value & ~unchecked(alignment - 1);

    /// <summary>
    /// The smallest multiple of <paramref name="alignment"/>, a power of two, not below the value; wraps
    /// around to 0 at the top of the 64-bit range.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AlignUp(ulong value, ulong alignment) =>
        AlignDown(unchecked(value + (alignment - 1)), alignment);

    /// <summary>The distance between two counters, whichever is larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AbsoluteDifference(uint a, uint b) => a > b ? a - b : b - a;
}
