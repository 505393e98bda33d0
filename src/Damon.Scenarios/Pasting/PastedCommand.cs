using Damon.Damo;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Scripts;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Pasting;

/// <summary>A damo command as somebody pasted it: words of a command line, or a file with a shell script or a document.</summary>
/// <param name="Name">What it is called: the file's name, or "damo".</param>
/// <param name="Text">The command as text that a scenario's <c>damo</c> key takes; null for a document.</param>
/// <param name="Invocation">What damo makes of it.</param>
public sealed record PastedCommand(string Name, string? Text, DamoInvocation Invocation)
{
    /// <summary>Reads words after <c>damon damo</c> or <c>damon explain</c>.</summary>
    /// <param name="words"><c>start OPTION...</c>, with or without a <c>damo</c> before it, or the name of one file.</param>
    /// <param name="environment">What damo would find on the machine.</param>
    /// <exception cref="DamoException">The words or the file are none of damo's.</exception>
    public static PastedCommand Read(IReadOnlyList<string> words, DamoEnvironment environment)
    {
        if (words.Count == 1 && File.Exists(words[0])) return ReadFile(words[0], environment);
        if (words.Count == 1 && IsFileName(words[0]))
            throw new DamoException($"{words[0]}: no such file, allowed: a script, a document or a scenario that is there, or damo's words");
        IEnumerable<string> argv = words is ["damo", ..] ? words.Skip(1) : words;
        if (argv.FirstOrDefault() is not ("start" or "tune" or "args")) argv = argv.Prepend("start");
        string[] command = [.. argv];
        return new PastedCommand("damo", $"damo {string.Join(' ', command.Select(Quote))}", DamoCommand.Parse(command, environment));
    }

    private static PastedCommand ReadFile(string path, DamoEnvironment environment)
    {
        string text = File.ReadAllText(path);
        string name = Path.GetFileNameWithoutExtension(path);
        if (DamoScript.IsLikely(text))
            return new PastedCommand(name, text, DamoScript.Read(text, Path.GetFileName(path)).Parse(environment));
        return new PastedCommand(name, null, DamoCommand.Parse(["args", "damon", path], environment));
    }

    /// <summary>The cgroups that the command names, in the order in which it names them first.</summary>
    public IReadOnlyList<string> Cgroups
    {
        get
        {
            List<string> paths = [];
            foreach (StagedScheme scheme in Stager.Stage(Invocation.Document).Kdamonds
                .SelectMany(kdamond => kdamond.Contexts).SelectMany(context => context.Schemes))
            {
                paths.AddRange(scheme.OpsFilters.Select(filter => filter.MemcgPath).OfType<string>());
                paths.AddRange(scheme.Quotas.Goals.Select(goal => goal.MemcgPath).OfType<string>());
            }

            return [.. paths.Where(path => path.StartsWith('/')).Distinct()];
        }
    }

    private static bool IsFileName(string word) => word.Length > 0 && word[0] != '{' && (word.Contains('/') || Path.HasExtension(word));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./%,:=+@".Contains(letter)) ? word : $"'{word}'";
}
