namespace Damon.Damo.CommandLine;

/// <summary>Finds the nearest right spelling of a wrong word.</summary>
internal static class Spelling
{
    /// <summary>A hint to end a message with: "; did you mean 'x'?", or nothing when no word is near.</summary>
    /// <param name="word">The wrong word.</param>
    /// <param name="allowed">The right words.</param>
    internal static string Hint(string word, IEnumerable<string> allowed) =>
        Nearest(word, allowed) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The nearest allowed word, or null when more than a third of the letters would have to change.</summary>
    /// <param name="word">The wrong word.</param>
    /// <param name="allowed">The right words.</param>
    internal static string? Nearest(string word, IEnumerable<string> allowed)
    {
        string? nearest = null;
        int best = int.MaxValue;
        if (word.Length > 100) return null;
        foreach (string candidate in allowed)
        {
            bool isBeginning = word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase);
            int distance = isBeginning ? 1 : Distance(word, candidate);
            if (distance < best && distance <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3))
                (nearest, best) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>Edit distance, case and the difference of - and _ ignored.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++) row[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = Fold(left[i - 1]) == Fold(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[right.Length];
    }

    private static char Fold(char c) => c == '-' ? '_' : char.ToLowerInvariant(c);
}
