using Damon.Hocon.Units;

namespace Damon.Hocon.Reading;

/// <summary>
/// Reads single values by path, with the conversions and the limits of the reference implementation. For
/// files that people write and get wrong, <see cref="HoconSection"/> gives stricter reading and better messages.
/// </summary>
public static class HoconGetters
{
    /// <summary>The value at a path, which may be null.</summary>
    /// <exception cref="HoconException">Bad path, missing, or a part of the path is no object.</exception>
    public static HoconValue GetValue(this HoconObject root, string path)
    {
        HoconPath parsed = HoconPath.Parse(path);
        HoconValue value = root;
        foreach (string element in parsed.Elements)
        {
            if (value is HoconNull) throw Error(HoconErrorKind.Null, value, path, "an object");
            if (value is not HoconObject fields) throw Error(HoconErrorKind.WrongType, value, path, "an object on the way");
            if (!fields.TryGetValue(element, out HoconValue? child))
            {
                throw new HoconException(HoconErrorKind.Missing, fields.Origin, $"{path}: not set");
            }

            value = child;
        }

        return value;
    }

    /// <summary>A text; numbers and booleans as they were written.</summary>
    /// <exception cref="HoconException">Bad path, missing, null or of another kind.</exception>
    public static string GetString(this HoconObject root, string path)
    {
        HoconValue value = NotNull(root, path);
        return Conversion.ToText(value) ?? throw Error(HoconErrorKind.WrongType, value, path, "a text");
    }

    /// <summary>A 64-bit integer; fractions are cut off and values beyond 64 bits saturate.</summary>
    /// <exception cref="HoconException">Bad path, missing, null or no number.</exception>
    public static long GetInt64(this HoconObject root, string path) => Number(root, path).Int64;

    /// <summary>A 32-bit integer; fractions are cut off.</summary>
    /// <exception cref="HoconException">Bad path, missing, null, no number or beyond 32 bits.</exception>
    public static int GetInt32(this HoconObject root, string path)
    {
        HoconNumber number = Number(root, path);
        return number.Int64 is >= int.MinValue and <= int.MaxValue
            ? (int)number.Int64
            : throw Error(HoconErrorKind.WrongType, number, path, "a number of 32 bits");
    }

    /// <summary>A double.</summary>
    /// <exception cref="HoconException">Bad path, missing, null or no number.</exception>
    public static double GetDouble(this HoconObject root, string path) => Number(root, path).Double;

    /// <summary>A boolean; the texts yes, no, on and off count.</summary>
    /// <exception cref="HoconException">Bad path, missing, null or of another kind.</exception>
    public static bool GetBoolean(this HoconObject root, string path)
    {
        HoconValue value = NotNull(root, path);
        return Conversion.ToBoolean(value) ?? throw Error(HoconErrorKind.WrongType, value, path, "true, false, yes, no, on or off");
    }

    /// <summary>A duration in nanoseconds (<see cref="HoconDuration.TryParse"/>).</summary>
    /// <exception cref="HoconException">Bad path, missing, null, an object or array, or no duration.</exception>
    public static long GetDuration(this HoconObject root, string path)
    {
        string text = root.GetString(path);
        return HoconDuration.TryParse(text, out long nanoseconds) ? nanoseconds : throw BadValue(root, path, HoconDuration.Allowed);
    }

    /// <summary>
    /// A size in bytes (<see cref="HoconSize.TryParse(string, out long)"/>); plain numbers as <see cref="GetInt64"/>
    /// reads them.
    /// </summary>
    /// <exception cref="HoconException">Bad path, missing, null, an object or array, or no size.</exception>
    public static long GetBytes(this HoconObject root, string path)
    {
        HoconValue value = NotNull(root, path);
        if (Conversion.ToNumber(value) is { } number) return number.Int64;
        return HoconSize.TryParse(root.GetString(path), out long bytes) ? bytes : throw BadValue(root, path, HoconSize.Allowed);
    }

    /// <summary>A period in ISO 8601 form (<see cref="HoconPeriod.TryParse"/>).</summary>
    /// <exception cref="HoconException">Bad path, missing, null, an object or array, or no period.</exception>
    public static string GetPeriod(this HoconObject root, string path)
    {
        string text = root.GetString(path);
        return HoconPeriod.TryParse(text, out string iso) ? iso : throw BadValue(root, path, HoconPeriod.Allowed);
    }

    /// <summary>An array of texts; an object with numeric keys counts as an array.</summary>
    /// <exception cref="HoconException">Bad path, missing, null, no array, or an element that is no text, number or boolean.</exception>
    public static IReadOnlyList<string> GetStrings(this HoconObject root, string path)
    {
        HoconValue value = NotNull(root, path);
        HoconArray items = Conversion.ToArray(value) ?? throw Error(HoconErrorKind.WrongType, value, path, "an array of texts");
        string[] texts = new string[items.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Conversion.ToText(items[i]) ?? throw Error(HoconErrorKind.WrongType, items[i], path, "texts only");
        }

        return texts;
    }

    private static HoconValue NotNull(HoconObject root, string path)
    {
        HoconValue value = root.GetValue(path);
        return value is HoconNull ? throw Error(HoconErrorKind.Null, value, path, "a value") : value;
    }

    private static HoconNumber Number(HoconObject root, string path)
    {
        HoconValue value = NotNull(root, path);
        return Conversion.ToNumber(value) ?? throw Error(HoconErrorKind.WrongType, value, path, "a number");
    }

    private static HoconException BadValue(HoconObject root, string path, string allowed) =>
        Error(HoconErrorKind.BadValue, root.GetValue(path), path, allowed);

    private static HoconException Error(HoconErrorKind kind, HoconValue found, string path, string allowed) =>
        new(kind, found.Origin, $"{path}: found {Describe.Found(found)}, allowed: {allowed}");
}
