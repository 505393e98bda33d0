using System.Text;
using Damon.Damo.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Damon.Damo.Trees;

/// <summary>Reads and writes the tree as YAML: block style in the order of the JSON, one document, no aliases.</summary>
public static class YamlTree
{
    private const int DepthMax = 64;

    /// <summary>Reads a YAML text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="DamoException">The text is no YAML, has aliases or is nested too deeply; the message names the line.</exception>
    public static TreeNode Read(string text, string name)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return TreeNull.Instance;
            parser.Consume<DocumentStart>();
            TreeNode root = ReadNode(parser, name, 0);
            parser.Consume<DocumentEnd>();
            return root;
        }
        catch (YamlException e)
        {
            throw new DamoException($"{name}: no valid YAML at line {e.Start.Line}, column {e.Start.Column}", e);
        }
        catch (Exception e) when (e is not DamoException)
        {
            // The library meets some broken texts, such as an unclosed list, with exceptions of all kinds.
            throw new DamoException($"{name}: no valid YAML, broken at or after line {parser.Current?.Start.Line ?? 1}", e);
        }
    }

    /// <summary>Writes the tree, with a final newline.</summary>
    /// <param name="node">The root.</param>
    public static string Write(TreeNode node)
    {
        var text = new StringBuilder();
        if (node is TreeMap or TreeList && !IsEmpty(node)) WriteBlock(node, 0, text);
        else text.Append(Inline(node)).Append('\n');
        return text.ToString();
    }

    private static TreeNode ReadNode(Parser parser, string name, int depth)
    {
        ParsingEvent at = parser.Consume<ParsingEvent>();
        if (depth > DepthMax) throw new DamoException($"{name}: line {at.Start.Line} is nested deeper than {DepthMax} levels");
        return at switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadList(parser, name, depth),
            MappingStart => ReadMap(parser, name, depth),
            _ => throw new DamoException($"{name}: line {at.Start.Line} has an alias or something else that is not allowed; write the value out"),
        };
    }

    private static TreeList ReadList(Parser parser, string name, int depth)
    {
        var items = new List<TreeNode>();
        while (parser.Current is not SequenceEnd) items.Add(ReadNode(parser, name, depth + 1));
        parser.MoveNext();
        return new TreeList(items);
    }

    private static TreeMap ReadMap(Parser parser, string name, int depth)
    {
        var entries = new List<KeyValuePair<string, TreeNode>>();
        while (parser.Current is not MappingEnd)
        {
            string key = parser.Consume<ParsingEvent>() is Scalar scalar
                ? scalar.Value
                : throw new DamoException($"{name}: a mapping that ends at line {parser.Current!.Start.Line} has a key that is no plain text");
            entries.Add(new(key, ReadNode(parser, name, depth + 1)));
        }

        parser.MoveNext();
        return new TreeMap(entries);
    }

    private static TreeNode ReadScalar(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain ? ReadPlain(scalar.Value) : new TreeText(scalar.Value);

    private static TreeNode ReadPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => TreeNull.Instance,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => new TreeBool(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => new TreeBool(false),
        var plain when IsNumber(plain) && PlainNumber.TryRead(plain, out Number number) => new TreeNumber(number),
        var plain => new TreeText(plain),
    };

    /// <summary>Digits, or digits with a point; 1e3 and 1,000 are texts in YAML 1.1.</summary>
    private static bool IsNumber(string text) =>
        text[0] is '-' or '+' or '.' or (>= '0' and <= '9')
        && text[^1] is '.' or (>= '0' and <= '9')
        && !text.Contains(',', StringComparison.Ordinal)
        && (text.Contains('.', StringComparison.Ordinal) || !text.AsSpan().ContainsAny('e', 'E'));

    private static void WriteBlock(TreeNode node, int depth, StringBuilder text)
    {
        if (node is TreeMap map)
        {
            for (int i = 0; i < map.Entries.Count; i++)
            {
                bool followsDash = i == 0 && text.Length > 0 && text[^1] == ' ';
                text.Append(' ', followsDash ? 0 : 2 * depth).Append(Quote(map.Entries[i].Key)).Append(':');
                WriteChild(map.Entries[i].Value, map.Entries[i].Value is TreeList ? depth : depth + 1, text);
            }
        }
        else if (node is TreeList list)
        {
            foreach (TreeNode item in list.Items)
            {
                text.Append(' ', 2 * depth).Append('-');
                if (item is TreeMap && !IsEmpty(item))
                {
                    text.Append(' ');
                    WriteBlock(item, depth + 1, text);
                }
                else
                {
                    WriteChild(item, depth + 1, text);
                }
            }
        }
    }

    private static void WriteChild(TreeNode node, int depth, StringBuilder text)
    {
        if (node is TreeMap or TreeList && !IsEmpty(node))
        {
            text.Append('\n');
            WriteBlock(node, depth, text);
        }
        else
        {
            text.Append(' ').Append(Inline(node)).Append('\n');
        }
    }

    private static bool IsEmpty(TreeNode node) => node is TreeMap { Entries.Count: 0 } or TreeList { Items.Count: 0 };

    private static string Inline(TreeNode node) => node switch
    {
        TreeText value => Quote(value.Value),
        TreeNumber number => JsonTree.NumberText(number.Value),
        TreeBool truth => truth.Value ? "true" : "false",
        TreeMap => "{}",
        TreeList => "[]",
        _ => "null",
    };

    /// <summary>Leaves plain only what no YAML reader takes for something else; JSON strings are YAML's double quoted ones.</summary>
    private static string Quote(string value)
    {
        bool isWord = value.Length > 0 && (char.IsAsciiLetter(value[0]) || value[0] is '/' or '_');
        bool isMeasure = value.Length > 0 && char.IsAsciiDigit(value[0]) && value.AsSpan().ContainsAny(' ', ',');
        bool isPlain = (isWord || isMeasure) && !value.EndsWith(' ');
        foreach (char c in value) isPlain &= char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '.' or '-' or ' ' or '%' or ',';
        if (isPlain && ReadPlain(value) is TreeText && value.ToLowerInvariant() is not ("y" or "n")) return value;
        return value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? JsonTree.Write(new TreeText(value))
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
