namespace Damon.Hocon.Lexing;

/// <summary>A token with its place.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Origin">Where it starts.</param>
/// <param name="EndLine">The line on which it ends: another one for texts in triple quotes.</param>
/// <param name="Text">The text that it stands for; of a problem, the sentence about it.</param>
internal sealed record Token(TokenKind Kind, HoconOrigin Origin, int EndLine, string Text)
{
    /// <summary>The tokens between the braces of a substitution.</summary>
    public List<Token>? Inside { get; init; }

    /// <summary>Whether a substitution is of the form <c>${?path}</c>.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether the token is a value that can stand next to another one in a concatenation.</summary>
    public bool IsSimpleValue => Kind is >= TokenKind.Unquoted and <= TokenKind.Substitution;

    /// <summary>Whether the token can be part of a key.</summary>
    public bool IsKeyPart => Kind is >= TokenKind.Unquoted and < TokenKind.Substitution;

    /// <summary>Whether the token can start a value.</summary>
    public bool StartsValue => IsSimpleValue || Kind is TokenKind.OpenBrace or TokenKind.OpenBracket;

    /// <summary>Whether this is the white space between two simple values.</summary>
    public bool IsBlank
    {
        get
        {
            if (Kind != TokenKind.Unquoted) return false;
            foreach (char c in Text)
            {
                if (!Characters.IsWhiteSpace(c)) return false;
            }

            return true;
        }
    }

    /// <summary>Where an error at this token is reported.</summary>
    public HoconOrigin ErrorOrigin => EndLine == Origin.Line ? Origin : new HoconOrigin(Origin.File, EndLine, 0);

    /// <summary>The token for an error message.</summary>
    public string Description => Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.NewLine => "a new line",
        TokenKind.Quoted => $"\"{Shortened(Text)}\"",
        TokenKind.Substitution => "a substitution",
        TokenKind.Comment => "a comment",
        TokenKind.Problem => Text,
        _ => $"'{Shortened(Text)}'",
    };

    private static string Shortened(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "...");
}
