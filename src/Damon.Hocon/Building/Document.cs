namespace Damon.Hocon.Building;

/// <summary>The three formats that an include can bring in.</summary>
internal enum DocumentFormat
{
    Hocon,
    Json,
    Properties,
}

/// <summary>A text that is being read, and the includes that led to it.</summary>
/// <param name="Name">Its name for messages.</param>
/// <param name="Directory">Where its includes look first; null when it came from no file.</param>
/// <param name="Text">The text.</param>
/// <param name="Format">Its format.</param>
/// <param name="IncludeDepth">Number of files above it.</param>
/// <param name="Nesting">Number of objects around the include that brought it in.</param>
internal sealed record Document(string? Name, string? Directory, string Text, DocumentFormat Format, int IncludeDepth = 0, int Nesting = 0);
