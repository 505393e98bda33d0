using System.Collections.Immutable;
using Damon.Damo;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Scripts;
using Damon.Damo.Staging;
using Damon.Hocon;
using Damon.Hocon.Reading;
using Damon.Hocon.Rendering;
using Damon.Model.Kdamonds;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Staging;

/// <summary>The kdamonds that a damo command or document of a scenario makes.</summary>
/// <param name="Kdamonds">The kdamonds.</param>
/// <param name="Paused">By kdamond: whether it starts paused.</param>
/// <param name="Notices">What damo does with the command without saying so.</param>
/// <param name="Document">What damo made of the command; null: there is none.</param>
internal sealed record DamoConfiguration(
    ImmutableArray<KdamondSettings> Kdamonds, ImmutableArray<bool> Paused, ImmutableArray<string> Notices, DamoDocument? Document = null)
{
    /// <summary>No kdamonds.</summary>
    public static DamoConfiguration Empty { get; } = new([], [], []);
}

/// <summary>Reads damo's language where a scenario holds some; an error names the line in the scenario.</summary>
/// <param name="machine">The machine that the commands are for.</param>
/// <param name="names">What they can name.</param>
/// <param name="beyond">What they cannot say.</param>
internal sealed class DamoCommands(Machine machine, HostNames names, BeyondDamo beyond)
{
    /// <summary>A verbatim command or script.</summary>
    /// <exception cref="HoconException">damo or the kernel would refuse it.</exception>
    public DamoConfiguration Read(HoconCursor cursor)
    {
        string text = cursor.AsString();
        DamoScript script = At(cursor, 1, () => DamoScript.Read(text, "script"));
        try
        {
            DamoInvocation invocation = DamoCommand.Parse(script.Argv, Environment());
            return Stage(cursor, invocation.Document, invocation.Notices);
        }
        catch (DamoException error)
        {
            int line = error.WordIndex is { } word && word < script.Lines.Count ? script.Lines[word] : 1;
            throw Failure(cursor, line, error.Message);
        }
    }

    /// <summary>damo's document, written as HOCON: the value of its key kdamonds.</summary>
    /// <exception cref="HoconException">damo or the kernel would refuse it.</exception>
    public DamoConfiguration ReadDocument(HoconCursor cursor)
    {
        List<Notice> notices = [];
        string json = $"{{\"kdamonds\": {JsonRenderer.Render(cursor.Value)}}}";
        DamoDocument document = At(cursor, 1, () => new DocumentReader(notices).Read(json, cursor.Path));
        return Stage(cursor, document, notices);
    }

    private DamoConfiguration Stage(HoconCursor cursor, DamoDocument document, IReadOnlyList<Notice> notices)
    {
        StagingResult staged = At(cursor, 1, () => Stager.Stage(document));
        KdamondStaging staging = new(names, 1UL << machine.PageShift, beyond);
        try
        {
            ImmutableArray<KdamondSettings> kdamonds = [.. staged.Kdamonds.Select(staging.Stage)];
            return new DamoConfiguration(
                kdamonds,
                [.. staged.Kdamonds.Select(kdamond => kdamond.Contexts[0].Pause)],
                [.. notices.Concat(staged.Notices).Select(notice => notice.Message), .. kdamonds.SelectMany(Starvation.Notices)],
                document);
        }
        catch (StagingException error)
        {
            throw Failure(cursor, 1, error.Message);
        }
    }

    private DamoEnvironment Environment() => DamoEnvironment.Default with
    {
        SystemRam = new SystemRam(machine.Nodes.Select((node, i) => new RamRange(i, node.Start, node.End))),
    };

    private static T At<T>(HoconCursor cursor, int line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DamoException error)
        {
            throw Failure(cursor, line, error.Message);
        }
    }

    private static HoconException Failure(HoconCursor cursor, int scriptLine, string problem)
    {
        HoconOrigin at = cursor.Value.Origin;
        if (scriptLine > 1) at = at with { Line = at.Line + scriptLine - 1, Column = 1 };
        return new HoconException(HoconErrorKind.BadValue, at, $"{cursor.Path}: {problem}");
    }
}
