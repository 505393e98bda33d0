using Damon.Damo;
using Damon.Damo.Environment;
using Damon.Damo.Notices;

namespace Damon.Host.Commands;

/// <summary><c>damon args damon ...</c>: what damo makes of its options, printed as <c>damo args damon</c> does.</summary>
internal static class ArgsCommand
{
    public static int Run(ReadOnlySpan<string> words)
    {
        DamoInvocation invocation = DamoCommand.Parse(["args", .. words], DamoEnvironment.Default with { Files = new DiskFiles() });
        foreach (Notice notice in invocation.Notices) Console.Error.WriteLine($"damon: note: {notice.Message}");
        string text = invocation.Render();
        if (invocation.OutFile is { } file) Write(file, text);
        else Console.Out.WriteLine(text);
        return ExitCode.Ok;
    }

    private static void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"damon args damon: --out: found '{file}', allowed: a file that can be written ({error.Message})");
        }
    }
}
