namespace Damon.Fuzz.Tests.Inputs;

/// <summary>Small damage to a text or to bytes, a few times over.</summary>
public static class Mutation
{
    private static readonly string[] s_pieces =
    [
        "\"", "'", "{", "}", "[", "]", ",", ":", "=", "${", "${?a}", "\\", "\\u0000", "\n", "\r\n", "\t", "\0", "#", "//", "\"\"\"", "null", "true", "-", "--", "%", " ", "\u00a0", "\ud800", "\udc00",
        "é", "\ufeff", "*", "&a", "*a", "!!", "|", ">", "---", "\ud83d\ude00", "nan", "inf", "max", "min", "0", "-1", "1e9", "99999999999999999999",
    ];

    /// <summary>A damaged text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="others">Texts of which pieces are put in.</param>
    /// <param name="dice">The choices.</param>
    public static string Of(string text, IReadOnlyList<string> others, Dice dice)
    {
        for (int times = 1 + dice.Below(4); times > 0; times--)
        {
            (int start, int length) = Span(text.Length, dice);
            text = dice.Below(7) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, text.Substring(start, length)),
                2 => text.Insert(start, dice.Of(s_pieces)),
                3 => text.Insert(start, dice.Number()),
                4 => text.Remove(start, length).Insert(start, dice.Of(s_pieces)),
                5 => text.Insert(start, Piece(dice.Of(others), dice)),
                _ => WithNumber(text, start, dice),
            };
        }

        return text;
    }

    /// <summary>Damaged bytes.</summary>
    public static byte[] Of(byte[] bytes, Dice dice)
    {
        List<byte> changed = [.. bytes];
        for (int times = 1 + dice.Below(4); times > 0 && changed.Count > 0; times--)
        {
            (int start, int length) = Span(changed.Count, dice);
            switch (dice.Below(4))
            {
                case 0:
                    changed.RemoveRange(start, length);
                    break;
                case 1:
                    changed.InsertRange(start, changed.GetRange(start, length));
                    break;
                case 2 when start < changed.Count:
                    changed[start] ^= (byte)(1 << dice.Below(8));
                    break;
                default:
                    changed.Insert(start, (byte)dice.Below(256));
                    break;
            }
        }

        return [.. changed];
    }

    private static string Piece(string text, Dice dice)
    {
        (int start, int length) = Span(text.Length, dice);
        return text.Substring(start, length);
    }

    /// <summary>Another number in place of the next one.</summary>
    private static string WithNumber(string text, int start, Dice dice)
    {
        int from = text.AsSpan(start).IndexOfAnyInRange('0', '9');
        if (from < 0) return text;
        from += start;
        int end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return string.Concat(text.AsSpan(0, from), dice.Number(), text.AsSpan(end));
    }

    private static (int Start, int Length) Span(int length, Dice dice)
    {
        int start = dice.Below(length + 1);
        int most = dice.OnceIn(4) ? length - start : Math.Min(length - start, 8);
        return (start, dice.Below(most + 1));
    }
}
