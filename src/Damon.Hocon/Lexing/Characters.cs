using System.Globalization;

namespace Damon.Hocon.Lexing;

/// <summary>The classes of characters that the specification names.</summary>
internal static class Characters
{
    /// <summary>
    /// White space: the Unicode separators, tab, new line, vertical tab, form feed, return, the separators
    /// U+001C to U+001F, and the byte order mark anywhere. U+0085 and the zero-width space are not.
    /// </summary>
    public static bool IsWhiteSpace(char c)
    {
        if (c <= ' ') return c is ' ' or (>= '\t' and <= '\r') or (>= '\u001c' and <= '\u001f');
        if (c < '\u00a0') return false;
        if (c is '\u00a0' or '\ufeff') return true;
        return CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
    }

    /// <summary>Characters that unquoted text cannot hold.</summary>
    public static bool IsReserved(char c) => c is '$' or '"' or '{' or '}' or '[' or ']' or ':' or '=' or ',' or '+' or '#'
        or '`' or '^' or '?' or '!' or '@' or '*' or '&' or '\\';

    /// <summary>The text without white space at its ends.</summary>
    public static string Trim(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsWhiteSpace(text[start])) start++;
        while (end > start && IsWhiteSpace(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>A character for an error message.</summary>
    public static string Shown(char c) =>
        c < ' ' || c == '\u007f' ? "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture) : c.ToString();
}
