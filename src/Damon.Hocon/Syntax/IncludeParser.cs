using Damon.Hocon.Lexing;

namespace Damon.Hocon.Syntax;

/// <summary>
/// The grammar of include statements (spec: include syntax):
/// <c>include "x"</c>, <c>include file("x")</c>, <c>include required("x")</c>, <c>include required(file("x"))</c>.
/// </summary>
internal sealed class IncludeParser(TokenStream tokens)
{
    private const string Required = "required(";

    /// <summary>The statement that starts with the keyword given.</summary>
    public IncludeNode Parse(Token keyword)
    {
        Token token = tokens.NextSignificant();
        if (token.Kind != TokenKind.Unquoted || !token.Text.StartsWith(Required, StringComparison.Ordinal))
        {
            return ParseTarget(keyword, token, required: false);
        }

        PutBackAfter(token, Required.Length);
        IncludeNode include = ParseTarget(keyword, tokens.NextSignificant(), required: true);
        ParseCloseParenthesis();
        return include;
    }

    private IncludeNode ParseTarget(Token keyword, Token token, bool required)
    {
        if (token.Kind == TokenKind.Quoted) return new IncludeNode(keyword.Origin, IncludeKind.Name, token.Text, required);
        (IncludeKind kind, int length) = token.Kind == TokenKind.Unquoted ? Form(token.Text) : default;
        if (length == 0) throw SyntaxParser.Expected(token, "a file name in quotes, file(\"...\") or required(...) after 'include'");

        PutBackAfter(token, length);
        Token name = tokens.NextSignificant();
        if (name.Kind != TokenKind.Quoted) throw SyntaxParser.Expected(name, "a file name in quotes");
        ParseCloseParenthesis();
        return new IncludeNode(keyword.Origin, kind, name.Text, required);
    }

    private static (IncludeKind Kind, int Length) Form(string text)
    {
        if (text.StartsWith("file(", StringComparison.Ordinal)) return (IncludeKind.File, 5);
        if (text.StartsWith("url(", StringComparison.Ordinal)) return (IncludeKind.Unsupported, 4);
        if (text.StartsWith("classpath(", StringComparison.Ordinal)) return (IncludeKind.Unsupported, 10);
        return default;
    }

    private void ParseCloseParenthesis()
    {
        Token token = tokens.NextSignificant();
        if (token.Kind != TokenKind.Unquoted || token.Text[0] != ')') throw SyntaxParser.Expected(token, "')'");
        PutBackAfter(token, 1);
    }

    /// <summary>Text without quotes runs on to the next blank, so what follows a parenthesis is a token of its own.</summary>
    private void PutBackAfter(Token token, int length)
    {
        if (token.Text.Length == length) return;
        HoconOrigin origin = token.Origin with { Column = token.Origin.Column + length };
        tokens.PutBack(new Token(TokenKind.Unquoted, origin, origin.Line, token.Text[length..]));
    }
}
