namespace Damon.Scenarios.Explaining.Filters;

/// <summary>Says in words which pages of a cgroup a filter chain lets pass.</summary>
internal static class PassedPages
{
    private static readonly (string Word, Func<PageKind, bool> Is)[] _words =
    [
        ("young", page => page.Young),
        ("not young", page => !page.Young),
        ("anonymous", page => page.Anon),
        ("file", page => !page.Anon),
        ("active", page => page.Active),
        ("inactive", page => !page.Active),
        ("mapped", page => !page.Unmapped),
        ("unmapped", page => page.Unmapped),
        ("huge", page => page.FolioBytes > 4096),
        ("small", page => page.FolioBytes <= 4096),
    ];

    /// <summary>"every page", "no page", "every young page"; null when it cannot be said in two words.</summary>
    public static string? Of(FilterChain chain, string? memcg) => Of(memcg, chain.Passes);

    /// <summary>The same for any choice of pages.</summary>
    public static string? Of(string? memcg, Func<PageKind, bool> passes)
    {
        PageKind[] pages = [.. PageKind.Of(memcg)];
        bool IsExactly(Func<PageKind, bool> those) => pages.All(page => those(page) == passes(page));

        if (IsExactly(_ => true)) return "every page";
        if (IsExactly(_ => false)) return "no page";
        foreach ((string word, Func<PageKind, bool> @is) in _words)
        {
            if (IsExactly(@is)) return $"every {word} page";
        }

        for (int i = 0; i < _words.Length; i++)
        {
            for (int j = i + 1; j < _words.Length; j++)
            {
                if (IsExactly(page => _words[i].Is(page) && _words[j].Is(page))) return $"every {_words[i].Word} {_words[j].Word} page";
            }
        }

        return null;
    }
}
