using Damon.Damo.Reports;

namespace Damon.Host.Commands;

/// <summary><c>damon report ...</c>: damo's reports of a record.</summary>
internal static class ReportVerb
{
    public static int Run(ReadOnlySpan<string> words)
    {
        ReportCommand.Run(words.ToArray(), ReportInput.Files, Console.Out);
        Console.Out.Flush();
        return ExitCode.Ok;
    }
}
