using Damon.Damo.Values;

namespace Damon.Damo.CommandLine;

/// <summary>
/// Splits a command line into options and their words as Python's argparse does (spec section 1): unique prefixes of long names,
/// <c>--opt=value</c>, <c>-svalue</c>, lists that run up to the next option, negative numbers as words, and at most one positional.
/// </summary>
public sealed class OptionParser
{
    private readonly DamoVerb _verb;
    private readonly OptionSpec[] _options;

    /// <summary>Makes the parser of one command.</summary>
    /// <param name="verb">The command; options of others are unknown to it.</param>
    public OptionParser(DamoVerb verb)
    {
        _verb = verb;
        _options = [.. OptionTable.All.Where(option => (option.Verbs & verb) != 0)];
    }

    /// <summary>A word after it was told whether it is an option.</summary>
    private readonly record struct Word(string Text, OptionSpec? Option, string? Attached)
    {
        internal bool IsOption => Option is not null;
    }

    /// <summary>Parses a command line.</summary>
    /// <param name="argv">All words, the command's included.</param>
    /// <param name="start">Index of the first word after the command.</param>
    /// <exception cref="DamoException">An option is unknown or ambiguous, a count or type is wrong, or there are two positionals.</exception>
    public ParsedOptions Parse(IReadOnlyList<string> argv, int start)
    {
        var parsed = new ParsedOptions(_verb);
        bool onlyPositionals = false;
        for (int i = start; i < argv.Count;)
        {
            if (!onlyPositionals && argv[i] == "--")
            {
                onlyPositionals = true;
                i++;
                continue;
            }

            Word word = onlyPositionals ? new(argv[i], null, null) : Classify(argv[i], i);
            if (word.IsOption) i = ParseUse(argv, i, word, parsed);
            else TakePositional(parsed, argv[i], i++);
        }

        return parsed;
    }

    private static void TakePositional(ParsedOptions parsed, string text, int index)
    {
        if (parsed.Positional is not null)
        {
            throw new DamoException(
                $"'{text}' is a second target after '{parsed.Positional}'; allowed is one, and no word without an option besides it", index);
        }

        (parsed.Positional, parsed.PositionalIndex) = (text, index);
    }

    private int ParseUse(IReadOnlyList<string> argv, int index, Word word, ParsedOptions parsed)
    {
        OptionSpec option = word.Option!;
        List<string> words = word.Attached is null ? Following(argv, index + 1, option.Arity) : [word.Attached];
        if (word.Attached is not null && option.Arity.Min != 1)
            throw Wrong(option, index, $"'{word.Attached}' cannot be attached to it; it takes {Expected(option)}");
        if (words.Count < option.Arity.Min)
            throw Wrong(
                option, index, $"it takes {Expected(option)}, found {(words.Count == 0 ? "none" : $"only '{string.Join(' ', words)}'")}");

        var use = new OptionUse(option, words, index, word.Attached is null ? index + 1 : index);
        for (int i = 0; i < words.Count; i++) CheckWord(use, i);
        parsed.Add(use);
        return word.Attached is null ? index + 1 + words.Count : index + 1;
    }

    private List<string> Following(IReadOnlyList<string> argv, int start, Arity arity)
    {
        var words = new List<string>();
        for (int i = start; i < argv.Count && (arity.IsOpen || words.Count < arity.Min); i++)
        {
            if (argv[i] == "--" || Classify(argv[i], i).IsOption) break;
            words.Add(argv[i]);
        }

        return words;
    }

    private static void CheckWord(OptionUse use, int index)
    {
        OptionSpec option = use.Option;
        string word = use.Words[index];
        if (option.IsInteger && !PlainNumber.TryReadInteger(word, out _))
            throw new DamoException($"{option.LongForm}: '{word}' is not an integer; allowed is {Expected(option)}", use.IndexOf(index));
        if (option.Choices.Count > 0 && !option.Choices.Contains(word, StringComparer.Ordinal))
        {
            throw new DamoException(
                $"{option.LongForm}: '{word}' is not allowed; choose from {string.Join(", ", option.Choices)}{Spelling.Hint(word, option.Choices)}",
                use.IndexOf(index));
        }
    }

    /// <summary>Tells options from words, in argparse's order of questions.</summary>
    private Word Classify(string text, int index)
    {
        if (text.Length < 2 || text[0] != '-') return new(text, null, null);
        if (FindExact(text) is { } exact) return new(text, exact, null);

        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && FindExact(text[..equals]) is { } assigned) return new(text, assigned, text[(equals + 1)..]);

        List<OptionSpec> candidates = FindByPrefix(text, equals, out string? attached);
        if (candidates.Count > 1)
        {
            string names = string.Join(", ", candidates.Select(option => option.LongForm));
            throw new DamoException($"'{text}' is ambiguous; it could be {names}", index);
        }

        if (candidates.Count == 1) return new(text, candidates[0], attached);
        if (IsNegativeNumber(text) || text.Contains(' ', StringComparison.Ordinal)) return new(text, null, null);
        throw Unknown(text, equals, index);
    }

    private OptionSpec? FindExact(string text)
    {
        foreach (OptionSpec option in _options)
        {
            if (text.Length == 2 ? option.Short == text[1] : IsLong(text) && text.AsSpan(2).SequenceEqual(option.Name)) return option;
        }

        return null;
    }

    private List<OptionSpec> FindByPrefix(string text, int equals, out string? attached)
    {
        var found = new List<OptionSpec>();
        attached = null;
        if (IsLong(text))
        {
            if (equals > 0) attached = text[(equals + 1)..];
            ReadOnlySpan<char> prefix = equals > 0 ? text.AsSpan(2, equals - 2) : text.AsSpan(2);
            foreach (OptionSpec option in _options)
            {
                if (option.Name.AsSpan().StartsWith(prefix, StringComparison.Ordinal)) found.Add(option);
            }
        }
        else if (FindExact(text[..2]) is { } shortForm)
        {
            attached = text[2..];
            found.Add(shortForm);
        }

        return found;
    }

    private static bool IsLong(string text) => text.StartsWith("--", StringComparison.Ordinal);

    /// <summary>-5, -0.5 and -.5, nothing else.</summary>
    private static bool IsNegativeNumber(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> digits = text[1..];
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> last = point < 0 ? digits : digits[(point + 1)..];
        bool areDigits = !last.IsEmpty && !last.ContainsAnyExceptInRange('0', '9');
        return areDigits && (point < 0 || !digits[..point].ContainsAnyExceptInRange('0', '9'));
    }

    private DamoException Unknown(string text, int equals, int index)
    {
        string name = (equals > 0 ? text[..equals] : text).TrimStart('-');
        if (OptionTable.All.FirstOrDefault(option => option.Name == name) is { } other)
            return new DamoException($"'{text}' is no option of this command, only of {other.Verbs}", index);
        string? nearest = Spelling.Nearest(name, _options.Select(option => option.Name));
        string hint = nearest is null ? "" : $"; did you mean '--{nearest}'?";
        return new DamoException(
            $"'{text}' is an unknown option; a value cannot start with - unless it is a plain negative number{hint}", index);
    }

    private static DamoException Wrong(OptionSpec option, int index, string reason) => new($"{option.LongForm}: {reason}", index);

    private static string Expected(OptionSpec option) => option.Arity switch
    {
        { IsOpen: true } => $"one word or more ({option.Words})",
        { Min: 0 } => "no word",
        { Min: 1 } => $"one word ({option.Words})",
        { Min: var count } => $"{count} words ({option.Words})",
    };
}
