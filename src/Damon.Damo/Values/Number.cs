using System.Globalization;
using System.Numerics;

namespace Damon.Damo.Values;

/// <summary>
/// A number as damo computes with it: an unbounded integer until a fraction, a percent sign or a unit conversion makes it an
/// IEEE double (spec section 2). Equality is by value across both kinds: 5000 equals 5000.0.
/// </summary>
public readonly struct Number : IEquatable<Number>, IComparable<Number>
{
    private readonly BigInteger _whole;
    private readonly double _real;

    private Number(BigInteger whole, double real, bool isReal) => (_whole, _real, IsReal) = (whole, real, isReal);

    /// <summary>True for a double, false for an unbounded integer.</summary>
    public bool IsReal { get; }

    /// <summary>2^64-1, the value of the word <c>max</c> whatever the unit.</summary>
    public static Number Max { get; } = new(ulong.MaxValue, 0, false);

    /// <summary>Zero, an integer.</summary>
    public static Number Zero => default;

    /// <summary>An unbounded integer.</summary>
    /// <param name="value">The value.</param>
    public static Number Whole(BigInteger value) => new(value, 0, false);

    /// <summary>A double, infinities and NaN included.</summary>
    /// <param name="value">The value.</param>
    public static Number Real(double value) => new(default, value, true);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Number(long value) => Whole(value);

    /// <summary>An integer made from a 64-bit value.</summary>
    /// <param name="value">The value.</param>
    public static Number FromInt64(long value) => Whole(value);

    /// <summary>The value as a double, correctly rounded; an integer beyond the range of doubles is refused.</summary>
    /// <exception cref="DamoException">The integer is beyond about 1.8e308.</exception>
    public double ToDouble()
    {
        if (IsReal) return _real;
        double real = BigInteger.Abs(_whole) <= ulong.MaxValue ? SmallToDouble(_whole) : Parse(_whole);
        return double.IsFinite(real)
            ? real
            : throw new DamoException($"the number {Start(_whole)} is too large: at most about 1.8e308 is allowed");
    }

    /// <summary>The value without its fraction, as damo sends and prints it (spec sections 2 and 9).</summary>
    /// <exception cref="DamoException">The value is infinite or not a number.</exception>
    public BigInteger Truncate()
    {
        if (!IsReal) return _whole;
        if (!double.IsFinite(_real)) throw new DamoException($"the value '{this}' is not finite: a finite number is needed here");
        return new BigInteger(_real);
    }

    /// <summary>The product; integer only when both are.</summary>
    /// <param name="left">A factor.</param>
    /// <param name="right">A factor.</param>
    public static Number operator *(Number left, Number right) => left.IsReal || right.IsReal
        ? Real(left.ToDouble() * right.ToDouble())
        : Whole(left._whole * right._whole);

    /// <summary>The sum; integer only when both are.</summary>
    /// <param name="left">A term.</param>
    /// <param name="right">A term.</param>
    public static Number operator +(Number left, Number right) => left.IsReal || right.IsReal
        ? Real(left.ToDouble() + right.ToDouble())
        : Whole(left._whole + right._whole);

    /// <summary>The quotient, always a double; of two integers it is the correctly rounded one, however large they are.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    /// <exception cref="DamoException">The divisor is zero.</exception>
    public static Number operator /(Number left, Number right)
    {
        if (right.IsReal ? right._real == 0 : right._whole.IsZero) throw new DamoException($"the value {left} cannot be divided by zero");
        if (!left.IsReal && !right.IsReal && !(IsExact(left._whole) && IsExact(right._whole)))
            return Real(Divide(left._whole, right._whole));
        return Real(left.ToDouble() / right.ToDouble());
    }

    /// <summary>The product, for languages without operators.</summary>
    /// <param name="left">A factor.</param>
    /// <param name="right">A factor.</param>
    public static Number Multiply(Number left, Number right) => left * right;

    /// <summary>The sum, for languages without operators.</summary>
    /// <param name="left">A term.</param>
    /// <param name="right">A term.</param>
    public static Number Add(Number left, Number right) => left + right;

    /// <summary>The quotient, for languages without operators.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    public static Number Divide(Number left, Number right) => left / right;

    /// <summary>Orders by value, exactly, also between integers and doubles; NaN comes first.</summary>
    /// <param name="other">The number to compare with.</param>
    public int CompareTo(Number other)
    {
        if (IsReal && other.IsReal) return _real.CompareTo(other._real);
        if (!IsReal && !other.IsReal) return _whole.CompareTo(other._whole);
        if (!IsReal) return -other.CompareTo(this);
        if (!double.IsFinite(_real)) return _real > 0 ? 1 : -1;
        int order = new BigInteger(_real).CompareTo(other._whole);
        return order != 0 ? order : (_real - Math.Truncate(_real)).CompareTo(0.0);
    }

    /// <inheritdoc/>
    public bool Equals(Number other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => IsReal && Math.Truncate(_real) == _real && double.IsFinite(_real)
        ? new BigInteger(_real).GetHashCode()
        : IsReal ? _real.GetHashCode() : _whole.GetHashCode();

    /// <summary>Equality by value.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator ==(Number left, Number right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator !=(Number left, Number right) => !left.Equals(right);

    /// <summary>True when less; never with NaN.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator <(Number left, Number right) => AreOrdered(left, right) && left.CompareTo(right) < 0;

    /// <summary>True when greater; never with NaN.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator >(Number left, Number right) => AreOrdered(left, right) && left.CompareTo(right) > 0;

    /// <summary>True when not greater; never with NaN.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator <=(Number left, Number right) => AreOrdered(left, right) && left.CompareTo(right) <= 0;

    /// <summary>True when not less; never with NaN.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator >=(Number left, Number right) => AreOrdered(left, right) && left.CompareTo(right) >= 0;

    /// <summary>Digits of the integer, or the shortest text that reads back as the same double.</summary>
    public override string ToString() => IsReal
        ? _real.ToString("R", CultureInfo.InvariantCulture)
        : _whole.ToString(CultureInfo.InvariantCulture);

    private static bool AreOrdered(Number left, Number right) =>
        !(left.IsReal && double.IsNaN(left._real)) && !(right.IsReal && double.IsNaN(right._real));

    private static bool IsExact(BigInteger value) => BigInteger.Abs(value) <= 1L << 53;

    // The runtime's BigInteger conversion drops low bits instead of rounding; 64-bit conversions and parsing round correctly.
    private static double SmallToDouble(BigInteger value) => value.Sign < 0 ? -(double)(ulong)-value : (double)(ulong)value;

    private static double Parse(BigInteger value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Start(BigInteger value)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture);
        return digits.Length <= 20 ? digits : string.Concat(digits.AsSpan(0, 20), "...");
    }

    /// <summary>Rounds the exact quotient once: 66 bits and a sticky bit are kept before the conversion to double.</summary>
    private static double Divide(BigInteger dividend, BigInteger divisor)
    {
        int shift = (int)(BigInteger.Abs(divisor).GetBitLength() - BigInteger.Abs(dividend).GetBitLength()) + 66;
        BigInteger scaled = shift >= 0 ? BigInteger.Abs(dividend) << shift : BigInteger.Abs(dividend);
        BigInteger by = shift >= 0 ? BigInteger.Abs(divisor) : BigInteger.Abs(divisor) << -shift;
        BigInteger quotient = BigInteger.DivRem(scaled, by, out BigInteger rest);
        if (!rest.IsZero) quotient |= BigInteger.One;
        double real = Math.ScaleB(Parse(quotient), -shift);
        return dividend.Sign * divisor.Sign < 0 ? -real : real;
    }
}
