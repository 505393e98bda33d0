using Damon.Hocon.Lexing;

namespace Damon.Hocon.Syntax;

/// <summary>
/// Turns the tokens of one text into its syntax tree; also the strict JSON reader, which is the same grammar with
/// less in it.
/// </summary>
internal sealed class SyntaxParser
{
    private readonly TokenStream _tokens;
    private readonly bool _json;
    private int _depth;

    private SyntaxParser(List<Token> tokens, bool json)
    {
        _tokens = new TokenStream(tokens, json);
        _json = json;
    }

    /// <summary>The tree of a text: an object or an array.</summary>
    public static SyntaxNode Parse(string text, string? file, bool json) =>
        new SyntaxParser(new Lexer(text, file, comments: !json).ReadAll(), json).ParseDocument();

    private SyntaxNode ParseDocument()
    {
        Token first = _tokens.NextSignificant();
        SyntaxNode root;
        if (first.Kind is TokenKind.OpenBrace or TokenKind.OpenBracket)
        {
            root = ParseValue(first);
        }
        else if (_json)
        {
            throw Expected(first, "an object or an array");
        }
        else
        {
            _tokens.PutBack(first);
            root = new ObjectNode(first.Origin, ParseMembers(braced: false));
        }

        Token last = _tokens.NextSignificant();
        return last.Kind == TokenKind.End ? root : throw Expected(last, "the end of the file after the closing brace or bracket");
    }

    private List<MemberNode> ParseMembers(bool braced)
    {
        List<MemberNode> members = [];
        HashSet<string>? jsonKeys = _json ? [] : null;
        bool afterComma = false;
        while (true)
        {
            Token token = _tokens.NextSignificant();
            if (token.Kind == TokenKind.CloseBrace)
            {
                if (_json && afterComma) throw Expected(token, "a key after the comma");
                return braced ? members : throw Unbalanced(token);
            }

            if (token.Kind == TokenKind.End && !braced)
            {
                _tokens.PutBack(token);
                return members;
            }

            if (!_json && token is { Kind: TokenKind.Unquoted, Text: "include" }) members.Add(new IncludeParser(_tokens).Parse(token));
            else members.Add(ParseField(token, jsonKeys));

            afterComma = SkipSeparator();
            if (afterComma) continue;
            token = _tokens.NextSignificant();
            if (token.Kind == TokenKind.CloseBrace) return braced ? members : throw Unbalanced(token);
            if (braced) throw Expected(token, "',', a new line or '}' after the value");
            if (token.Kind != TokenKind.End) throw Expected(token, "',' or a new line after the value");
            _tokens.PutBack(token);
            return members;
        }
    }

    private FieldNode ParseField(Token first, HashSet<string>? jsonKeys)
    {
        HoconPath path = ParseKey(first);
        Token separator = _tokens.NextSignificant();
        SyntaxNode value;
        if (separator.Kind == TokenKind.OpenBrace && !_json)
        {
            value = ParseValue(separator);
        }
        else
        {
            bool fits = separator.Kind == TokenKind.Colon || (!_json && separator.Kind is TokenKind.Equals or TokenKind.PlusEquals);
            if (!fits) throw Expected(separator, _json ? $"':' after the key {path}" : $"'=', ':', '+=' or '{{' after the key {path}");
            value = ParseConcatenation() ?? ParseValue(_tokens.NextSignificant());
        }

        if (jsonKeys?.Add(path.First) == false)
        {
            throw new HoconException(HoconErrorKind.Parse, _tokens.LastOrigin, $"the key {path} is there twice, which JSON does not allow");
        }

        return new FieldNode(first.Origin, path, separator.Kind == TokenKind.PlusEquals, value);
    }

    private HoconPath ParseKey(Token first)
    {
        if (_json) return first.Kind == TokenKind.Quoted ? new HoconPath([first.Text]) : throw Expected(first, "a key in quotes or '}'");
        List<Token> parts = [];
        Token token = first;
        // A key does not go on over the end of its line.
        for (; token.IsKeyPart; token = _tokens.Next()) parts.Add(token);
        if (parts.Count == 0) throw Expected(token, "a key or '}'");
        _tokens.PutBack(token);
        string? problem = PathReader.Read(parts, out HoconPath? path);
        if (path is null) throw new HoconException(HoconErrorKind.Parse, first.Origin, $"the key is no path: {problem}");
        return path.Length <= Nesting.DepthMax ? path : throw Nesting.TooDeep(first.Origin);
    }

    /// <summary>One value, or several on a line; null when the next token starts none, or in JSON.</summary>
    private SyntaxNode? ParseConcatenation()
    {
        if (_json) return null;
        Token token = _tokens.NextSignificant();
        SyntaxNode? first = null;
        List<SyntaxNode>? pieces = null;
        for (; token.StartsValue; token = _tokens.Next())
        {
            SyntaxNode piece = ParseValue(token);
            if (first is null) first = piece;
            else (pieces ??= [first]).Add(piece);
        }

        _tokens.PutBack(token);
        return pieces is null ? first : new ConcatenationNode(pieces);
    }

    private SyntaxNode ParseValue(Token token)
    {
        if (token.IsSimpleValue) return new SimpleNode(token);
        if (token.Kind is not (TokenKind.OpenBrace or TokenKind.OpenBracket)) throw Expected(token, "a value");
        if (++_depth > Nesting.DepthMax) throw Nesting.TooDeep(token.Origin);
        Nesting.Check(token.Origin);
        SyntaxNode node = token.Kind == TokenKind.OpenBrace
            ? new ObjectNode(token.Origin, ParseMembers(braced: true))
            : new ArrayNode(token.Origin, ParseItems());
        _depth--;
        return node;
    }

    private List<SyntaxNode> ParseItems()
    {
        List<SyntaxNode> items = [];
        Token token;
        if (ParseConcatenation() is { } first)
        {
            items.Add(first);
        }
        else
        {
            token = _tokens.NextSignificant();
            if (token.Kind == TokenKind.CloseBracket) return items;
            items.Add(token.StartsValue ? ParseValue(token) : throw Expected(token, "a value or ']'"));
        }

        while (true)
        {
            bool separated = SkipSeparator();
            if (separated && ParseConcatenation() is { } item)
            {
                items.Add(item);
                continue;
            }

            token = _tokens.NextSignificant();
            bool closed = token.Kind == TokenKind.CloseBracket;
            if (!separated) return closed ? items : throw Expected(token, "',', a new line or ']' after the value");
            if (closed && !_json) return items;
            items.Add(token.StartsValue ? ParseValue(token) : throw Expected(token, _json ? "a value after the comma" : "a value or ']'"));
        }
    }

    /// <summary>Skips a comma, or in HOCON the new lines that stand for one.</summary>
    private bool SkipSeparator()
    {
        if (_json)
        {
            Token token = _tokens.NextSignificant();
            if (token.Kind == TokenKind.Comma) return true;
            _tokens.PutBack(token);
            return false;
        }

        bool newLine = false;
        while (true)
        {
            Token token = _tokens.Next();
            if (token.Kind == TokenKind.Comma) return true;
            if (token.Kind == TokenKind.NewLine) newLine = true;
            else if (token.Kind != TokenKind.Comment)
            {
                _tokens.PutBack(token);
                return newLine;
            }
        }
    }

    private static HoconException Unbalanced(Token token) =>
        new(HoconErrorKind.Parse, token.ErrorOrigin, "expected a key, ',' or the end of the file, found '}' without a '{'");

    internal static HoconException Expected(Token found, string expected) =>
        new(HoconErrorKind.Parse, found.ErrorOrigin, $"expected {expected}, found {found.Description}");
}
