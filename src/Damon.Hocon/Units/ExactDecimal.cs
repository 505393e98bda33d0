using System.Numerics;
using Damon.Hocon.Numbers;

namespace Damon.Hocon.Units;

/// <summary>Decimal numbers times a unit, without rounding on the way.</summary>
internal static class ExactDecimal
{
    /// <summary>Beyond this power of ten nothing fits in 64 bits, or nothing is left of the number.</summary>
    private const int ExponentMax = 400;

    /// <summary>The product with its fraction cut off.</summary>
    public static bool TryTruncate(string number, BigInteger unit, out BigInteger product) => TryMultiply(number, unit, out product, out _);

    /// <summary>The product if it is a whole number of 64 bits.</summary>
    public static bool TryScale(string number, long unit, out long product)
    {
        product = 0;
        if (unit == 0 || !TryMultiply(number, unit, out BigInteger whole, out bool exact)) return false;
        if (!exact || whole < long.MinValue || whole > long.MaxValue) return false;
        product = (long)whole;
        return true;
    }

    /// <summary>The number if it is a whole one, of any size.</summary>
    public static bool TryWhole(string number, out BigInteger whole) =>
        TryMultiply(number, BigInteger.One, out whole, out bool exact) && exact;

    private static bool TryMultiply(string number, BigInteger unit, out BigInteger product, out bool exact)
    {
        exact = true;
        product = BigInteger.Zero;
        if (!JavaNumber.TryParseDecimal(number, out BigInteger digits, out int exponent)) return false;
        if (digits.IsZero) return true;
        if (exponent >= 0)
        {
            product = digits * unit * BigInteger.Pow(10, Math.Min(exponent, ExponentMax));
            return true;
        }

        // Short numbers with huge negative exponents leave nothing; long ones are divided as they are.
        int shift = (int)Math.Min(-(long)exponent, number.Length + ExponentMax);
        product = BigInteger.DivRem(digits * unit, BigInteger.Pow(10, shift), out BigInteger remainder);
        exact = remainder.IsZero;
        return true;
    }
}
