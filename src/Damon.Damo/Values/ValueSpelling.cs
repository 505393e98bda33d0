namespace Damon.Damo.Values;

/// <summary>Guesses what a refused value was meant to be, for the hint in the error message.</summary>
internal static class ValueSpelling
{
    private static readonly (string Wrong, string Right)[] _timeUnits =
    [
        ("minutes", "m"), ("minute", "m"), ("mins", "m"), ("min", "m"), ("seconds", "s"), ("second", "s"), ("secs", "s"),
        ("msecs", "ms"), ("msec", "ms"), ("usecs", "us"), ("usec", "us"), ("nsec", "ns"), ("sec", "s"), ("hours", "h"), ("hour", "h"),
        ("hr", "h"), ("days", "d"), ("day", "d"), ("ns", "ns"), ("us", "us"), ("ms", "ms"), ("s", "s"), ("m", "m"), ("h", "h"), ("d", "d"),
    ];

    /// <summary>The nearest right spelling, or null when there is no good guess.</summary>
    /// <param name="text">The refused text.</param>
    /// <param name="kind">What was wanted, as named by the reader.</param>
    internal static string? Nearest(string text, string kind)
    {
        string bare = text.Trim();
        int unitAt = 0;
        while (unitAt < bare.Length && (char.IsAsciiDigit(bare[unitAt]) || bare[unitAt] is '.' or ',' or ' ')) unitAt++;
        if (unitAt == 0) return bare.ToLowerInvariant() is "max" or "min" ? bare.ToLowerInvariant() : null;
        string number = bare[..unitAt].TrimEnd(), unit = bare[unitAt..];
        return kind switch
        {
            "a size" => Size(number, unit),
            "a time" => Time(number, unit) ?? Chain(bare),
            "a number" when unit == "%" => null,
            _ => null,
        };
    }

    private static string? Size(string number, string unit)
    {
        string upper = unit.ToUpperInvariant();
        return upper is "B" || (upper.Length > 0 && "KMGTPE".Contains(upper[0], StringComparison.Ordinal) && upper[1..] is "" or "B" or "IB")
            ? number + upper.Replace("IB", "iB", StringComparison.Ordinal)
            : null;
    }

    private static string? Time(string number, string unit)
    {
        string lower = unit.ToLowerInvariant();
        foreach ((string wrong, string right) in _timeUnits)
        {
            if (lower == wrong) return number + right;
        }

        return null;
    }

    /// <summary>1h30m and 1h 30m are written 1 h 30 m.</summary>
    private static string? Chain(string text)
    {
        var parts = new List<string>();
        int i = 0;
        while (i < text.Length)
        {
            int start = i;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.')) i++;
            int unitAt = i;
            while (i < text.Length && char.IsAsciiLetterLower(text[i])) i++;
            if (unitAt == start || text[unitAt..i] is not ("ns" or "us" or "ms" or "s" or "m" or "h" or "d")) return null;
            parts.Add(text[start..unitAt] + " " + text[unitAt..i]);
            while (i < text.Length && text[i] == ' ') i++;
        }

        return string.Join(' ', parts);
    }
}
