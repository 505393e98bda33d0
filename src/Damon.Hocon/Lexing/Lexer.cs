using Damon.Hocon.Numbers;

namespace Damon.Hocon.Lexing;

/// <summary>
/// Splits a text into tokens. White space is dropped, except between two simple values, where it is part of
/// a concatenation and comes as unquoted text.
/// </summary>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly string? _file;
    private readonly bool _comments;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <param name="text">The text.</param>
    /// <param name="file">Its name for origins.</param>
    /// <param name="comments">Whether comments are part of the language; they are not in JSON.</param>
    public Lexer(string text, string? file, bool comments)
    {
        _text = text;
        _file = file;
        _comments = comments;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>All tokens, the last of which is <see cref="TokenKind.End"/>.</summary>
    public List<Token> ReadAll()
    {
        List<Token> tokens = new(_text.Length / 4);
        bool afterSimpleValue = false;
        do
        {
            ReadNext(tokens, ref afterSimpleValue);
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private void ReadNext(List<Token> tokens, ref bool afterSimpleValue)
    {
        int blanks = _at;
        HoconOrigin blanksOrigin = Here();
        while (_at < _text.Length && _text[_at] != '\n' && Characters.IsWhiteSpace(_text[_at])) _at++;
        int blanksEnd = _at;
        Token token = ReadToken();
        if (token.IsSimpleValue)
        {
            if (afterSimpleValue && blanksEnd > blanks)
            {
                tokens.Add(new Token(TokenKind.Unquoted, blanksOrigin, blanksOrigin.Line, _text[blanks..blanksEnd]));
            }

            afterSimpleValue = true;
        }
        else
        {
            afterSimpleValue = false;
        }

        tokens.Add(token);
    }

    private Token ReadToken()
    {
        HoconOrigin origin = Here();
        if (_at >= _text.Length) return new Token(TokenKind.End, origin, _line, "");
        char c = _text[_at];
        if (StartsComment()) return ReadComment(origin);
        switch (c)
        {
            case '\n': return ReadNewLine(origin);
            case '"': return ReadQuoted(origin);
            case '$': return ReadSubstitution(origin);
            case '{': return Sign(TokenKind.OpenBrace, origin);
            case '}': return Sign(TokenKind.CloseBrace, origin);
            case '[': return Sign(TokenKind.OpenBracket, origin);
            case ']': return Sign(TokenKind.CloseBracket, origin);
            case ',': return Sign(TokenKind.Comma, origin);
            case ':': return Sign(TokenKind.Colon, origin);
            case '=': return Sign(TokenKind.Equals, origin);
            case '+': return ReadPlusEquals(origin);
        }

        if (char.IsAsciiDigit(c) || c == '-') return ReadNumber(origin);
        if (Characters.IsReserved(c))
        {
            _at++;
            return Problem(origin, $"'{c}', which must be in quotes");
        }

        return ReadUnquoted(origin);
    }

    private Token Sign(TokenKind kind, HoconOrigin origin) => new(kind, origin, origin.Line, _text[_at++].ToString());

    private Token ReadNewLine(HoconOrigin origin)
    {
        _at++;
        CountLine();
        return new Token(TokenKind.NewLine, origin, origin.Line, "\n");
    }

    private Token ReadComment(HoconOrigin origin)
    {
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
        return new Token(TokenKind.Comment, origin, origin.Line, "");
    }

    private Token ReadPlusEquals(HoconOrigin origin)
    {
        _at++;
        if (Current != '=' || _at >= _text.Length) return Problem(origin, "'+', which must be in quotes or be followed by '='");
        _at++;
        return new Token(TokenKind.PlusEquals, origin, origin.Line, "+=");
    }

    private Token ReadNumber(HoconOrigin origin)
    {
        int start = _at;
        bool integer = true;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is 'e' or 'E' or '+' or '-' or '.'))
        {
            integer &= _text[_at] is not ('.' or 'e' or 'E');
            _at++;
        }

        string text = _text[start.._at];
        bool isNumber = integer ? JavaNumber.TryParseInt64(text, out _) : JavaNumber.TryParseDouble(text, out _);
        if (isNumber) return new Token(TokenKind.Number, origin, origin.Line, text);
        return text.Contains('+', StringComparison.Ordinal)
            ? Problem(origin, $"'+' in '{text}', which must be in quotes")
            : new Token(TokenKind.Unquoted, origin, origin.Line, text);
    }

    private Token ReadUnquoted(HoconOrigin origin)
    {
        int start = _at;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (Characters.IsReserved(c) || Characters.IsWhiteSpace(c) || StartsComment()) break;
            _at++;
            // The keywords are tokens of their own wherever unquoted text starts with them.
            if (_at - start is 4 or 5 && Keyword(_text.AsSpan(start, _at - start)) is { } kind)
            {
                return new Token(kind, origin, origin.Line, _text[start.._at]);
            }
        }

        return new Token(TokenKind.Unquoted, origin, origin.Line, _text[start.._at]);
    }

    private static TokenKind? Keyword(ReadOnlySpan<char> text) => text switch
    {
        "true" or "false" => TokenKind.Boolean,
        "null" => TokenKind.Null,
        _ => null,
    };

    private Token ReadSubstitution(HoconOrigin origin)
    {
        _at++;
        if (_at >= _text.Length || _text[_at] != '{') return Problem(origin, "'$', which must be in quotes or start a ${path}");
        _at++;
        bool optional = Current == '?' && _at < _text.Length;
        if (optional) _at++;
        List<Token> inside = [];
        bool afterSimpleValue = false;
        while (true)
        {
            Nesting.Check(origin);
            ReadNext(inside, ref afterSimpleValue);
            Token last = inside[^1];
            if (last.Kind == TokenKind.CloseBrace)
            {
                inside.RemoveAt(inside.Count - 1);
                return new Token(TokenKind.Substitution, origin, origin.Line, "${}") { Inside = inside, Optional = optional };
            }

            if (last.Kind == TokenKind.End) return new Token(TokenKind.Problem, origin, origin.Line, "'${' without a '}'");
            if (last.Kind == TokenKind.Problem) return last;
        }
    }

    private Token ReadQuoted(HoconOrigin origin)
    {
        if (string.CompareOrdinal(_text, _at, "\"\"\"", 0, 3) == 0) return ReadTripleQuoted(origin);
        QuotedText quoted = QuotedText.Read(_text, _at + 1);
        _at = quoted.End;
        return quoted.Problem is { } problem
            ? Problem(origin, problem)
            : new Token(TokenKind.Quoted, origin, origin.Line, quoted.Value);
    }

    private Token ReadTripleQuoted(HoconOrigin origin)
    {
        int start = _at + 3;
        int end = _text.IndexOf("\"\"\"", start, StringComparison.Ordinal);
        bool closed = end >= 0;
        // Of more than three closing quotes the last three close.
        while (closed && end + 3 < _text.Length && _text[end + 3] == '"') end++;
        if (!closed) end = _text.Length;
        for (int i = start; i < end; i++)
        {
            _at = i + 1;
            if (_text[i] == '\n') CountLine();
        }

        _at = closed ? end + 3 : end;
        return closed
            ? new Token(TokenKind.Quoted, origin, _line, _text[start..end])
            : new Token(TokenKind.Problem, origin, _line, "a text in triple quotes without the closing quotes");
    }

    private bool StartsComment() =>
        _comments && (_text[_at] == '#' || (_text[_at] == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/'));

    private HoconOrigin Here() => new(_file, _line, _at - _lineStart + 1);

    private void CountLine()
    {
        _line++;
        _lineStart = _at;
    }

    private Token Problem(HoconOrigin origin, string text) => new(TokenKind.Problem, origin, _line, text);
}
