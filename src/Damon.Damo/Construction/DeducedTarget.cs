using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>
/// What the positional word stands for (spec section 5): a whole document, the physical address space, a program or a process.
/// </summary>
/// <param name="Document">The document that replaces all other options; null otherwise.</param>
/// <param name="Ops">The operations set of the one context; null when there is no positional word.</param>
/// <param name="Pid">The process, for virtual address spaces.</param>
internal sealed record DeducedTarget(DamoDocument? Document, Operations? Ops, Number? Pid)
{
    internal static readonly DeducedTarget None = new(null, null, null);

    internal static DeducedTarget Of(ParsedOptions options, DamoEnvironment environment, ICollection<Notice> notices)
    {
        if (options.Positional is not { } word) return None;
        if (ReadDocument(word, options.PositionalIndex, environment, notices) is { } document) return new(document, null, null);
        if (word == "paddr") return new(null, Operations.Paddr, null);
        Operations ops = options.Has("regions") ? Operations.Fvaddr : Operations.Vaddr;
        if (environment.Programs.TryStart(word, out int pid)) return new(null, ops, pid);
        if (PlainNumber.TryReadInteger(word, out Number number)) return new(null, ops, number);
        throw new DamoException(
            $"the target '{word}' is not supported; allowed is paddr, a process id, a known program, or a JSON or YAML document{Hint(word)}",
            options.PositionalIndex);
    }

    /// <summary>A document in a file or in the word itself; null when it looks like neither.</summary>
    private static DamoDocument? ReadDocument(string word, int index, DamoEnvironment environment, ICollection<Notice> notices)
    {
        bool isFile = environment.Files.TryRead(word, out string text);
        if (!isFile && !word.TrimStart().StartsWith('{')) return null;
        try
        {
            return new DocumentReader(notices).Read(isFile ? text : word, isFile ? word : "the target");
        }
        catch (DamoException e)
        {
            throw new DamoException(e.Message, index);
        }
    }

    private static string Hint(string word) => word is "vaddr" or "fvaddr"
        ? $"; did you mean '--ops {word} --target_pid PID'?"
        : Spelling.Hint(word, ["paddr"]);
}
