namespace Damon.Damo.Values;

/// <summary>A reader of one kind of value.</summary>
/// <param name="text">The text of the value.</param>
/// <returns>The number, in the unit of the reader.</returns>
public delegate Number ReadValue(string text);

/// <summary>
/// The readers of damo's human friendly values (spec section 2), with its order of double operations and without any rounding.
/// All throw a <see cref="DamoException"/> that says what was found and what is allowed.
/// </summary>
public static class ValueReader
{
    private const string NumberForm = "a plain number such as 1,000 or 0.5, or max";
    private const string BytesForm = "a size such as 4096, 4K, 1.5 GiB, min or max";
    private const string TimeForm = "a time such as 5ms, 1 m 30.5 s, min or max, with the units ns us ms s m h d";
    private const string RatioForm = "a ratio such as 29.7%, 4 %, a plain number, min or max";

    private static readonly string[] _sizeUnits = ["B", "K", "M", "G", "T", "P", "E"];

    /// <summary>A count: a plain number or <c>max</c>.</summary>
    /// <param name="text">The text.</param>
    public static Number Nr(string text) => TryNr(text, out Number number) ? number : throw Refusal(text, "a number", NumberForm);

    /// <summary>A size in bytes; with a unit truncated and at most 2^64-1, a bare number as it is.</summary>
    /// <param name="text">The text.</param>
    public static Number Bytes(string text)
    {
        if (TryWordOrNr(text, out Number number)) return number;
        for (int length = 3; length >= 1; length--)
        {
            if (text.Length < length || SizeFactor(text.AsSpan(text.Length - length)) is not { } factor) continue;
            if (!TryNr(text.AsSpan(0, text.Length - length), out number)) break;
            Number size = Number.Whole((number * factor).Truncate());
            return size < Number.Max ? size : Number.Max;
        }

        throw Refusal(text, "a size", BytesForm);
    }

    /// <summary>A time in nanoseconds; a bare number is nanoseconds.</summary>
    /// <param name="text">The text.</param>
    public static Number Nanoseconds(string text) => TryWordOrNr(text, out Number number) ? number : WithTimeUnits(text);

    /// <summary>A time in microseconds; a bare number is microseconds.</summary>
    /// <param name="text">The text.</param>
    public static Number Microseconds(string text) => TryWordOrNr(text, out Number number) ? number : WithTimeUnits(text) / 1000;

    /// <summary>A time in milliseconds; a bare number is milliseconds.</summary>
    /// <param name="text">The text.</param>
    public static Number Milliseconds(string text) => TryWordOrNr(text, out Number number) ? number : WithTimeUnits(text) / 1000 / 1000;

    /// <summary>A time in seconds; a bare number is seconds.</summary>
    /// <param name="text">The text.</param>
    public static Number Seconds(string text) =>
        TryWordOrNr(text, out Number number) ? number : WithTimeUnits(text) / 1000 / 1000 / 1000;

    /// <summary>A ratio as a fraction: 4% is 0.04; a bare number is the fraction.</summary>
    /// <param name="text">The text.</param>
    public static Number Ratio(string text) => TryWordOrNr(text, out Number number) ? number : Fraction(text);

    /// <summary>A ratio in percent; a bare number is percent.</summary>
    /// <param name="text">The text.</param>
    public static Number Percent(string text) => TryWordOrNr(text, out Number number) ? number : Fraction(text) * 100;

    /// <summary>A ratio in permil (1/1000); a bare number is permil.</summary>
    /// <param name="text">The text.</param>
    public static Number Permil(string text) => TryWordOrNr(text, out Number number) ? number : Fraction(text) * 1000;

    /// <summary>A ratio in basis points (1/10000); a bare number is basis points.</summary>
    /// <param name="text">The text.</param>
    public static Number BasisPoints(string text) => TryWordOrNr(text, out Number number) ? number : Fraction(text) * 10000;

    /// <summary>A truth value: y, yes, true, n, no or false, in any case.</summary>
    /// <param name="text">The text.</param>
    public static bool Bool(string text) => text.ToLowerInvariant() switch
    {
        "y" or "yes" or "true" => true,
        "n" or "no" or "false" => false,
        _ => throw Refusal(text, "a truth value", "y, yes, true, n, no or false"),
    };

    private static bool TryNr(ReadOnlySpan<char> text, out Number number)
    {
        if (text is not "max") return PlainNumber.TryRead(text, out number);
        number = Number.Max;
        return true;
    }

    private static bool TryWordOrNr(string text, out Number number)
    {
        number = Number.Zero;
        return text == "min" || TryNr(text, out number);
    }

    private static Number? SizeFactor(ReadOnlySpan<char> unit)
    {
        for (int power = 0; power < _sizeUnits.Length; power++)
        {
            char letter = _sizeUnits[power][0];
            bool matches = unit.Length > 0 && unit[0] == letter && (unit.Length == 1 || (power > 0 && unit[1..] is "B" or "iB"));
            if (matches) return 1L << (10 * power);
        }

        return null;
    }

    /// <summary>One field with its unit attached, or blank separated fields joined in pairs and added up; nanoseconds.</summary>
    private static Number WithTimeUnits(string text)
    {
        string[] fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Number total = Number.Zero;
        if (fields.Length == 0) throw Refusal(text, "a time", TimeForm);
        for (int i = 0; i < fields.Length; i += 2)
        {
            string pair = i + 1 < fields.Length ? fields[i] + fields[i + 1] : fields[i];
            (int length, Number factor) = TimeFactor(pair);
            if (length == 0 || !TryNr(pair.AsSpan(0, pair.Length - length), out Number number)) throw Refusal(text, "a time", TimeForm);
            total += number * factor;
        }

        return total;
    }

    private static (int Length, Number Nanoseconds) TimeFactor(string text) => text switch
    {
        [.., 'n', 's'] => (2, 1),
        [.., 'u', 's'] => (2, 1_000),
        [.., 'm', 's'] => (2, 1_000_000),
        [.., 's'] => (1, 1_000_000_000),
        [.., 'm'] => (1, 60_000_000_000),
        [.., 'h'] => (1, 3_600_000_000_000),
        [.., 'd'] => (1, 86_400_000_000_000),
        _ => (0, 0),
    };

    private static Number Fraction(string text)
    {
        if (!text.EndsWith('%') || !TryNr(text.AsSpan(0, text.Length - 1), out Number number)) throw Refusal(text, "a ratio", RatioForm);
        return Number.Real(number.ToDouble() / 100.0);
    }

    private static DamoException Refusal(string text, string kind, string allowed)
    {
        string? nearest = ValueSpelling.Nearest(text, kind);
        string hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
        return new DamoException($"'{text}' is not {kind}; allowed is {allowed}{hint}");
    }
}
