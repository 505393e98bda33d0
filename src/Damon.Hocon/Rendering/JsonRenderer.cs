using System.Globalization;
using System.Text;

namespace Damon.Hocon.Rendering;

/// <summary>
/// Writes a resolved tree as JSON: two blanks of indent, keys in file order, numbers by value (an integral
/// number without a fraction, a double in its shortest form). Infinite numbers, which JSON lacks, are written
/// as <c>1e999</c>, which every reader takes back as infinite or refuses.
/// </summary>
public static class JsonRenderer
{
    /// <summary>The value as JSON text, with a new line at the end.</summary>
    /// <exception cref="HoconException">The value is nested too deep for the stack.</exception>
    public static string Render(HoconValue value)
    {
        StringBuilder text = new();
        Write(text, value, 0);
        return text.Append('\n').ToString();
    }

    /// <summary>A number as it is rendered: by its value, not as it was written.</summary>
    public static string Render(HoconNumber number)
    {
        if (number.IsInteger) return number.Int64.ToString(CultureInfo.InvariantCulture);
        if (double.IsInfinity(number.Double)) return number.Double > 0 ? "1e999" : "-1e999";
        return number.Double.ToString("R", CultureInfo.InvariantCulture);
    }

    private static void Write(StringBuilder text, HoconValue value, int depth)
    {
        switch (value)
        {
            case HoconObject fields:
                WriteObject(text, fields, depth);
                break;
            case HoconArray items:
                WriteArray(text, items, depth);
                break;
            case HoconString plain:
                WriteString(text, plain.Value);
                break;
            case HoconNumber number:
                text.Append(Render(number));
                break;
            default:
                text.Append(value.ConcatenationText);
                break;
        }
    }

    private static void WriteObject(StringBuilder text, HoconObject fields, int depth)
    {
        Nesting.Check(fields.Origin);
        if (fields.Count == 0)
        {
            text.Append("{}");
            return;
        }

        char separator = '{';
        foreach (KeyValuePair<string, HoconValue> field in fields)
        {
            text.Append(separator);
            NewLine(text, depth + 1);
            WriteString(text, field.Key);
            text.Append(": ");
            Write(text, field.Value, depth + 1);
            separator = ',';
        }

        NewLine(text, depth);
        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, HoconArray items, int depth)
    {
        Nesting.Check(items.Origin);
        if (items.Count == 0)
        {
            text.Append("[]");
            return;
        }

        char separator = '[';
        foreach (HoconValue item in items)
        {
            text.Append(separator);
            NewLine(text, depth + 1);
            Write(text, item, depth + 1);
            separator = ',';
        }

        NewLine(text, depth);
        text.Append(']');
    }

    private static void NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', 2 * depth);

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    if (i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1])) text.Append(c).Append(value[++i]);
                    else WriteCharacter(text, c);
                    break;
            }
        }

        text.Append('"');
    }

    private static void WriteCharacter(StringBuilder text, char c)
    {
        // Controls need an escape, and lone surrogates would not survive the way through UTF-8.
        bool escaped = c < ' ' || c == '\u007f' || char.IsSurrogate(c);
        if (escaped) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        else text.Append(c);
    }
}
