namespace Damon.Hocon.Lexing;

/// <summary>The kinds of tokens of a HOCON text.</summary>
internal enum TokenKind
{
    End,
    NewLine,
    Comment,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    Equals,
    PlusEquals,

    /// <summary>Text without quotes; also the white space between two simple values.</summary>
    Unquoted,
    Quoted,
    Number,
    Boolean,
    Null,
    Substitution,

    /// <summary>Characters that form no token. An error, but only once the parser meets it.</summary>
    Problem,
}
