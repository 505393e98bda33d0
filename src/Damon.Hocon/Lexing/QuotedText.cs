using System.Text;
using Damon.Hocon.Numbers;

namespace Damon.Hocon.Lexing;

/// <summary>The inside of a text in quotes, with JSON's escapes (spec: as in JSON).</summary>
/// <param name="Value">The text, escapes resolved.</param>
/// <param name="End">The index after the closing quote, or after what is wrong.</param>
/// <param name="Problem">What is wrong, or null.</param>
internal readonly record struct QuotedText(string Value, int End, string? Problem)
{
    /// <summary>Reads from the character after the opening quote.</summary>
    public static QuotedText Read(string text, int start)
    {
        int at = start;
        while (at < text.Length && text[at] != '"' && text[at] != '\\' && text[at] >= ' ') at++;
        if (at < text.Length && text[at] == '"') return new QuotedText(text[start..at], at + 1, null);

        StringBuilder value = new(text, start, at - start, Math.Max(16, at - start));
        while (at < text.Length)
        {
            char c = text[at++];
            if (c == '"') return new QuotedText(value.ToString(), at, null);
            if (c < ' ')
            {
                return new QuotedText("", at, $"the control character {Characters.Shown(c)} in a quoted text, where it must be escaped");
            }

            if (c != '\\') value.Append(c);
            else if (ReadEscape(text, ref at, value) is { } problem) return new QuotedText("", at, problem);
        }

        return new QuotedText("", at, "a quoted text without the closing quote");
    }

    private static string? ReadEscape(string text, ref int at, StringBuilder value)
    {
        if (at == text.Length) return "a backslash at the end of the file";
        char c = text[at++];
        if (c == 'u') return ReadUnicode(text, ref at, value);
        char? plain = c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => null,
        };
        if (plain is null) return $"the unknown escape '\\{Characters.Shown(c)}' in a quoted text";
        value.Append(plain.Value);
        return null;
    }

    private static string? ReadUnicode(string text, ref int at, StringBuilder value)
    {
        if (text.Length - at < 4)
        {
            at = text.Length;
            return "an escape '\\u' with fewer than four digits";
        }

        ReadOnlySpan<char> digits = text.AsSpan(at, 4);
        at += 4;
        int code = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            // A plus sign counts as one of the four places, as in the reference.
            int digit = i == 0 && digits[0] == '+' ? 0 : JavaNumber.HexDigit(digits[i]);
            if (digit < 0) return $"the escape '\\u{digits}', which is not four hexadecimal digits";
            code = (code * 16) + digit;
        }

        value.Append((char)code);
        return null;
    }
}
