using System.Globalization;
using System.Numerics;

namespace Damon.Hocon.Numbers;

/// <summary>
/// Numbers in the syntax of the Java library, on which the reference implementation rests: which texts are
/// numbers at all is decided by it.
/// </summary>
internal static class JavaNumber
{
    /// <summary>A sign and decimal digits of any script.</summary>
    public static bool TryParseInt64(string text, out long value)
    {
        value = 0;
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (at == text.Length) return false;
        bool negative = text[0] == '-';
        // Counted downwards, since the smallest number has no positive counterpart.
        long sum = 0;
        for (; at < text.Length; at++)
        {
            int digit = Digit(text[at]);
            if (digit < 0 || sum < (long.MinValue + digit) / 10) return false;
            sum = (sum * 10) - digit;
        }

        if (!negative && sum == long.MinValue) return false;
        value = negative ? sum : -sum;
        return true;
    }

    /// <summary>As <see cref="TryParseInt64"/>, for 32 bits.</summary>
    public static bool TryParseInt32(string text, out int value)
    {
        bool fits = TryParseInt64(text, out long wide) && wide is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)wide : 0;
        return fits;
    }

    /// <summary>
    /// A floating-point number: control characters and blanks around it, a sign, <c>NaN</c>, <c>Infinity</c>,
    /// decimal or hexadecimal digits, an exponent, a type suffix <c>d</c> or <c>f</c>.
    /// </summary>
    public static bool TryParseDouble(string text, out double value)
    {
        value = 0;
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0 && rest[0] <= ' ') rest = rest[1..];
        while (rest.Length > 0 && rest[^1] <= ' ') rest = rest[..^1];
        bool negative = rest.Length > 0 && rest[0] == '-';
        if (rest.Length > 0 && rest[0] is '+' or '-') rest = rest[1..];
        if (!TryParseMagnitude(rest, out value)) return false;
        if (negative) value = -value;
        return true;
    }

    /// <summary>A decimal number of any length as digits and a power of ten (Java's BigDecimal).</summary>
    public static bool TryParseDecimal(string text, out BigInteger digits, out int exponent)
    {
        digits = default;
        exponent = 0;
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        char[] plain = new char[text.Length];
        int count = 0;
        int fraction = -1;
        for (; at < text.Length; at++)
        {
            int digit = Digit(text[at]);
            if (digit >= 0) plain[count++] = (char)('0' + digit);
            else if (text[at] == '.' && fraction < 0) fraction = count;
            else break;
        }

        if (count == 0) return false;
        if (at < text.Length && (text[at] is not ('e' or 'E') || !TryParseInt32(text[(at + 1)..], out exponent))) return false;
        digits = BigInteger.Parse(plain.AsSpan(0, count), NumberStyles.None, CultureInfo.InvariantCulture);
        if (text[0] == '-') digits = -digits;
        long scaled = exponent - (fraction < 0 ? 0L : count - fraction);
        exponent = (int)Math.Clamp(scaled, int.MinValue, int.MaxValue);
        return true;
    }

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(char c) => char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : Digit(c);

    private static int Digit(char c) => char.IsAscii(c) ? (char.IsAsciiDigit(c) ? c - '0' : -1) : CharUnicodeInfo.GetDecimalDigitValue(c);

    private static bool TryParseMagnitude(ReadOnlySpan<char> text, out double value)
    {
        value = text switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, _ => 0 };
        if (value != 0) return true;
        if (text.StartsWith("0x") || text.StartsWith("0X")) return TryParseHexadecimal(text[2..], out value);

        if (text.Length > 0 && text[^1] is 'd' or 'D' or 'f' or 'F') text = text[..^1];
        int at = 0;
        int digits = SkipDigits(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            digits += SkipDigits(text, ref at);
        }

        if (digits == 0) return false;
        if (at < text.Length && !SkipExponent(text, ref at, 'e', 'E')) return false;
        return at == text.Length && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseHexadecimal(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        BigInteger mantissa = BigInteger.Zero;
        int at = 0;
        int digits = 0;
        int fraction = -1;
        for (; at < text.Length; at++)
        {
            if (char.IsAsciiHexDigit(text[at]))
            {
                mantissa = (mantissa * 16) + HexDigit(text[at]);
                digits++;
            }
            else if (text[at] == '.' && fraction < 0)
            {
                fraction = digits;
            }
            else
            {
                break;
            }
        }

        int mark = at + 1;
        if (digits == 0 || !SkipExponent(text, ref at, 'p', 'P')) return false;
        ReadOnlySpan<char> exponentText = text[mark..at];
        if (at < text.Length && text[at] is 'd' or 'D' or 'f' or 'F') at++;
        if (at != text.Length) return false;
        double exponent = Math.Clamp(double.Parse(exponentText, CultureInfo.InvariantCulture), -1e6, 1e6);
        value = Math.ScaleB((double)mantissa, (int)exponent - (fraction < 0 ? 0 : 4 * (digits - fraction)));
        return true;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - start;
    }

    private static bool SkipExponent(ReadOnlySpan<char> text, ref int at, char lower, char upper)
    {
        if (at >= text.Length || (text[at] != lower && text[at] != upper)) return false;
        at++;
        if (at < text.Length && text[at] is '+' or '-') at++;
        return SkipDigits(text, ref at) > 0;
    }
}
