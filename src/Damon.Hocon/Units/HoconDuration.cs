using System.Globalization;
using System.Numerics;
using Damon.Hocon.Numbers;

namespace Damon.Hocon.Units;

/// <summary>Durations in nanoseconds (spec: duration format). Without a unit, a number means milliseconds.</summary>
public static class HoconDuration
{
    /// <summary>The units that a duration can have, for messages.</summary>
    public const string Allowed = "a number with a unit of ns, us, ms, s, m, h or d";

    /// <summary>A regular expression (of JSON Schema's kind) of the texts that are durations.</summary>
    public const string Pattern =
        UnitText.NumberPattern + @"(ns|nanos?|nanoseconds?|us|micros?|microseconds?|ms|millis?|milliseconds?|s|seconds?|m|minutes?|h|hours?|d|days?)?\s*$";

    /// <summary>
    /// A duration in nanoseconds by the reference's rules: integers are exact and saturate at 64 bits,
    /// fractions go through a double and are cut off.
    /// </summary>
    /// <returns>False when the text is no duration.</returns>
    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        UnitText parts = UnitText.Split(text);
        long unit = UnitNanoseconds(parts.Unit);
        if (parts.Number.Length == 0 || unit == 0) return false;
        if (parts.IsInteger)
        {
            if (!JavaNumber.TryParseInt64(parts.Number, out long count)) return false;
            nanoseconds = (long)BigInteger.Min(BigInteger.Max((BigInteger)count * unit, long.MinValue), long.MaxValue);
            return true;
        }

        if (!JavaNumber.TryParseDouble(parts.Number, out double number)) return false;
        nanoseconds = HoconNumber.SaturatingInt64(number * unit);
        return true;
    }

    /// <summary>
    /// A duration in nanoseconds, exact or not at all: a decimal number with a unit, whose value must be a
    /// whole number of nanoseconds in 64 bits. Without a unit the number means milliseconds.
    /// </summary>
    /// <returns>False when the text is no such duration.</returns>
    public static bool TryParseExact(string text, out long nanoseconds)
    {
        UnitText parts = UnitText.Split(text);
        return ExactDecimal.TryScale(parts.Number, UnitNanoseconds(parts.Unit), out nanoseconds);
    }

    /// <summary>A duration as people write it, in the largest unit in which it is a whole number: <c>100 ms</c>.</summary>
    public static string Format(long nanoseconds)
    {
        foreach (string unit in (ReadOnlySpan<string>)["d", "h", "m", "s", "ms", "us"])
        {
            long length = UnitNanoseconds(unit);
            if (nanoseconds != 0 && nanoseconds % length == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / length} {unit}");
            }

        }

        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds} ns");
    }

    /// <summary>Length of a unit in nanoseconds; 0 when there is no such unit.</summary>
    private static long UnitNanoseconds(string unit)
    {
        if (unit.Length > 2 && !unit.EndsWith('s')) unit += "s";
        return unit switch
        {
            "ns" or "nanos" or "nanoseconds" => 1,
            "us" or "micros" or "microseconds" => 1_000,
            "" or "ms" or "millis" or "milliseconds" => 1_000_000,
            "s" or "seconds" => 1_000_000_000,
            "m" or "minutes" => 60_000_000_000,
            "h" or "hours" => 3_600_000_000_000,
            "d" or "days" => 86_400_000_000_000,
            _ => 0,
        };
    }
}
