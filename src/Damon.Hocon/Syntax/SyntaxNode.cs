using Damon.Hocon.Lexing;

namespace Damon.Hocon.Syntax;

/// <summary>A value as it is written.</summary>
internal abstract record SyntaxNode(HoconOrigin Origin);

/// <summary>A single token: a text, number, boolean, null or substitution.</summary>
internal sealed record SimpleNode(Token Token) : SyntaxNode(Token.Origin);

/// <summary>Values side by side on a line.</summary>
internal sealed record ConcatenationNode(List<SyntaxNode> Pieces) : SyntaxNode(Pieces[0].Origin);

/// <summary>An array.</summary>
internal sealed record ArrayNode(HoconOrigin Origin, List<SyntaxNode> Items) : SyntaxNode(Origin);

/// <summary>An object, with or without braces.</summary>
internal sealed record ObjectNode(HoconOrigin Origin, List<MemberNode> Members) : SyntaxNode(Origin);

/// <summary>A part of an object.</summary>
internal abstract record MemberNode(HoconOrigin Origin);

/// <summary>A key with its value; <paramref name="Appends"/> when written with <c>+=</c>.</summary>
internal sealed record FieldNode(HoconOrigin Origin, HoconPath Path, bool Appends, SyntaxNode Value) : MemberNode(Origin);

/// <summary>An include statement.</summary>
internal sealed record IncludeNode(HoconOrigin Origin, IncludeKind Kind, string Name, bool Required) : MemberNode(Origin);

/// <summary>How an include names what it wants.</summary>
internal enum IncludeKind
{
    /// <summary>A bare name, beside the including file.</summary>
    Name,

    /// <summary><c>file("...")</c>, from the current directory.</summary>
    File,

    /// <summary><c>classpath("...")</c> or <c>url("...")</c>, which are not supported and so never found.</summary>
    Unsupported,
}
