using System.Globalization;
using System.Numerics;

namespace Damon.Damo.Values;

/// <summary>
/// Prints values as damo does (spec section 3): units chosen by size, fractions cut or kept to three decimals, thousands grouped.
/// With <c>raw</c> the plain digits of <c>--raw</c> are printed: sizes and times in the unit of the number, ratios with six decimals
/// in their own unit. Infinite or not-a-number values that damo would stumble over throw a <see cref="DamoException"/>.
/// </summary>
public static class ValuePrinter
{
    private static readonly (string Name, long Nanoseconds)[] _timeUnits =
    [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
    ];

    private static readonly string[] _sizeUnits = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A count: truncated, grouped by commas.</summary>
    /// <param name="value">The count.</param>
    /// <param name="raw">True for plain digits.</param>
    public static string Nr(Number value, bool raw = false) => Digits(value.Truncate(), raw);

    /// <summary>A size in bytes with three decimals, lossy: <c>4.000 KiB</c>, <c>1024.000 MiB</c>, <c>max</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <param name="raw">True for plain digits.</param>
    public static string Size(Number bytes, bool raw = false) => Size(bytes, 3, raw);

    /// <summary>A size in bytes with six decimals.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <param name="raw">True for plain digits.</param>
    public static string SizeAccurate(Number bytes, bool raw = false) => Size(bytes, 6, raw);

    /// <summary>A time given in nanoseconds, lossy.</summary>
    /// <param name="ns">The time in nanoseconds.</param>
    /// <param name="raw">True for the digits of the nanoseconds.</param>
    public static string Nanoseconds(Number ns, bool raw = false) => raw ? Digits(ns.Truncate(), raw) : Time(ns);

    /// <summary>A time given in microseconds, lossy: <c>5 ms</c>, <c>59.999 s</c>, <c>1 m 1.500 s</c>.</summary>
    /// <param name="us">The time in microseconds.</param>
    /// <param name="raw">True for the digits of the microseconds.</param>
    public static string Microseconds(Number us, bool raw = false) => raw ? Digits(us.Truncate(), raw) : Time(us * 1000);

    /// <summary>A time given in milliseconds, lossy.</summary>
    /// <param name="ms">The time in milliseconds.</param>
    /// <param name="raw">True for the digits of the milliseconds.</param>
    public static string Milliseconds(Number ms, bool raw = false) => raw ? Digits(ms.Truncate(), raw) : Time(ms * 1_000_000);

    /// <summary>A time given in seconds, lossy.</summary>
    /// <param name="seconds">The time in seconds.</param>
    /// <param name="raw">True for the digits of the seconds.</param>
    public static string Seconds(Number seconds, bool raw = false) => raw ? Digits(seconds.Truncate(), raw) : Time(seconds * 1_000_000_000);

    /// <summary>A time given in microseconds as the full chain down to ns: <c>1 h 1 m 1 s 500 ms</c>; raw prints nanoseconds.</summary>
    /// <param name="us">The time in microseconds.</param>
    /// <param name="raw">True for the digits of the nanoseconds.</param>
    public static string MicrosecondsExact(Number us, bool raw = false) => TimeExact(us * 1000, raw);

    /// <summary>A time given in milliseconds as the full chain down to ns; raw prints nanoseconds.</summary>
    /// <param name="ms">The time in milliseconds.</param>
    /// <param name="raw">True for the digits of the nanoseconds.</param>
    public static string MillisecondsExact(Number ms, bool raw = false) => TimeExact(ms * 1_000_000, raw);

    /// <summary>A fraction as percent: 0.297 is <c>29.7 %</c>.</summary>
    /// <param name="fraction">The fraction.</param>
    /// <param name="raw">True for six decimals of the fraction.</param>
    public static string Ratio(Number fraction, bool raw = false) => raw ? SixDecimals(fraction) : InPercent(fraction * 100);

    /// <summary>A percentage.</summary>
    /// <param name="percent">The value in percent.</param>
    /// <param name="raw">True for six decimals of the percentage.</param>
    public static string Percent(Number percent, bool raw = false) => raw ? SixDecimals(percent) : InPercent(percent);

    /// <summary>A ratio in permil, as percent.</summary>
    /// <param name="permil">The value in permil.</param>
    /// <param name="raw">True for six decimals of the permil.</param>
    public static string Permil(Number permil, bool raw = false) => raw ? SixDecimals(permil) : InPercent(permil / 10);

