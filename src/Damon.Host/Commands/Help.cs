using System.Reflection;

namespace Damon.Host.Commands;

/// <summary>What <c>damon --help</c> and <c>damon --version</c> print.</summary>
internal static class Help
{
    public const string Text = """
        damon - simulates Linux DAMON and DAMOS on hosts with tiered memory, bit by bit as the kernel does

        usage:
          damon run FILE [--seed N] [--duration TIME] [--format table|json] [--csv DIR]
              runs a scenario; --csv writes its readings, one file a kind
          damon verify DIR...
              holds the simulator against recorded runs of the kernel's and damo's own code
          damon bench exact|actors|vaddr [--cases FILE] [--format table|json]
              measures the simulation of large recorded cases, or the messages between actors
          damon config dump FILE
              prints a HOCON file, resolved, as JSON
          damon args damon OPTION...
              prints what damo makes of its options, as damo does
          damon --help | --version

        exit codes: 0 ok, 1 a run failed, 2 bad input, 130 interrupted
        """;

    public static string Version =>
        $"damon {typeof(Help).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return ExitCode.Ok;
    }
}
