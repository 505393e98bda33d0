using System.Globalization;
using System.Text;

namespace Damon.Hocon.Building;

/// <summary>
/// Reads Java properties files (spec: conversion of Java properties): keys are split at dots without any
/// quoting, all values are texts, and where a key is both a text and the start of longer keys, the object wins.
/// </summary>
internal sealed class PropertiesReader
{
    private readonly string _text;
    private readonly string? _file;
    private int _at;
    private int _line = 1;

    private PropertiesReader(string text, string? file)
    {
        _text = text;
        _file = file;
    }

    /// <summary>The values of a text.</summary>
    public static HoconObject Read(string text, string? file)
    {
        PropertiesReader reader = new(text, file);
        OrderedDictionary<string, HoconString> entries = [];
        while (reader.ReadEntry() is { } entry) entries[entry.Key] = entry.Value;

        HoconObject root = HoconObject.Empty(new HoconOrigin(file, 1, 1));
        // Shorter keys first: an object merged over a text replaces it.
        List<KeyValuePair<string, HoconString>> ordered = [.. entries];
        ordered.Sort((a, b) => Depth(a.Key).CompareTo(Depth(b.Key)));
        foreach (KeyValuePair<string, HoconString> entry in ordered) root = Nested(entry.Key, entry.Value).MergedWith(root);
        return root;
    }

    private static int Depth(string key) => key.AsSpan().Count('.');

    private static HoconObject Nested(string key, HoconValue value)
    {
        string[] elements = key.Split('.');
        if (elements.Length > Nesting.DepthMax) throw Nesting.TooDeep(value.Origin);
        for (int i = elements.Length - 1; i >= 0; i--)
        {
            value = new HoconObject(value.Origin, new OrderedDictionary<string, HoconValue> { { elements[i], value } });
        }

        return (HoconObject)value;
    }

    private (string Key, HoconString Value)? ReadEntry()
    {
        SkipBlankLinesAndComments();
        if (_at >= _text.Length) return null;
        HoconOrigin origin = new(_file, _line, 1);
        string key = ReadPart(isKey: true);
        SkipBlanks();
        if (_at < _text.Length && _text[_at] is '=' or ':')
        {
            _at++;
            SkipBlanks();
        }

        return (key, new HoconString(origin, ReadPart(isKey: false), quoted: true));
    }

    private void SkipBlankLinesAndComments()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c is '#' or '!')
            {
                while (_at < _text.Length && _text[_at] is not ('\n' or '\r')) _at++;
            }
            else if (c is '\n' or '\r')
            {
                SkipLineEnd();
            }
            else if (c is ' ' or '\t' or '\f' || IsContinuation())
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Whether a backslash here continues the line on the next one.</summary>
    private bool IsContinuation() => _text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '\n' or '\r';

    private string ReadPart(bool isKey)
    {
        StringBuilder part = new();
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c is '\n' or '\r') break;
            if (isKey && c is ('=' or ':' or ' ' or '\t' or '\f')) break;
            if (c == '\\') ReadEscape(part);
            else
            {
                part.Append(c);
                _at++;
            }
        }

        return part.ToString();
    }

    private void ReadEscape(StringBuilder part)
    {
        _at++;
        if (_at >= _text.Length) return;
        char c = _text[_at];
        if (c is '\n' or '\r')
        {
            SkipLineEnd();
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\f') _at++;
            return;
        }

        _at++;
        if (c == 'u') part.Append(ReadUnicode());
        else part.Append(c switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', _ => c });
    }

    private char ReadUnicode()
    {
        if (_text.Length - _at >= 4
            && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            _at += 4;
            return (char)code;
        }

        throw new HoconException(
            HoconErrorKind.Other,
            new HoconOrigin(_file, _line, 0),
            "found an escape '\\u' without four hexadecimal digits");
    }

    /// <summary>Skips blanks, and lines continued by a backslash, around a separator.</summary>
    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (IsContinuation())
            {
                _at++;
                SkipLineEnd();
            }
            else if (_text[_at] is ' ' or '\t' or '\f')
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLineEnd()
    {
        if (_text[_at] == '\r' && _at + 1 < _text.Length && _text[_at + 1] == '\n') _at++;
        _at++;
        _line++;
    }
}
