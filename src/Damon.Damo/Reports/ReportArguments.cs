using System.Globalization;
using Damon.Damo.CommandLine;
using Damon.Damo.Values;

namespace Damon.Damo.Reports;

/// <summary>An option of a report.</summary>
/// <param name="Name">Long name without the dashes.</param>
/// <param name="Min">Least number of words.</param>
/// <param name="Max">Most words.</param>
internal sealed record ReportOption(string Name, int Min, int Max)
{
    internal ReportOption(string name, int words)
        : this(name, words, words)
    {
    }
}

/// <summary>One use of an option.</summary>
/// <param name="Name">Long name without the dashes.</param>
/// <param name="Words">Its words.</param>
internal sealed record ReportOptionUse(string Name, IReadOnlyList<string> Words);

/// <summary>The words after a report's name, taken apart: <c>--name words</c>, <c>--name=word</c>, unique prefixes of names.</summary>
internal sealed class ReportArguments
{
    private readonly List<ReportOptionUse> _uses = [];

    private ReportArguments()
    {
    }

    internal static ReportArguments Parse(string report, IReadOnlyList<string> words, IReadOnlyList<ReportOption> options)
    {
        var arguments = new ReportArguments();
        for (int at = 0; at < words.Count;)
        {
            string word = words[at++];
            if (!word.StartsWith("--", StringComparison.Ordinal)) throw new DamoException($"report {report}: '{word}' is no option; allowed is {Names(options)}");
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            ReportOption option = Find(report, equals < 0 ? word[2..] : word[2..equals], options);
            var taken = new List<string>();
            if (equals >= 0) taken.Add(word[(equals + 1)..]);
            else while (at < words.Count && taken.Count < option.Max && !words[at].StartsWith("--", StringComparison.Ordinal)) taken.Add(words[at++]);
            if (taken.Count < option.Min)
                throw new DamoException($"report {report}: --{option.Name} needs {option.Min} words, found {taken.Count}");
            arguments._uses.Add(new(option.Name, taken));
        }

        return arguments;
    }

    /// <summary>All uses of an option, in order.</summary>
    internal IEnumerable<ReportOptionUse> Uses(string name) => _uses.Where(use => use.Name == name);

    internal bool Has(string name) => Uses(name).Any();

    /// <summary>The words of an option's last use, or null.</summary>
    internal IReadOnlyList<string>? Words(string name) => Uses(name).LastOrDefault()?.Words;

    /// <summary>The only word of an option's last use, or null.</summary>
    internal string? Word(string name) => Words(name)?[0];

    /// <summary>Whole numbers of an option's last use, or null.</summary>
    internal int[]? Integers(string name) => Words(name)?.Select(word =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new DamoException($"--{name}: '{word}' is no whole number")).ToArray();

    /// <summary>One whole number that must not be negative, or a default.</summary>
    internal int Count(string name, int byDefault)
    {
        int value = Integers(name)?[0] ?? byDefault;
        return value >= 0 ? value : throw new DamoException($"--{name}: found {value}, allowed is 0 or more");
    }

    /// <summary>Two values of an option's last use, or null.</summary>
    internal (double Min, double Max)? Range(string name, ReadValue read)
    {
        if (Words(name) is not { } words) return null;
        try
        {
            return (read(words[0]).ToDouble(), read(words[1]).ToDouble());
        }
        catch (DamoException e)
        {
            throw new DamoException($"--{name}: {e.Message}", e);
        }
    }

    /// <summary>One of several words, or a default.</summary>
    internal string Choice(string name, string byDefault, params string[] allowed)
    {
        string word = Word(name) ?? byDefault;
        return allowed.Contains(word, StringComparer.Ordinal)
            ? word
            : throw new DamoException($"--{name}: '{word}' is not known; allowed is one of {string.Join(' ', allowed)}{Spelling.Hint(word, allowed)}");
    }

    private static ReportOption Find(string report, string name, IReadOnlyList<ReportOption> options)
    {
        ReportOption[] matches = [.. options.Where(option => option.Name.StartsWith(name, StringComparison.Ordinal) && name.Length > 0)];
        if (matches.FirstOrDefault(option => option.Name == name) is { } exact) return exact;
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw new DamoException(
                $"report {report}: the option --{name} is not known; allowed is {Names(options)}{Spelling.Hint(name, options.Select(option => option.Name))}"),
            _ => throw new DamoException($"report {report}: --{name} is ambiguous; it could be {Names(matches)}"),
        };
    }

    private static string Names(IEnumerable<ReportOption> options) => string.Join(' ', options.Select(option => "--" + option.Name));
}
