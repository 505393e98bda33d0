using Spectre.Console;

namespace Damon.Host.Terminals;

/// <summary>The one place that decides about colours, lines and widths.</summary>
internal static class Terminal
{
    private const int PlainWidth = 160;

    /// <summary>Standard output: plain text unless it is a terminal and nobody said NO_COLOR.</summary>
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error, where progress goes.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether somebody looks at standard error while the program runs.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected;

    private static bool WantsColor => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        bool isPlain = isRedirected || !WantsColor;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isRedirected) console.Profile.Width = PlainWidth;
        return console;
    }
}
