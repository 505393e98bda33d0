using System.Text;

namespace Damon.Hocon.Lexing;

/// <summary>
/// Reads paths (spec: path expressions): dots outside quotes part the elements, white space around them
/// belongs to the elements.
/// </summary>
internal static class PathReader
{
    /// <summary>A path as given to a getter.</summary>
    public static HoconPath Read(string text)
    {
        List<Token> tokens = new Lexer(text, null, comments: true).ReadAll();
        tokens.RemoveAt(tokens.Count - 1);
        string? problem = Read(tokens, out HoconPath? path);
        return path ?? throw new HoconException(HoconErrorKind.BadPath, default, $"\"{text}\" is no path: {problem}");
    }

    /// <summary>A path in a document; the problem with it, or null.</summary>
    public static string? Read(IReadOnlyList<Token> tokens, out HoconPath? path)
    {
        path = null;
        List<string> elements = [];
        StringBuilder element = new();
        // An element may be empty only if it was written as "".
        bool canBeEmpty = false;
        if (tokens.Count == 0) return "it is empty";
        foreach (Token token in tokens)
        {
            if (!token.IsKeyPart) return $"it holds {token.Description}";
            if (token.Kind == TokenKind.Quoted)
            {
                element.Append(token.Text);
                canBeEmpty |= element.Length == 0;
                continue;
            }

            int start = 0;
            for (int dot = token.Text.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = token.Text.IndexOf('.', start))
            {
                element.Append(token.Text, start, dot - start);
                if (!Finish(elements, element, ref canBeEmpty)) return EmptyElement;
                start = dot + 1;
            }

            element.Append(token.Text, start, token.Text.Length - start);
        }

        if (!Finish(elements, element, ref canBeEmpty)) return EmptyElement;
        path = new HoconPath([.. elements]);
        return null;
    }

    private const string EmptyElement = "it has a '.' at an end or two in a row (an empty name is written \"\")";

    private static bool Finish(List<string> elements, StringBuilder element, ref bool canBeEmpty)
    {
        if (element.Length == 0 && !canBeEmpty) return false;
        elements.Add(element.ToString());
        element.Clear();
        canBeEmpty = false;
        return true;
    }
}
