using System.Globalization;
using System.Numerics;

namespace Damon.Damo.Values;

/// <summary>
/// Reads the plain numbers of damo's language (spec section 2): commas anywhere are dropped, then what Python's
/// <c>int()</c> and <c>float()</c> take: a sign, outer blanks, single underscores between digits, exponents, inf and nan; no hex.
/// </summary>
public static class PlainNumber
{
    private const int DigitsMax = 4300;

    /// <summary>Reads a plain number after dropping commas.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number, when true is returned.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out Number number)
    {
        string bare = text.Contains(',') ? text.ToString().Replace(",", "", StringComparison.Ordinal) : text.ToString();
        return TryReadInteger(bare, out number) || TryReadReal(bare, out number);
    }

    /// <summary>Reads an integer as the options of type int do: no commas, no fraction.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The integer, when true is returned.</param>
    public static bool TryReadInteger(string text, out Number number)
    {
        number = default;
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        bool negative = digits.StartsWith("-");
        if (negative || digits.StartsWith("+")) digits = digits[1..];
        if (!AreDigits(digits)) return false;
        string plain = digits.ToString().Replace("_", "", StringComparison.Ordinal);
        if (plain.Length > DigitsMax) return false;
        BigInteger value = BigInteger.Parse(plain, NumberStyles.None, CultureInfo.InvariantCulture);
        number = Number.Whole(negative ? -value : value);
        return true;
    }

    private static bool TryReadReal(string text, out Number number)
    {
        number = default;
        string bare = text.Trim();
        string unsigned = bare.StartsWith('-') || bare.StartsWith('+') ? bare[1..] : bare;
        bool negative = bare.StartsWith('-');
        switch (unsigned.ToLowerInvariant())
        {
            case "inf" or "infinity":
                number = Number.Real(negative ? double.NegativeInfinity : double.PositiveInfinity);
                return true;
            case "nan":
                number = Number.Real(double.NaN);
                return true;
        }

        if (!IsRealForm(unsigned)) return false;
        string plain = bare.Replace("_", "", StringComparison.Ordinal);
        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)) return false;
        number = Number.Real(real);
        return true;
    }

    /// <summary>digits [. digits] [e sign digits], with at least one digit before or after the point.</summary>
    private static bool IsRealForm(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            ReadOnlySpan<char> power = text[(exponent + 1)..];
            if (power.StartsWith("-") || power.StartsWith("+")) power = power[1..];
            if (!AreDigits(power)) return false;
            text = text[..exponent];
        }

        int point = text.IndexOf('.');
        if (point < 0) return AreDigits(text);
        ReadOnlySpan<char> before = text[..point], after = text[(point + 1)..];
        if (before.IsEmpty && after.IsEmpty) return false;
        return (before.IsEmpty || AreDigits(before)) && (after.IsEmpty || AreDigits(after));
    }

    /// <summary>Digits, with single underscores between them.</summary>
    private static bool AreDigits(ReadOnlySpan<char> text)
    {
        bool afterDigit = false;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c)) afterDigit = true;
            else if (c == '_' && afterDigit) afterDigit = false;
            else return false;
        }

        return afterDigit;
    }
}
