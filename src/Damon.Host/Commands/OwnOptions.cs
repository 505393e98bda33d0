namespace Damon.Host.Commands;

/// <summary>Tells our own options from damo's among the words of a command that takes both.</summary>
internal static class OwnOptions
{
    /// <summary>Our options with their values, and all other words in their order.</summary>
    public static (string[] Own, string[] Others) Split(ReadOnlySpan<string> words, IEnumerable<Option> options)
    {
        Option[] known = [.. options];
        List<string> own = [];
        List<string> others = [];
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            string name = word.Split('=', 2)[0];
            if (Array.Find(known, option => option.Name == name) is not { } option)
            {
                others.Add(word);
                continue;
            }

            own.Add(word);
            if (option.Value is not null && !word.Contains('=', StringComparison.Ordinal) && i + 1 < words.Length) own.Add(words[++i]);
        }

        return ([.. own], [.. others]);
    }
}
