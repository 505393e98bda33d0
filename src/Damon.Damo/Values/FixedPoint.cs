using System.Globalization;
using System.Numerics;

namespace Damon.Damo.Values;

/// <summary>
/// Prints a double with a fixed number of decimals, rounding its exact binary value half to even as C's printf does.
/// The runtime's own "F" format rounds exact ties away from zero: 820.3125 must print as 820.312.
/// </summary>
public static class FixedPoint
{
    /// <summary>Prints the value.</summary>
    /// <param name="value">The value; infinities print as inf, not-a-number as nan.</param>
    /// <param name="decimals">Digits after the point, 0 or more.</param>
    public static string Format(double value, int decimals)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7ff);
        long mantissa = bits & ((1L << 52) - 1);
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << 52;
        exponent -= 1075;

        BigInteger scaled = mantissa * BigInteger.Pow(10, decimals);
        scaled = exponent >= 0 ? scaled << exponent : RoundHalfEven(scaled, -exponent);
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string sign = bits < 0 ? "-" : "";
        return decimals == 0
            ? sign + digits
            : $"{sign}{digits.AsSpan(0, digits.Length - decimals)}.{digits.AsSpan(digits.Length - decimals)}";
    }

    private static BigInteger RoundHalfEven(BigInteger value, int shift)
    {
        BigInteger whole = value >> shift;
        BigInteger twice = (value - (whole << shift)) << 1;
        int order = twice.CompareTo(BigInteger.One << shift);
        return order > 0 || (order == 0 && !whole.IsEven) ? whole + 1 : whole;
    }
}
