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
/// <param name="files">The files that commands of a scenario name.</param>
internal sealed class DamoCommands(Machine machine, HostNames names, BeyondDamo beyond, ScenarioFiles files)
{
    private readonly Machine _machine = machine;
    private readonly HostNames _names = names;
    private readonly BeyondDamo _beyond = beyond;

    /// <summary>Whether a command comes to the same for another host, as far as can be told quickly.</summary>
    public bool ReadAlike(DamoCommands other) =>
        _machine.IsLike(other._machine)
        && _names.NrNodes == other._names.NrNodes && _names.Cgroups.SequenceEqual(other._names.Cgroups) && _names.Processes.SequenceEqual(other._names.Processes)
        && _beyond.Targets.SequenceEqual(other._beyond.Targets) && _beyond.Pages.SequenceEqual(other._beyond.Pages);

    /// <summary>A verbatim command or script of a scenario.</summary>
    /// <exception cref="HoconException">damo or the kernel would refuse it.</exception>
    public DamoConfiguration Read(HoconCursor cursor) =>
        Read(cursor.AsString(), files.Beside(cursor), (line, problem) => Failure(cursor, line, problem));

    /// <summary>A verbatim command from somewhere else, which has no files.</summary>
    /// <exception cref="StagingException">damo or the kernel would refuse it.</exception>
    public DamoConfiguration Read(string text) => Read(text, DamoEnvironment.Default.Files, (_, problem) => new StagingException(problem));

    /// <summary>damo's document, written as HOCON: the value of its key kdamonds.</summary>
    /// <exception cref="HoconException">damo or the kernel would refuse it.</exception>
    public DamoConfiguration ReadDocument(HoconCursor cursor)
    {
        List<Notice> notices = [];
        try
        {
            return Stage(new DocumentReader(notices).ReadKdamonds(JsonRenderer.Render(cursor.Value), cursor.Path), notices);
        }
        catch (DamoException error) when (error.Path is { } path && path.StartsWith(cursor.Path, StringComparison.Ordinal))
        {
            throw new HoconException(HoconErrorKind.BadValue, DocumentPlace.Of(cursor.Value, path[cursor.Path.Length..]), error.Message);
        }
        catch (StagingException error) when (error.Place is { } place)
        {
            throw new HoconException(HoconErrorKind.BadValue, DocumentPlace.Of(cursor.Value, place), $"{cursor.Path}{place}: {error.Message}");
        }
        catch (Exception error) when (error is DamoException or StagingException)
        {
            throw Failure(cursor, 1, error.Message);
        }
    }

    private DamoConfiguration Read(string text, IFileSource named, Func<int, string, Exception> failure)
    {
        DamoScript? script = null;
        try
        {
            script = DamoScript.Read(text, "script");
            DamoInvocation invocation = DamoCommand.Parse(script.Argv, Environment(named));
            return Stage(invocation.Document, invocation.Notices);
        }
        catch (DamoException error)
        {
            throw failure(error.WordIndex is { } word && word < script?.Lines.Count ? script.Lines[word] : 1, error.Message);
        }
        catch (StagingException error)
        {
            throw failure(1, error.Message);
        }
    }

    private DamoConfiguration Stage(DamoDocument document, IReadOnlyList<Notice> notices)
    {
        StagingResult staged = Stager.Stage(document);
        if (staged.Notices.FirstOrDefault(IsRefusedDestination) is { } refused) throw new StagingException(refused.Message);
        KdamondStaging staging = new(_names, 1UL << _machine.PageShift, _beyond);
        ImmutableArray<KdamondSettings> kdamonds = [.. staged.Kdamonds.Select(staging.Stage)];
        return new DamoConfiguration(
            kdamonds,
            [.. staged.Kdamonds.Select(kdamond => kdamond.Contexts[0].Pause)],
            [.. notices.Concat(staged.Notices).Select(notice => notice.Message), .. kdamonds.SelectMany(Starvation.Notices)],
            document);
    }

    /// <summary>Where the kernel did not take the node or weight of a migration, nothing is left that could be meant.</summary>
    private static bool IsRefusedDestination(Notice notice) => notice.Code == NoticeCode.KernelRefuses
        && (notice.Where.Contains("/dests/", StringComparison.Ordinal) || notice.Where.EndsWith("/target_nid", StringComparison.Ordinal));

    private DamoEnvironment Environment(IFileSource named) => DamoEnvironment.Default with
    {
        Files = named,
        SystemRam = new SystemRam(_machine.Nodes.Select((node, i) => new RamRange(i, node.Start, node.End))),
    };

    private static HoconException Failure(HoconCursor cursor, int scriptLine, string problem)
    {
        HoconOrigin at = cursor.Value.Origin;
        if (scriptLine > 1) at = at with { Line = at.Line + scriptLine - 1, Column = 1 };
        return new HoconException(HoconErrorKind.BadValue, at, $"{cursor.Path}: {problem}");
    }
}
