using System.Globalization;
using System.Numerics;
using Damon.Hocon.Units;

namespace Damon.Hocon.Reading;

/// <summary>
/// A value with its path, to be read as one type. An error is reported to the reader as
/// <c>file:line:column: path: found X, allowed: Y</c>.
/// </summary>
public sealed class HoconCursor
{
    private readonly HoconReader _reader;

    internal HoconCursor(HoconReader reader, HoconValue value, string path)
    {
        _reader = reader;
        Value = value;
        Path = path;
    }

    /// <summary>The value.</summary>
    public HoconValue Value { get; }

    /// <summary>Its path from the root, such as <c>hosts[2].memory</c>.</summary>
    public string Path { get; }

    /// <summary>Reports that the value is not what is allowed here.</summary>
    /// <param name="allowed">What is allowed, such as "a name of a node".</param>
    public void Refuse(string allowed) => Refuse(HoconErrorKind.BadValue, allowed);

    /// <summary>A text in place of the value, as if it were written there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path for messages about it.</param>
    public HoconCursor Instead(string text, string path) => new(_reader, new HoconString(Value.Origin, text, quoted: false), path);

    /// <summary>The value as text; numbers and booleans as they were written.</summary>
    public string AsString() => Conversion.ToText(Value) ?? Refused(HoconErrorKind.WrongType, "a text", "");

    /// <summary>The value as one of a few words.</summary>
    public string AsChoice(params ReadOnlySpan<string> choices)
    {
        string text = Conversion.ToText(Value) ?? "";
        if (choices.Contains(text)) return text;
        string? nearest = NearestName.Find(text, choices.ToArray());
        string allowed = string.Join(", ", choices.ToArray());
        return Refused(HoconErrorKind.BadValue, nearest is null ? allowed : $"{allowed}; did you mean '{nearest}'?", "");
    }

    /// <summary>The value as true or false; yes, no, on and off count.</summary>
    public bool AsBoolean() => Conversion.ToBoolean(Value) ?? Refused(HoconErrorKind.WrongType, "true, false, yes, no, on or off", false);

    /// <summary>The value as a whole number with sign.</summary>
    public long AsLong(HoconRange<long>? range = null)
    {
        if (ToInteger() is not { } wide || wide < long.MinValue || wide > long.MaxValue)
        {
            return Refused(HoconErrorKind.WrongType, WholeNumber(range), 0L);
        }

        return InRange((long)wide, range, Plain);
    }

    /// <summary>The value as a whole number without sign.</summary>
    public ulong AsULong(HoconRange<ulong>? range = null)
    {
        if (ToInteger() is not { } wide || wide < 0 || wide > ulong.MaxValue)
        {
            return Refused(HoconErrorKind.WrongType, WholeNumber(range), 0UL);
        }

        return InRange((ulong)wide, range, Plain);
    }

    /// <summary>The value as a number; infinite ones and NaN are refused.</summary>
    public double AsDouble(HoconRange<double>? range = null)
    {
        if (Conversion.ToNumber(Value) is not { } number || !double.IsFinite(number.Double))
        {
            return Refused(HoconErrorKind.WrongType, "a number", 0d);
        }

        return InRange(number.Double, range, Plain);
    }

    /// <summary>
    /// The value as a duration in nanoseconds, exact (<see cref="HoconDuration.TryParseExact"/>); a number without a
    /// unit means milliseconds.
    /// </summary>
    public long AsDuration(HoconRange<long>? range = null)
    {
        if (Conversion.ToText(Value) is not { } text) return Refused(HoconErrorKind.WrongType, HoconDuration.Allowed, 0L);
        return HoconDuration.TryParseExact(text, out long nanoseconds)
            ? InRange(nanoseconds, range, HoconDuration.Format)
            : Refused(HoconErrorKind.BadValue, HoconDuration.Allowed + ", a whole number of nanoseconds in 64 bits", 0L);
    }

    /// <summary>
    /// The value as a size in bytes, fractions of a byte cut off (<see cref="HoconSize"/>); a number without a unit
    /// means bytes.
    /// </summary>
    public ulong AsBytes(HoconRange<ulong>? range = null)
    {
        if (Conversion.ToText(Value) is not { } text) return Refused(HoconErrorKind.WrongType, HoconSize.Allowed, 0UL);
        return HoconSize.TryParse(text, out BigInteger bytes) && bytes >= 0 && bytes <= ulong.MaxValue
            ? InRange((ulong)bytes, range, HoconSize.Format)
            : Refused(HoconErrorKind.BadValue, HoconSize.Allowed, 0UL);
    }

    /// <summary>The value as a ratio in basis points, exact (<see cref="HoconRatio"/>).</summary>
    public long AsBasisPoints(HoconRange<long>? range = null)
    {
        if (Conversion.ToText(Value) is not { } text) return Refused(HoconErrorKind.WrongType, HoconRatio.Allowed, 0L);
        return HoconRatio.TryParse(text, out long points)
            ? InRange(points, range, HoconRatio.Format)
            : Refused(HoconErrorKind.BadValue, HoconRatio.Allowed, 0L);
    }

    /// <summary>The value as an object, whose keys are then checked too.</summary>
    public HoconSection AsSection() =>
        _reader.Open(Value as HoconObject ?? Refused(HoconErrorKind.WrongType, "an object", HoconObject.Empty(Value.Origin)), Path);

    /// <summary>The elements of an array; an object with numeric keys counts as one.</summary>
    public IReadOnlyList<HoconCursor> AsItems()
    {
        if (Conversion.ToArray(Value) is not { } items)
        {
            return Refused<IReadOnlyList<HoconCursor>>(HoconErrorKind.WrongType, "an array", []);
        }

        HoconCursor[] cursors = new HoconCursor[items.Count];
        for (int i = 0; i < cursors.Length; i++)
        {
            cursors[i] = new HoconCursor(_reader, items[i], string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}]"));
        }

        return cursors;
    }

    private void Refuse(HoconErrorKind kind, string allowed) =>
        _reader.Report(
            Value is HoconNull ? HoconErrorKind.Null : kind,
            Value.Origin,
            Path,
            $"found {Describe.Found(Value)}, allowed: {allowed}");

    private T Refused<T>(HoconErrorKind kind, string allowed, T stand)
    {
        Refuse(kind, allowed);
        return stand;
    }

    private BigInteger? ToInteger()
    {
        if (Conversion.ToNumber(Value) is not { } number) return null;
        if (number.IsInteger && number.Int64 is > long.MinValue and < long.MaxValue) return number.Int64;
        // At the ends of 64 bits the number may have been saturated; its text says what it is.
        return ExactDecimal.TryWhole(number.Text, out BigInteger whole) ? whole : null;
    }

    private T InRange<T>(T value, HoconRange<T>? range, Func<T, string> format)
        where T : struct, IComparable<T>
    {
        if (range is not { } allowed || allowed.Contains(value)) return value;
        return Refused(HoconErrorKind.BadValue, $"{format(allowed.Min)}..{format(allowed.Max)}", allowed.Min);
    }

    private static string WholeNumber<T>(HoconRange<T>? range)
        where T : struct, IComparable<T>, IFormattable =>
        range is { } allowed ? $"a whole number, {Plain(allowed.Min)}..{Plain(allowed.Max)}" : "a whole number of 64 bits";

    private static string Plain<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
