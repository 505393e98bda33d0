using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Writing;

namespace Damon.Damo;

/// <summary>A damo command, understood.</summary>
/// <param name="Verb">Which command.</param>
/// <param name="Document">What it describes, after --add, --remove or --replace.</param>
/// <param name="Notices">What damo does with it without a word; to be shown on stderr.</param>
/// <param name="Output">How <c>args damon</c> prints it.</param>
/// <param name="OutFile">File that <c>args damon</c> writes instead of stdout; null for stdout.</param>
/// <param name="Options">The parsed command line.</param>
public sealed record DamoInvocation(
    DamoVerb Verb,
    DamoDocument Document,
    IReadOnlyList<Notice> Notices,
    WriteOptions Output,
    string? OutFile,
    ParsedOptions Options)
{
    /// <summary>What <c>damo args damon</c> prints for it, without a final newline.</summary>
    /// <exception cref="DamoException">A value is infinite or not a number.</exception>
    public string Render() => DocumentWriter.Write(Document, Output).TrimEnd('\n');
}
