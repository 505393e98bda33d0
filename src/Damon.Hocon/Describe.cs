namespace Damon.Hocon;

/// <summary>Words for values in messages.</summary>
internal static class Describe
{
    /// <summary>A kind with its article: "an object".</summary>
    public static string Article(HoconKind kind) => kind switch
    {
        HoconKind.Object => "an object",
        HoconKind.Array => "an array",
        HoconKind.String => "a text",
        HoconKind.Number => "a number",
        HoconKind.Boolean => "a boolean",
        _ => "null",
    };

    /// <summary>A value as a reader recognises it: plain values as they are written, the others by their kind.</summary>
    public static string Found(HoconValue value) => value switch
    {
        HoconString text => $"\"{text.Value}\"",
        HoconNumber or HoconBoolean or HoconNull => value.ConcatenationText!,
        _ => Article(value.Kind),
    };
}
