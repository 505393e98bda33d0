using Damon.Hocon.Numbers;
using Damon.Hocon.Resolution;

namespace Damon.Hocon.Reading;

/// <summary>What a value of one kind can be read as (spec: automatic type conversions).</summary>
internal static class Conversion
{
    /// <summary>Texts; numbers and booleans as they were written.</summary>
    public static string? ToText(HoconValue value) => value is HoconString or HoconNumber or HoconBoolean ? value.ConcatenationText : null;

    /// <summary>Numbers; texts that hold one.</summary>
    public static HoconNumber? ToNumber(HoconValue value)
    {
        if (value is not HoconString text) return value as HoconNumber;
        if (JavaNumber.TryParseInt64(text.Value, out long integer)) return new HoconNumber(value.Origin, integer, text.Value);
        return JavaNumber.TryParseDouble(text.Value, out double number) ? new HoconNumber(value.Origin, number, text.Value) : null;
    }

    /// <summary>Booleans; the texts true, yes, on, false, no, off.</summary>
    public static bool? ToBoolean(HoconValue value) => value switch
    {
        HoconBoolean boolean => boolean.Value,
        HoconString { Value: "true" or "yes" or "on" } => true,
        HoconString { Value: "false" or "no" or "off" } => false,
        _ => null,
    };

    /// <summary>Arrays; objects with numeric keys.</summary>
    public static HoconArray? ToArray(HoconValue value) => value is HoconObject fields ? NumericKeys.ToArray(fields) : value as HoconArray;
}