    /// <summary>A ratio in basis points, as percent.</summary>
    /// <param name="bp">The value in basis points.</param>
    /// <param name="raw">True for six decimals of the basis points.</param>
    public static string BasisPoints(Number bp, bool raw = false) => raw ? SixDecimals(bp) : InPercent(bp / 100);

    /// <summary>A frequency: whole above 1 hz, three decimals below.</summary>
    /// <param name="hz">The frequency per second.</param>
    /// <param name="raw">True for six decimals.</param>
    public static string Hertz(Number hz, bool raw = false)
    {
        if (raw) return SixDecimals(hz);
        if (hz == Number.Zero || hz > 1) return Digits(hz.Truncate(), true) + " hz";
        return FixedPoint.Format(hz.ToDouble(), 3) + " hz";
    }

    private static string Digits(BigInteger value, bool raw) => value.ToString(raw ? "D" : "N0", CultureInfo.InvariantCulture);

    private static string SixDecimals(Number value) => FixedPoint.Format(value.ToDouble(), 6);

    private static string Size(Number bytes, int decimals, bool raw)
    {
        if (raw) return Digits(bytes.Truncate(), raw);
        if (bytes.ToDouble() == ulong.MaxValue) return "max";
        for (int power = _sizeUnits.Length; power > 0; power--)
        {
            if (bytes > 1L << (10 * power))
                return FixedPoint.Format(bytes.ToDouble() / (1L << (10 * power)), decimals) + " " + _sizeUnits[power - 1];
        }

        return Digits(bytes.Truncate(), true) + " B";
    }

    /// <summary>Hours, minutes and seconds when at least a minute, else one unit; three decimals only where not whole.</summary>
    private static string Time(Number ns)
    {
        if (ns >= Number.Max) return "max";
        if (ns < 0) return "-" + Time(ns * -1);
        if (ns < 60_000_000_000) return InOneUnit(ns);
        BigInteger minutes = (ns / 60_000_000_000).Truncate();
        Number rest = ns + Number.Whole(minutes * -60_000_000_000);
        if (rest < 0) (minutes, rest) = (minutes - 1, rest + 60_000_000_000);
        string text = minutes >= 60 ? Digits(minutes / 60, true) + " h" : "";
        if (minutes % 60 != 0) text += (text.Length > 0 ? " " : "") + Digits(minutes % 60, true) + " m";
        return rest > 0 ? text + " " + InUnit(rest, 1_000_000_000, "s") : text;
    }

    private static string InOneUnit(Number ns)
    {
        foreach ((string name, long factor) in _timeUnits)
        {
            if (factor <= 1_000_000_000 && ns >= factor) return InUnit(ns, factor, name);
        }

        return InUnit(ns, 1, "ns");
    }

    private static string InUnit(Number ns, long factor, string name)
    {
        Number value = ns / factor;
        BigInteger whole = value.Truncate();
        return (value == Number.Whole(whole) ? Digits(whole, true) : FixedPoint.Format(value.ToDouble(), 3)) + " " + name;
    }

    private static string TimeExact(Number ns, bool raw)
    {
        if (raw) return Digits(ns.Truncate(), raw);
        if (ns >= Number.Max) return "max";
        BigInteger rest = ns.Truncate();
        if (rest.IsZero) return "0 ns";
        string text = rest.Sign < 0 ? "-" : "";
        rest = BigInteger.Abs(rest);
        foreach ((string name, long factor) in _timeUnits)
        {
            BigInteger count = BigInteger.DivRem(rest, factor, out rest);
            if (!count.IsZero) text += (text.Length > 1 ? " " : "") + Digits(count, true) + " " + name;
        }

        return text;
    }

    private static string InPercent(Number percent)
    {
        string text = FixedPoint.Format(percent.ToDouble(), 7).TrimEnd('0').TrimEnd('.');
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? text : text[..point], decimals = point < 0 ? "" : text[point..];
        return Grouped(whole) + decimals + " %";
    }

    /// <summary>Digits with commas; a lone sign of -0.5 stays, and so do inf and nan.</summary>
    private static string Grouped(string digits)
    {
        bool isLong = BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
            && BigInteger.Abs(value) >= 1000;
        return isLong ? Digits(value, false) : digits;
    }
}
