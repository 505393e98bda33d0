using System.Collections.Immutable;

namespace Damon.Model.Workloads;

/// <summary>How one process uses its memory: an immutable set of rules over its pages.</summary>
public sealed record ProcessPattern
{
    /// <summary>Creates the pattern.</summary>
    /// <param name="pageCount">The number of virtual pages of the process.</param>
    /// <param name="rules">The rules; a page is touched when any of them touches it.</param>
    /// <exception cref="ArgumentException">A rule names pages that the process does not have.</exception>
    public ProcessPattern(uint pageCount, ImmutableArray<AccessRule> rules)
    {
        foreach (AccessRule rule in rules)
            if (rule.Pages.End > pageCount)
                throw new ArgumentException($"{rule.Pages} reaches beyond the process's {pageCount} pages.", nameof(rules));
        PageCount = pageCount;
        Rules = rules;
    }

    /// <summary>The number of virtual pages of the process.</summary>
    public uint PageCount { get; }

    /// <summary>
    /// How many of its pages a 2 MiB folio holds: 1, where a page is a folio whatever its size, or 512, where transparent huge pages
    /// hold small ones.
    /// </summary>
    public uint PagesInHugeFolio { get; init; } = 1;

    /// <summary>The rules.</summary>
    public ImmutableArray<AccessRule> Rules { get; }
}
