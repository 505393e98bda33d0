using System.Globalization;
using System.Text;
using System.Text.Json;
using Damon.Damo.Values;

namespace Damon.Damo.Trees;

/// <summary>Reads and writes the tree as JSON.</summary>
public static class JsonTree
{
    /// <summary>Reads a JSON text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Name of the file or option, for messages.</param>
    /// <exception cref="DamoException">The text is no JSON; the message names line and column.</exception>
    public static TreeNode Read(string text, string name)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            reader.Read();
            TreeNode root = ReadValue(ref reader);
            while (reader.Read())
            {
            }

            return root;
        }
        catch (JsonException e)
        {
            throw new DamoException($"{name}: no valid JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new DamoException($"{name}: no valid JSON: it holds text that is no Unicode", e);
        }
    }

    /// <summary>Writes the tree as damo does: 4 blanks of indent, ASCII only, no blank at the end of lines, no final newline.</summary>
    /// <param name="node">The root.</param>
    public static string Write(TreeNode node)
    {
        var text = new StringBuilder();
        Write(node, 0, text);
        return text.ToString();
    }

    private static TreeNode ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadMap(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.String => new TreeText(reader.GetString()!),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => new TreeBool(true),
        JsonTokenType.False => new TreeBool(false),
        _ => TreeNull.Instance,
    };

    private static TreeMap ReadMap(ref Utf8JsonReader reader)
    {
        var entries = new List<KeyValuePair<string, TreeNode>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            entries.Add(new(key, ReadValue(ref reader)));
        }

        return new TreeMap(entries);
    }

    private static TreeList ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<TreeNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader));
        return new TreeList(items);
    }

    private static TreeNumber ReadNumber(ref Utf8JsonReader reader)
    {
        string digits = Encoding.ASCII.GetString(reader.ValueSpan);
        return PlainNumber.TryRead(digits, out Number number)
            ? new TreeNumber(number)
            : throw new DamoException($"the number {digits[..20]}... has too many digits; allowed are 4,300");
    }

    private static void Write(TreeNode node, int depth, StringBuilder text)
    {
        switch (node)
        {
            case TreeMap map:
                WriteItems(map.Entries, '{', '}', depth, text, entry =>
                {
                    WriteText(entry.Key, text);
                    text.Append(": ");
                    Write(entry.Value, depth + 1, text);
                });
                break;
            case TreeList list:
                WriteItems(list.Items, '[', ']', depth, text, item => Write(item, depth + 1, text));
                break;
            case TreeText value:
                WriteText(value.Value, text);
                break;
            case TreeNumber number:
                text.Append(NumberText(number.Value));
                break;
            case TreeBool truth:
                text.Append(truth.Value ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    /// <summary>A number as JSON has it; infinite ones cannot be written.</summary>
    internal static string NumberText(Number number)
    {
        number.Truncate();
        string digits = number.ToString();
        return number.IsReal && !digits.AsSpan().ContainsAny('.', 'E') ? digits + ".0" : digits;
    }

    private static void WriteItems<T>(IReadOnlyList<T> items, char open, char close, int depth, StringBuilder text, Action<T> write)
    {
        text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', 4 * (depth + 1));
            write(items[i]);
        }

        if (items.Count > 0) text.Append('\n').Append(' ', 4 * depth);
        text.Append(close);
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in value)
        {
            int named = "\"\\\n\r\t\b\f".IndexOf(c, StringComparison.Ordinal);
            if (named >= 0) text.Append('\\').Append("\"\\nrtbf"[named]);
            else if (c is >= ' ' and < '\x7f') text.Append(c);
            else text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        text.Append('"');
    }
}
