using Damon.Damo.Environment;

namespace Damon.Damo.Scripts;

/// <summary>
/// A damo command as it stands in a shell script or a cover letter: comments, continued lines, comments in backquotes, quotes, a prompt
/// and sudo are understood, but no shell is run. Anything else that a shell would have to do is an error with its line.
/// </summary>
/// <param name="Name">Name of the script, for messages.</param>
/// <param name="Argv">The words after the program's name.</param>
/// <param name="Lines">The line of each word, from 1.</param>
public sealed record DamoScript(string Name, IReadOnlyList<string> Argv, IReadOnlyList<int> Lines)
{
    private static readonly string[] _verbs = ["start", "tune", "args"];

    /// <summary>Takes the one damo command out of a script.</summary>
    /// <param name="text">The script, or a single pasted line.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="DamoException">There is no damo command, more than one, or something that needs a shell.</exception>
    public static DamoScript Read(string text, string name)
    {
        string[] lines = WithoutPrompt(text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'));
        IReadOnlyList<ShellWord> words = new ShellWords(string.Join('\n', lines), name).ReadCommand();
        if (words.Count == 0)
            throw new DamoException($"{name}: there is no command in it; allowed is one 'damo start ..', 'damo tune ..' or 'damo args damon ..'");
        int start = SkipProgram(words, name);
        return new(name, [.. words.Skip(start).Select(word => word.Text)], [.. words.Skip(start).Select(word => word.Line)]);
    }

    /// <summary>True when a text looks like a script or a pasted line with damo's name in it, not like JSON or HOCON.</summary>
    /// <param name="text">The text.</param>
    public static bool IsLikely(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            if (StartsCommand(Promptless(line) ?? line)) return true;
        }

        return false;
    }

    /// <summary>Understands the command; an error names the script's line.</summary>
    /// <param name="environment">The machine, its files and programs.</param>
    /// <exception cref="DamoException">damo would refuse the command.</exception>
    public DamoInvocation Parse(DamoEnvironment environment)
    {
        try
        {
            return DamoCommand.Parse(Argv, environment);
        }
        catch (DamoException e)
        {
            throw new DamoException(
                e.WordIndex is { } word && word < Lines.Count ? $"{Name}:{Lines[word]}: {e.Message}" : $"{Name}: {e.Message}", e);
        }
    }

    /// <summary>
    /// A root prompt looks like a comment. It is taken for a prompt only when damo's name follows and no other line starts the command.
    /// </summary>
    private static string[] WithoutPrompt(string[] lines)
    {
        int first = Array.FindIndex(lines, line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#'));
        if (first >= 0 && StartsCommand(lines[first])) return lines;
        int prompt = Array.FindIndex(lines, line => Promptless(line) is { } rest && StartsCommand(rest));
        if (prompt < 0) return lines;
        string[] stripped = [.. lines];
        stripped[prompt] = Promptless(lines[prompt])!;
        return stripped;
    }

    private static string? Promptless(string line)
    {
        string trimmed = line.TrimStart();
        return trimmed.StartsWith("# ", StringComparison.Ordinal) || trimmed.StartsWith("$ ", StringComparison.Ordinal)
            ? trimmed[2..]
            : null;
    }

    private static bool StartsCommand(string line)
    {
        string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = 0;
        while (at < fields.Length && (fields[at] == "sudo" || (at > 0 && fields[at].StartsWith('-')))) at++;
        return at < fields.Length && IsDamo(fields[at]);
    }

    private static bool IsDamo(string word) => word == "damo" || word.EndsWith("/damo", StringComparison.Ordinal);

    private static int SkipProgram(IReadOnlyList<ShellWord> words, string name)
    {
        int at = 0;
        if (words[0].Text == "sudo")
        {
            at = 1;
            while (at < words.Count && words[at].Text.StartsWith('-')) at++;
        }

        if (at < words.Count && IsDamo(words[at].Text)) return at + 1;
        if (at == 0 && _verbs.Contains(words[0].Text)) return 0;
        ShellWord found = words[Math.Min(at, words.Count - 1)];
        throw new DamoException(
            $"{name}:{found.Line}: the command is '{found.Text}'; allowed is damo, with or without a path and sudo before it");
    }
}
