using Damon.Damo;
using Damon.Damo.Environment;
using Damon.Damo.Notices;

namespace Damon.Host.Commands;

/// <summary>The commands that take damo's option language as it is: <c>damon args damon ...</c>.</summary>
internal static class DamoVerbs
{
    /// <summary>Runs the command if it is one of these; null: it is not.</summary>
    public static int? TryRun(string[] args) => args switch
    {
        ["args", "damon", .. string[] options] => PrintDocument(["args", "damon", .. options]),
        ["args", ..] => throw new BadInputException(
            $"args: found {(args.Length > 1 ? $"'{args[1]}'" : "nothing")}; allowed is 'damon', as in: damon args damon --damos_action pageout"),
        _ => null,
    };

    private static int PrintDocument(string[] argv)
    {
        DamoEnvironment environment = DamoEnvironment.Default with { Files = new DiskFiles() };
        DamoInvocation invocation = DamoCommand.Parse(argv, environment);
        if (invocation.OutFile is { } file) File.WriteAllText(file, invocation.Render() + "\n");
        else Console.Out.WriteLine(invocation.Render());
        foreach (Notice notice in invocation.Notices) Console.Error.WriteLine($"damon: note: {notice.Message}");
        return ExitCode.Ok;
    }
}
