using Damon.Hocon.Lexing;

namespace Damon.Hocon.Syntax;

/// <summary>Tokens in order, some of which can be put back.</summary>
internal sealed class TokenStream(List<Token> tokens, bool json)
{
    private readonly Stack<Token> _putBack = new();
    private int _next;

    /// <summary>Where the token handed out last starts.</summary>
    public HoconOrigin LastOrigin { get; private set; }

    /// <summary>The next token; the end of the file again and again.</summary>
    public Token Next()
    {
        Token token = _putBack.TryPop(out Token? earlier) ? earlier : tokens[Math.Min(_next++, tokens.Count - 1)];
        bool foreign = token.Kind == TokenKind.Substitution || (token.Kind == TokenKind.Unquoted && !token.IsBlank);
        if (json && foreign) throw SyntaxParser.Expected(token, "JSON, which has no texts without quotes and no substitutions");
        LastOrigin = token.ErrorOrigin;
        return token;
    }

    /// <summary>The next token that is no white space, new line or comment.</summary>
    public Token NextSignificant()
    {
        Token token = Next();
        while (token.Kind is TokenKind.NewLine or TokenKind.Comment || token.IsBlank) token = Next();
        return token;
    }

    public void PutBack(Token token) => _putBack.Push(token);
}
