using System.Globalization;
using Damon.Hocon.Reading;

namespace Damon.Host.Commands;

/// <summary>An option of a command.</summary>
/// <param name="Name">Its name, with the dashes.</param>
/// <param name="Value">What its value is called in messages; null: it has none.</param>
internal sealed record Option(string Name, string? Value = null);

/// <summary>The words after a command: its options, <c>--name value</c> or <c>--name=value</c>, and the others.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];
    private readonly Option[] _known;

    /// <summary>Reads the words.</summary>
    /// <exception cref="BadInputException">An option is unknown, given twice, or lacks its value.</exception>
    public Arguments(string command, ReadOnlySpan<string> words, params Option[] options)
    {
        Command = command;
        _known = options;
        List<string> others = [];
        bool optionsEnded = false;
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (optionsEnded || !word.StartsWith('-') || word == "-")
            {
                others.Add(word);
            }
            else if (word == "--")
            {
                optionsEnded = true;
            }
            else
            {
                int equals = word.IndexOf('=', StringComparison.Ordinal);
                string name = equals < 0 ? word : word[..equals];
                Option option = Array.Find(options, one => one.Name == name) ?? throw UnknownOption(name);
                string? value = equals < 0 ? null : word[(equals + 1)..];
                if (option.Value is null && value is not null) throw Refuse($"{name} takes no value, found '{value}'");
                if (option.Value is not null && value is null)
                    value = ++i < words.Length ? words[i] : throw Refuse($"{name} needs {option.Value} after it, found nothing");
                if (!_options.TryAdd(name, value ?? "")) throw Refuse($"{name} is given twice, allowed: once");
            }
        }

        Others = others;
    }

    /// <summary>The command, for messages.</summary>
    public string Command { get; }

    /// <summary>The words that belong to no option.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>Whether an option is given.</summary>
    public bool Has(string name) => _options.ContainsKey(name);

    /// <summary>The value of an option; null: not given.</summary>
    public string? Value(string name) => _options.GetValueOrDefault(name);

    /// <summary>The value of an option that is one of a few words; the first one when it is not given.</summary>
    public string Choice(string name, params string[] choices)
    {
        if (Value(name) is not { } value) return choices[0];
        return choices.Contains(value)
            ? value
            : throw Refuse($"{name}: found '{value}', allowed: {string.Join(", ", choices)}{Hint(value, choices)}");
    }

    /// <summary>The value of an option that is a whole number in a range.</summary>
    public int Number(string name, int unless, int least, int most)
    {
        if (Value(name) is not { } value) return unless;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        throw Refuse($"{name}: found '{value}', allowed: a whole number, {least}..{most}");
    }

    /// <summary>The only word that belongs to no option.</summary>
    public string Only(string what) => Others.Count switch
    {
        1 => Others[0],
        0 => throw Refuse($"needs {what}, found nothing"),
        _ => throw Refuse($"takes one {what}, found also '{Others[1]}'"),
    };

    /// <summary>Refuses words that belong to no option.</summary>
    public void None()
    {
        if (Others.Count > 0) throw Refuse($"takes nothing, found '{Others[0]}'");
    }

    /// <summary>An error of this command's words.</summary>
    public BadInputException Refuse(string problem) => new($"damon {Command}: {problem}");

    /// <summary>A question after the name that was perhaps meant, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        NearestName.Find(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>An error of an option that this command does not have.</summary>
    public BadInputException UnknownOption(string name)
    {
        string[] names = [.. _known.Select(option => option.Name)];
        string allowed = names.Length == 0 ? "none" : string.Join(", ", names);
        return Refuse($"found the option '{name}', allowed: {allowed}{Hint(name, names)}");
    }
}
