using System.Text;
using System.Text.Json;
using Damon.Damo.Trees;
using Damon.Damo.Values;

namespace Damon.Damo.Records;

/// <summary>Reads tokens of a record file: numbers or damo's value texts, small trees, and whatever is to be skipped.</summary>
internal ref struct JsonCursor
{
    private const int TreeNodesMax = 10_000;

    private readonly JsonStream _stream;
    private Utf8JsonReader _reader;

    internal JsonCursor(JsonStream stream)
    {
        _stream = stream;
        _reader = stream.Resume();
    }

    internal readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Gives the place back to the stream.</summary>
    internal readonly void Leave() => _stream.Leave(in _reader);

    /// <summary>Moves to the next token, which must be there.</summary>
    internal void Read()
    {
        if (!_stream.Read(ref _reader)) throw new DamoException("the JSON text is empty or ends too early");
    }

    /// <summary>Moves behind the last token and checks that nothing follows.</summary>
    internal void End()
    {
        if (_stream.Read(ref _reader)) throw new DamoException("something follows the end of the list of records");
    }

    /// <summary>Moves to the next key of an object, or to its end; false at the end.</summary>
    internal bool ReadKey()
    {
        Read();
        return Token == JsonTokenType.PropertyName;
    }

    internal readonly bool IsKey(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    internal readonly string KeyText() => Shortened(_reader.GetString()!);

    /// <summary>Moves to the value of a key, which must open an object; false when it is null.</summary>
    internal bool ReadObjectOrNull(string name)
    {
        Read();
        if (Token == JsonTokenType.Null) return false;
        Expect(JsonTokenType.StartObject, name, "an object");
        return true;
    }

    internal readonly void Expect(JsonTokenType token, string name, string allowed)
    {
        if (Token != token) throw new DamoException($"{name}: found {Describe()}, allowed is {allowed}");
    }

    /// <summary>Reads the value of a key: a number or a value text without its fraction, or null.</summary>
    internal long? ReadInt64OrNull(string name, ReadValue read)
    {
        Read();
        if (Token == JsonTokenType.Null) return null;
        if (Token == JsonTokenType.Number && _reader.TryGetInt64(out long value)) return value;
        return Number(name, read).Truncate() is var whole && whole >= long.MinValue && whole <= long.MaxValue
            ? (long)whole
            : throw new DamoException($"{name}: {Text()} is out of range; allowed are 64 bits");
    }

    /// <summary>Reads the value of a key as <see cref="ReadInt64OrNull"/>, but never null.</summary>
    internal long ReadInt64(string name, ReadValue read) => ReadInt64OrNull(name, read) ?? throw new DamoException($"{name}: found null, allowed is a number");

    /// <summary>Reads the value of a key: a size or address in bytes.</summary>
    internal ulong ReadBytes(string name)
    {
        Read();
        if (Token == JsonTokenType.Number && _reader.TryGetUInt64(out ulong value)) return value;
        return Number(name, ValueReader.Bytes).Truncate() is var whole && whole >= 0 && whole <= ulong.MaxValue
            ? (ulong)whole
            : throw new DamoException($"{name}: {Text()} is out of range; allowed is 0 to {ulong.MaxValue}");
    }

    /// <summary>Reads the whole numbers of the list that the cursor stands on.</summary>
    internal void ReadNumbers(List<long> numbers, string name, int countMax)
    {
        for (Read(); Token != JsonTokenType.EndArray; Read())
        {
            if (Token != JsonTokenType.Number || !_reader.TryGetInt64(out long value))
                throw new DamoException($"{name}: found {Describe()}, allowed are whole numbers");
            if (numbers.Count == countMax) throw new DamoException($"{name}: more than {countMax} numbers in a snapshot");
            numbers.Add(value);
        }
    }

    /// <summary>Skips the value of a key, however large.</summary>
    internal void Skip()
    {
        Read();
        for (int depth = Step(); depth > 0; depth += Step()) Read();
    }

    /// <summary>Reads the value of a key as a tree; only for the small parts of a record.</summary>
    internal TreeNode ReadTree(string name)
    {
        int budget = TreeNodesMax;
        Read();
        return Tree(name, ref budget);
    }

    private readonly int Step() => Token switch
    {
        JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
        JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
        _ => 0,
    };

    private TreeNode Tree(string name, ref int budget)
    {
        if (--budget < 0) throw new DamoException($"{name}: more than {TreeNodesMax} values, which no record needs");
        switch (Token)
        {
            case JsonTokenType.StartObject:
                var entries = new List<KeyValuePair<string, TreeNode>>();
                while (ReadKey())
                {
                    string key = _reader.GetString()!;
                    Read();
                    entries.Add(new(key, Tree(name, ref budget)));
                }

                return new TreeMap(entries);
            case JsonTokenType.StartArray:
                var items = new List<TreeNode>();
                for (Read(); Token != JsonTokenType.EndArray; Read()) items.Add(Tree(name, ref budget));
                return new TreeList(items);
            case JsonTokenType.String:
                return new TreeText(_reader.GetString()!);
            case JsonTokenType.Number:
                return new TreeNumber(Number(name, ValueReader.Nr));
            case JsonTokenType.True or JsonTokenType.False:
                return new TreeBool(Token == JsonTokenType.True);
            default:
                return TreeNull.Instance;
        }
    }

    private readonly Number Number(string name, ReadValue read)
    {
        if (Token == JsonTokenType.Number && PlainNumber.TryRead(Encoding.ASCII.GetString(_reader.ValueSpan), out Number number)) return number;
        if (Token != JsonTokenType.String) throw new DamoException($"{name}: found {Describe()}, allowed is a number or a text with one");
        string text = Shortened(_reader.GetString()!);
        try
        {
            return read(text);
        }
        catch (DamoException e)
        {
            throw new DamoException($"{name}: {e.Message}", e);
        }
    }

    private readonly string Text() => Shortened(Encoding.UTF8.GetString(_reader.ValueSpan));

    private static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "...");

    private readonly string Describe() => Token switch
    {
        JsonTokenType.StartObject or JsonTokenType.EndObject => "an object",
        JsonTokenType.StartArray or JsonTokenType.EndArray => "a list",
        JsonTokenType.String => $"the text '{Text()}'",
        JsonTokenType.Number => $"the number {Text()}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
