using System.Text;
using Damon.Hocon.Lexing;

namespace Damon.Hocon;

/// <summary>A path of keys such as <c>hosts."web.1".count</c> (spec: paths as keys): immutable, at least one element.</summary>
public sealed class HoconPath : IEquatable<HoconPath>
{
    private readonly string[] _elements;
    private readonly int _start;
    private HoconPath? _rest;

    internal HoconPath(string[] elements, int start = 0)
    {
        _elements = elements;
        _start = start;
    }

    /// <summary>Number of elements, 1 or more.</summary>
    public int Length => _elements.Length - _start;

    /// <summary>The first element.</summary>
    public string First => _elements[_start];

    /// <summary>The path after its first element; null at the last one.</summary>
    public HoconPath? Rest => Length == 1 ? null : _rest ??= new HoconPath(_elements, _start + 1);

    /// <summary>The elements in order.</summary>
    public ReadOnlySpan<string> Elements => _elements.AsSpan(_start);

    /// <summary>Reads a path as getters take it: elements with dots between, quoted where they hold special characters.</summary>
    /// <exception cref="HoconException">
    /// With kind <see cref="HoconErrorKind.BadPath"/>: an element is empty or holds a character that needs quotes.
    /// </exception>
    public static HoconPath Parse(string text) => PathReader.Read(text);

    /// <summary>This path with another one after it.</summary>
    public HoconPath Append(HoconPath path) => new([.. Elements, .. path.Elements]);

    /// <summary>The path without its first elements.</summary>
    internal HoconPath Skip(int count) => count == 0 ? this : new HoconPath(_elements, _start + count);

    /// <inheritdoc/>
    public bool Equals(HoconPath? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HoconPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = 17;
        foreach (string element in Elements) hash = (hash * 31) + string.GetHashCode(element, StringComparison.Ordinal);
        return hash;
    }

    /// <summary>The path as it can be written in a document, elements quoted where needed.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (string element in Elements)
        {
            if (text.Length > 0) text.Append('.');
            text.Append(Element(element));
        }

        return text.ToString();
    }

    /// <summary>An element as it can be written in a document.</summary>
    internal static string Element(string element)
    {
        if (IsPlain(element)) return element;
        StringBuilder text = new("\"");
        foreach (char c in element)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c);
        }

        return text.Append('"').ToString();
    }

    private static bool IsPlain(string element)
    {
        if (element.Length == 0) return false;
        foreach (char c in element)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_')) return false;
        }

        return true;
    }
}
