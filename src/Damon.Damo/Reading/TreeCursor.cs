using Damon.Damo.Notices;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Reading;

/// <summary>A place in a tree while a document is read: knows its path, so that errors can name it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Path">Path from the root, such as kdamonds[0].contexts[1].ops.</param>
internal readonly record struct TreeCursor(TreeNode Node, string Path)
{
    /// <summary>True for an explicit null.</summary>
    internal bool IsNull => Node is TreeNull;

    /// <summary>The value of a key, or null when absent.</summary>
    internal TreeCursor? Optional(string key)
    {
        TreeMap map = Map();
        for (int i = map.Entries.Count - 1; i >= 0; i--)
        {
            if (map.Entries[i].Key == key) return new(map.Entries[i].Value, $"{Path}.{key}");
        }

        return null;
    }

    /// <summary>The value of a key that must be there.</summary>
    internal TreeCursor Required(string key)
    {
        if (Optional(key) is { } value) return value;
        string hint = CommandLine.Spelling.Hint(key, Map().Entries.Select(entry => entry.Key));
        throw Refuse($"the key '{key}' is missing; found are {Keys()}{hint}");
    }

    /// <summary>The items of a list, with their paths.</summary>
    internal IReadOnlyList<TreeCursor> Items()
    {
        if (Node is not TreeList list) throw Refuse($"found {Describe()}, allowed is a list");
        string path = Path;
        return [.. list.Items.Select((item, index) => new TreeCursor(item, $"{path}[{index}]"))];
    }

    /// <summary>A number, or a text in the form of a reader.</summary>
    internal Number Number(ReadValue read) => Node switch
    {
        TreeNumber number => number.Value,
        TreeText text => InPlace(() => read(text.Value)),
        _ => throw Refuse($"found {Describe()}, allowed is a number or a text with one"),
    };

    /// <summary>A number or null.</summary>
    internal Number? NumberOrNull(ReadValue read) => IsNull ? null : Number(read);

    /// <summary>A text; a number stands for its digits.</summary>
    internal string Text() => Node switch
    {
        TreeText text => text.Value,
        TreeNumber number => number.Value.ToString(),
        _ => throw Refuse($"found {Describe()}, allowed is a text"),
    };

    /// <summary>A text or null.</summary>
    internal string? TextOrNull() => IsNull ? null : Text();

    /// <summary>A truth value, also as y, yes, true, n, no or false.</summary>
    internal bool Bool()
    {
        if (Node is TreeBool truth) return truth.Value;
        string text = Text();
        return InPlace(() => ValueReader.Bool(text));
    }

    /// <summary>A word of an enumeration.</summary>
    internal TEnum Word<TEnum>(Document.Keywords<TEnum> words)
        where TEnum : struct, Enum
    {
        string text = Text();
        return InPlace(() => words.Read(text));
    }

    /// <summary>Gives a notice for every key that is none of the known ones.</summary>
    internal void NoticeUnknown(ICollection<Notice> notices, params ReadOnlySpan<string> known)
    {
        foreach (KeyValuePair<string, TreeNode> entry in Map().Entries)
        {
            if (known.Contains(entry.Key)) continue;
            string hint = CommandLine.Spelling.Hint(entry.Key, known.ToArray());
            notices.Add(new(NoticeCode.UnknownKey, $"the key '{entry.Key}' is not known and has no effect{hint}", $"{Path}.{entry.Key}"));
        }
    }

    internal DamoException Refuse(string reason) => new($"{Path}: {reason}") { Path = Path };

    private TreeMap Map() => Node as TreeMap ?? throw Refuse($"found {Describe()}, allowed is a mapping");

    private T InPlace<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DamoException e)
        {
            throw new DamoException($"{Path}: {e.Message}", e) { Path = Path };
        }
    }

    private string Keys() => Map().Entries.Count == 0 ? "none" : string.Join(", ", Map().Entries.Select(entry => entry.Key));

    private string Describe() => Node switch
    {
        TreeMap => "a mapping",
        TreeList => "a list",
        TreeText text => $"the text '{text.Value}'",
        TreeNumber number => $"the number {number.Value}",
        TreeBool truth => truth.Value ? "true" : "false",
        _ => "null",
    };
}
