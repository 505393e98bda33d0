using System.CommandLine;
using System.CommandLine.Parsing;
using Damon.Host.Commands;

namespace Damon.Host;

/// <summary>The console's way in: words to a command, failures to an exit code and one sentence.</summary>
internal static class Entry
{
    /// <summary>Runs the console.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args)
    {
        try
        {
            // damo's commands have damo's own option language.
            if (DamoVerbs.TryRun(args) is { } code) return code;
            ParseResult parsed = Root().Parse(args);
            if (parsed.Errors.Count > 0) throw new BadInputException(parsed.Errors[0].Message);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (BadInput.Sentence(failure) is { } sentence)
        {
            Console.Error.WriteLine($"damon: {sentence}");
            return ExitCode.BadInput;
        }
    }

    private static RootCommand Root() =>
    [
        VerifyCommand.Create(),
        BenchCommand.Create(),
        ConfigCommand.Create(),
    ];
}
