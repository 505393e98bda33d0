using Damon.Damo.CommandLine;
using Damon.Damo.Construction;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Values;
using Damon.Damo.Writing;

namespace Damon.Damo;

/// <summary>The way in: a damo command line becomes a document.</summary>
public static class DamoCommand
{
    private static readonly string[] _verbs = ["start", "tune", "args"];
    private static readonly string[] _edits = ["add", "remove", "replace"];

    /// <summary>Understands a command line.</summary>
    /// <param name="argv">The words after the program's name: <c>start ..</c>, <c>tune ..</c> or <c>args damon ..</c>.</param>
    /// <param name="environment">The machine, its files and programs.</param>
    /// <exception cref="DamoException">damo would refuse it; the message names the option, what was found and what is allowed.</exception>
    public static DamoInvocation Parse(IReadOnlyList<string> argv, DamoEnvironment environment)
    {
        (DamoVerb verb, int start) = ReadVerb(argv);
        if (verb == DamoVerb.Tune && !environment.IsDamonRunning)
            throw new DamoException("DAMON is not turned on, so there is nothing to tune; allowed is 'start' first", 0);
        ParsedOptions options = new OptionParser(verb).Parse(argv, start);
        var notices = new List<Notice>();
        DamoDocument document = Edit(options, environment, notices);
        OutputFormat format = options.Use("format")?.Words[0] switch
        {
            "yaml" => OutputFormat.Yaml,
            "report" => OutputFormat.Report,
            _ => OutputFormat.Json,
        };
        var output = new WriteOptions(format, options.Has("raw"), options.Has("omit_defaults"));
        if (verb == DamoVerb.ArgsDamon && format != OutputFormat.Report) NoticeLosses(document, notices);
        return new(verb, document, notices, output, options.Use("out")?.Words[0], options);
    }

    private static (DamoVerb Verb, int Start) ReadVerb(IReadOnlyList<string> argv)
    {
        if (argv.Count == 0) throw new DamoException("the command is missing; allowed is start, tune or args damon");
        switch (argv[0])
        {
            case "start":
                return (DamoVerb.Start, 1);
            case "tune":
                return (DamoVerb.Tune, 1);
            case "args" when argv.Count > 1 && argv[1] == "damon":
                return (DamoVerb.ArgsDamon, 2);
            case "args":
                throw new DamoException($"'args' needs 'damon' after it, found {(argv.Count > 1 ? $"'{argv[1]}'" : "nothing")}", 0);
            default:
                throw new DamoException(
                    $"'{argv[0]}' is no command known here; allowed is start, tune or args damon{Spelling.Hint(argv[0], _verbs)}", 0);
        }
    }

    /// <summary>Builds the document and puts it into, or takes it from, the file of --add, --remove or --replace.</summary>
    private static DamoDocument Edit(ParsedOptions options, DamoEnvironment environment, List<Notice> notices)
    {
        string[] edits = [.. _edits.Where(options.Has)];
        if (edits.Length > 1) throw options.Use(edits[1])!.Refuse($"it cannot be used together with --{edits[0]}; allowed is one of them");
        DamoDocument built = new DocumentBuilder(options, environment, notices).Build();
        if (edits.Length == 0) return built;
        OptionUse use = options.Use(edits[0])!;
        List<Kdamond> kdamonds = [.. ReadFile(use, environment, notices).Kdamonds];
        switch (edits[0])
        {
            case "add":
                kdamonds.AddRange(built.Kdamonds);
                break;
            case "remove":
                kdamonds.RemoveAt(Index(use, kdamonds.Count));
                break;
            default:
                int index = Index(use, kdamonds.Count);
                if (built.Kdamonds.Count != 1)
                    throw use.Refuse($"the options describe {built.Kdamonds.Count} kdamonds, allowed is one to replace another");
                kdamonds[index] = built.Kdamonds[0];
                break;
        }

        return new(kdamonds.ToSequence());
    }

    private static DamoDocument ReadFile(OptionUse use, DamoEnvironment environment, List<Notice> notices) => use.Read(0, word =>
    {
        (string text, string name) = DocumentSource.Of(word, environment.Files);
        return new DocumentReader(notices).Read(text, name);
    });

    /// <summary>An index, counted from the end when negative.</summary>
    private static int Index(OptionUse use, int count) => use.Read(1, word =>
    {
        if (PlainNumber.TryReadInteger(word, out Number number) && number >= -count && number < count)
            return (int)number.Truncate() + (number < 0 ? count : 0);
        throw new DamoException($"'{word}' is no index of the {count} kdamonds in the file; allowed is 0 to {count - 1}");
    });

    private static void NoticeLosses(DamoDocument document, List<Notice> notices)
    {
        foreach (Scheme scheme in document.Kdamonds.SelectMany(kdamond => kdamond.Contexts).SelectMany(context => context.Schemes))
        {
            if (scheme.MaxNrSnapshots == Number.Zero) continue;
            string message = "the document has no place for --damos_max_nr_snapshots, so it is lost in it";
            notices.Add(new(NoticeCode.NotInDocument, message, "--damos_max_nr_snapshots"));
            return;
        }
    }
}
